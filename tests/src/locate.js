// What a user of assistive technology finds: elements by role and accessible name.
// The part of the ARIA rules that this application's markup needs; axe checks the rest.
// Arguments: what to do ('first', 'all'), a role, a name or null for any.
const [wish, role, name] = arguments;

const INPUTS = {
  search: 'searchbox', radio: 'radio', checkbox: 'checkbox', button: 'button', submit: 'button', number: 'spinbutton',
};
const ROLES = {
  A: (el) => (el.hasAttribute('href') ? 'link' : 'generic'),
  BUTTON: () => 'button', SUMMARY: () => 'button',
  H1: () => 'heading', H2: () => 'heading', H3: () => 'heading',
  TABLE: () => 'table', TR: () => 'row', TD: () => 'cell',
  TH: (el) => (el.scope === 'row' ? 'rowheader' : 'columnheader'),
  NAV: () => 'navigation', MAIN: () => 'main', DIALOG: () => 'dialog', FIELDSET: () => 'group',
  INPUT: (el) => INPUTS[el.type] || 'textbox', TEXTAREA: () => 'textbox', SELECT: () => 'combobox',
};
const roleOf = (el) => el.getAttribute('role') || (ROLES[el.tagName] || (() => 'generic'))(el);

const modal = document.querySelector('dialog:modal');
const isThere = (el) => el.checkVisibility({ visibilityProperty: true })
  && !el.closest('[aria-hidden="true"], [inert]') && (!modal || modal.contains(el));

const tidy = (text) => text.replace(/\s+/g, ' ').trim();
const contentOf = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true') return '';
  if (!node.checkVisibility()) return '';
  if (node.hasAttribute('aria-label')) return node.getAttribute('aria-label');
  const inside = [...node.childNodes].map(contentOf).join('');
  return getComputedStyle(node).display.startsWith('inline') ? inside : ` ${inside} `;
};
const nameOf = (el) => {
  const labels = el.getAttribute('aria-labelledby');
  if (labels) return tidy(labels.split(/\s+/).map((id) => contentOf(document.getElementById(id))).join(' '));
  if (el.hasAttribute('aria-label')) return tidy(el.getAttribute('aria-label'));
  if (el.labels && el.labels.length) return tidy([...el.labels].map(contentOf).join(' '));
  if (el.tagName === 'FIELDSET' && el.querySelector('legend')) return tidy(contentOf(el.querySelector('legend')));
  return tidy(contentOf(el));
};

const found = [...document.querySelectorAll('body *')]
  .filter((el) => roleOf(el) === role && isThere(el) && (name === null || nameOf(el) === name));
return wish === 'first' ? found[0] || null : found.map(nameOf);
