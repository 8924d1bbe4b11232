// Where a sign-in comes back to. It takes the answer out of the address before anything else can read it, hands it to the
// window that waits for it, and closes itself. It knows no token: the code is worth nothing without what that window holds.
(() => {
  'use strict';
  const answer = location.hash.length > 1 ? location.hash : location.search;
  history.replaceState(null, '', location.pathname);

  const WORDS = {
    es: { done: 'Listo. Puede cerrar esta ventana.', nobody: 'Nadie espera este inicio de sesión. Cierre esta ventana y empiece de nuevo desde Cartera.' },
    en: { done: 'Done. You can close this window.', nobody: 'Nobody is waiting for this sign-in. Close this window and begin again from Cartera.' },
  };
  let language = navigator.language;
  try { language = localStorage.getItem('cartera.language') || language; } catch { /* then the browser's it is */ }
  language = String(language).slice(0, 2) === 'es' ? 'es' : 'en';
  const say = (word) => {
    const show = () => { document.documentElement.lang = language; document.getElementById('said').textContent = WORDS[language][word]; };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
    else show();
  };

  // This very window went to the authority: the application goes on in it.
  try {
    if (sessionStorage.getItem('cartera.sign-in')) {
      sessionStorage.setItem('cartera.sign-in.answer', answer);
      location.replace('../');
      return;
    }
  } catch { /* without a store nobody went away in this window */ }

  const state = new URLSearchParams(answer.slice(1)).get('state') || '';
  // A name that nobody can guess: whoever began this sign-in, and no one else, listens there.
  const channel = new BroadcastChannel(`cartera.sign-in.${state}`);
  const nobody = setTimeout(() => say('nobody'), 4000);
  channel.onmessage = () => {
    clearTimeout(nobody);
    channel.close();
    say('done');
    window.close();
  };
  channel.postMessage(answer);
})();
