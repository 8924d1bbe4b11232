// What a frame needs of the browser: the window around it, the port, and the page as a script sees it. What is said over the
// port is decided in the program; nothing is believed here but where a message came from. Fetched only in a frame.
const MAX_TEXT = 64 * 1024;
let port;

/** Looks for a host: says hello, waits for the welcome that `judge` accepts, and hands on what comes over its port. */
export const meet = (hosts, hello, judge, heard, closed) => {
  const listen = (event) => {
    if (event.source !== parent || !hosts.includes(event.origin)) return;
    const { data, ports } = event;
    if (typeof data !== 'object' || data === null || Object.keys(data).length !== 4) return;
    let text;
    try { text = JSON.stringify(data); } catch { return; }
    if (typeof text !== 'string' || text.length > MAX_TEXT || !judge(text, ports.length)) return;
    // From now on no window is listened to.
    removeEventListener('message', listen);
    [port] = ports;
    globalThis.cartera.frame.port = port;
    port.onmessage = ({ data: message }) => {
      const [words, body] = Array.isArray(message) ? message : [message];
      if (typeof words === 'string' && words.length <= MAX_TEXT && (body === undefined || body instanceof ArrayBuffer)) heard(words, body);
    };
  };
  const greet = () => {
    removeEventListener('message', listen);
    addEventListener('message', listen);
    const text = hello();
    // Where the browser says who the parent is, nobody else has to be tried.
    const known = location.ancestorOrigins?.[0];
    for (const host of known ? hosts.filter((origin) => origin === known) : hosts) parent.postMessage(JSON.parse(text), host);
  };
  addEventListener('pagehide', () => {
    port?.close();
    port = undefined;
    globalThis.cartera.frame.port = undefined;
    closed();
  });
  addEventListener('pageshow', (event) => { if (event.persisted) greet(); });
  greet();
};

/** Sends a text, and perhaps a buffer that goes over. */
export const send = (text, body) => {
  if (!port) return false;
  if (body) port.postMessage([text, body], [body]); else port.postMessage(text);
  return true;
};

const root = document.documentElement;
const app = document.getElementById('app');
let told = () => {};
let keys = [];
let auto = false;
let height = 0;

const measure = () => {
  if (!auto) return;
  const now = Math.min(Math.max(Math.ceil(app.getBoundingClientRect().height), 100), 20000);
  if (Math.abs(now - height) <= 2) return;
  height = now;
  told('height', String(now));
};
/** At most once in each frame of animation. */
const soon = (work) => {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; work(); });
  };
};

const nameOf = (event) => {
  const { key } = event;
  const letter = key.length === 1;
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey && !letter ? 'Shift+' : ''}${letter ? key.toLowerCase() : key}`;
};

/** Tells of the title, of open dialogs, of the height and of the host's keys. */
export const observe = (tell) => {
  told = tell;
  // What was measured before was told to nobody.
  height = 0;
  let open = false;
  const look = soon(() => {
    const now = document.querySelector('dialog[open]') !== null;
    if (now !== open) { open = now; told('modal', now); }
  });
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['open'] });
  const title = document.querySelector('title');
  new MutationObserver(() => told('title', document.title)).observe(title, { subtree: true, childList: true, characterData: true });
  new ResizeObserver(soon(measure)).observe(app);
  addEventListener('keydown', (event) => {
    const name = nameOf(event);
    if (!keys.some((key) => key.toLowerCase() === name.toLowerCase())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    told('shortcut', name);
  }, true);
};

export const setShortcuts = (list) => { keys = list; };

export const setAuto = (now) => {
  auto = now;
  height = 0;
  if (!now) setView(0, 0);
  measure();
};

/** The part of the frame that can be seen, for the style sheet and for what is placed by script. */
export const setView = (top, seen) => {
  for (const [name, value] of [['--view-top', top], ['--view-height', seen]]) {
    if (seen > 0) root.style.setProperty(name, `${value}px`); else root.style.removeProperty(name);
  }
};

/** The focus comes in: to the first thing that can have it, or to the last. */
export const enter = (last) => {
  const all = [...document.querySelectorAll(`${document.querySelector('dialog[open]') ? 'dialog[open] ' : ''}:is(a[href], button, input, select, textarea, summary, [tabindex="0"])`)]
    .filter((element) => element.checkVisibility() && !element.disabled && element.tabIndex >= 0 && !element.closest('[inert]'));
  (last ? all.at(-1) : all[0])?.focus();
};

/** The path in the frame's own address, behind the hash. */
export const route = () => (location.hash.startsWith('#/') ? location.hash.slice(1) : undefined);
export const setRoute = (path) => history.replaceState(null, '', `${location.pathname}${location.search}#${path}`);
