// The first script: theme and language before the first paint, then the application.
// Everything it needs lies beside it, so its own address is the base of the whole site.
(() => {
  'use strict';
  const script = document.currentScript;
  const base = new URL('.', script.src);
  const root = document.documentElement;

  // A store that throws (private mode, a frame without storage) is an empty store.
  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  const theme = remembered('cartera.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  const LANGUAGES = ['es', 'en'];
  const wanted = [remembered('cartera.language'), ...(navigator.languages || [])]
    .map((tag) => String(tag).slice(0, 2).toLowerCase());
  const language = wanted.find((code) => LANGUAGES.includes(code)) || 'en';
  root.lang = language;

  // Words for what can go wrong before the text files are here.
  const WORDS = {
    es: {
      stopped: ['Cartera se ha detenido', 'Un fallo del programa la ha parado. Lo que ya se envió a Microsoft está allí; vuelva a leerlo antes de repetir nada.'],
      engine: ['Este navegador no puede con Cartera', 'Hace falta WebAssembly. Use una versión actual de Edge, Chrome, Firefox o Safari, o pida a su administrador que lo permita.'],
      network: ['No se pudo cargar Cartera', 'Faltó la conexión a media carga. Compruebe su red y vuelva a cargar la página.'],
      missing: ['Cartera no está completa en el servidor', 'Falta un archivo del programa, quizá porque se acaba de publicar otra versión. Vuelva a cargar la página.'],
      type: ['El servidor entrega mal el programa', 'El archivo del programa llegó como otra cosa. Quien administra el sitio debe servir los archivos .wasm como application/wasm y responder 404 a los que no existen.'],
      broken: ['El programa llegó dañado', 'El archivo del programa está incompleto o es de otra versión. Vuelva a cargar la página.'],
      slow: ['Cartera tarda en cargar', 'Todavía falta una parte del programa. Puede esperar, o volver a cargar la página.'],
      reload: 'Volver a cargar', reference: 'Referencia',
    },
    en: {
      stopped: ['Cartera has stopped', 'A fault in the program stopped it. What was already sent to Microsoft is there; read it again before you repeat anything.'],
      engine: ['This browser cannot run Cartera', 'WebAssembly is needed. Use a current Edge, Chrome, Firefox or Safari, or ask your administrator to allow it.'],
      network: ['Cartera could not be loaded', 'The connection was lost while loading. Check your network and load the page again.'],
      missing: ['Cartera is not complete on the server', 'A file of the program is missing, perhaps because another version has just been published. Load the page again.'],
      type: ['The server delivers the program wrongly', 'The program file arrived as something else. Whoever runs the site must serve .wasm files as application/wasm and answer 404 for files that do not exist.'],
      broken: ['The program arrived damaged', 'The program file is incomplete or of another version. Load the page again.'],
      slow: ['Cartera takes long to load', 'A part of the program is still missing. You can wait, or load the page again.'],
      reload: 'Load again', reference: 'Reference',
    },
  };

  let crashed = '';
  const crash = (kind, reference) => {
    if (crashed && crashed !== 'slow') return;
    crashed = kind;
    const show = () => {
      const words = WORDS[root.lang] || WORDS.en;
      const page = document.getElementById('crash');
      const [title, text] = words[kind];
      document.getElementById('app').hidden = true;
      document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
      page.hidden = false;
      page.querySelector('h1').textContent = title;
      page.querySelector('p').textContent = text;
      const button = page.querySelector('button');
      button.textContent = words.reload;
      button.onclick = () => location.reload();
      page.querySelector('.meta').textContent = reference ? `${words.reference}: ${reference}` : '';
      document.title = `${title} · Cartera`;
      page.querySelector('h1').focus();
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
    else show();
  };

  // A panic aborts the wasm; what reaches the window is a RuntimeError. Other errors leave the application alive.
  const watch = (error) => {
    if (typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError) crash('stopped', new Date().toISOString());
  };
  addEventListener('error', (event) => watch(event.error));
  addEventListener('unhandledrejection', (event) => watch(event.reason));

  if (typeof WebAssembly !== 'object' || typeof WebAssembly.compileStreaming !== 'function') {
    crash('engine');
    return;
  }

  // Leptos puts static markup into templates through innerHTML. The policy lets that pass and nothing that runs.
  if (globalThis.trustedTypes) {
    const RUNS = /<(script|iframe|object|embed|base|link|meta|form)\b|\son[a-z]+\s*=|javascript:/i;
    trustedTypes.createPolicy('default', {
      createHTML: (html) => { if (RUNS.test(html)) throw new TypeError('markup that runs'); return html; },
      createScriptURL: (url) => {
        const target = new URL(url, base);
        if (target.origin !== base.origin) throw new TypeError('script of another origin');
        return target.href;
      },
      createScript: () => { throw new TypeError('script from text'); },
    });
  }

  class Fault extends Error {
    constructor(kind, reference) { super(kind); this.kind = kind; this.reference = reference; }
  }

  const text = async (path) => {
    try {
      const answer = await fetch(new URL(path, base));
      return { status: answer.status, text: answer.ok ? await answer.text() : '' };
    } catch {
      return { status: 0, text: '' };
    }
  };

  const compile = async (name) => {
    const url = new URL(name, base);
    let answer;
    try { answer = await fetch(url); } catch { throw new Fault('network'); }
    if (!answer.ok) throw new Fault('missing', `${answer.status} ${name}`);
    const type = (answer.headers.get('content-type') || '').split(';')[0];
    if (type !== 'application/wasm') throw new Fault('type', `${type || '?'} ${name}`);
    try {
      return await WebAssembly.compileStreaming(answer);
    } catch (error) {
      throw new Fault(error instanceof WebAssembly.CompileError ? 'broken' : 'network', name);
    }
  };

  const glue = async (name) => {
    try { return await import(new URL(name, base).href); } catch { throw new Fault('missing', name); }
  };

  // What is still on its way. A skeleton that stays for ever says nothing: after a while there are words, and a way out.
  const missing = new Set(['start']);
  const part = (name, promise) => { missing.add(name); return promise.finally(() => missing.delete(name)); };
  const slow = setTimeout(() => crash('slow', [...missing].join(', ')), 12_000);
  const started = () => {
    clearTimeout(slow);
    if (crashed !== 'slow') return;
    crashed = '';
    document.getElementById('crash').hidden = true;
    document.getElementById('app').hidden = false;
  };

  Promise.all([
    part('glue', glue(script.dataset.js)),
    part('program', compile(script.dataset.wasm)),
    part('settings', text('config.json')),
    part('texts', text(`texts/${language}.txt`)),
  ])
    .then(async ([module, wasm, settings, words]) => {
      if (words.status !== 200) throw new Fault(words.status === 0 ? 'network' : 'missing', `${words.status} texts`);
      // What the application cannot know by itself. Frozen: a script that could change it could do anything anyway.
      globalThis.cartera = Object.freeze({
        base: base.pathname, language, texts: words.text, config: settings.text, configStatus: settings.status, crash,
        // A module that few visits need.
        load: (name) => import(new URL(name, base).href),
        // A program that works beside the page. The page's head says what its script is called in this version.
        worker: (name) => {
          const file = script.dataset.workers.split(' ').find((file) => file.slice(0, -20) === name);
          return new Worker(new URL(`lazy/${file}`, base), { type: 'module' });
        },
      });
      await module.default({ module_or_path: wasm });
      started();
    })
    .catch((error) => {
      if (error instanceof Fault) crash(error.kind, error.reference);
      else if (error instanceof WebAssembly.LinkError || error instanceof WebAssembly.CompileError) crash('broken', 'link');
      else crash('stopped', new Date().toISOString());
      if (!(error instanceof Fault)) console.error(error);
    });
})();
