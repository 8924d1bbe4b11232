// The first script: theme and language before the first paint, then the application.
// Everything it needs lies beside it, so its own address is the base of the whole site.
(() => {
  'use strict';
  const script = document.currentScript;
  const base = new URL('.', script.src);
  const root = document.documentElement;

  // The page for frames. In a tab of its own it has no business: the application's own page is there for that.
  const framed = root.hasAttribute('data-frame');
  if (framed && parent === window) {
    location.replace(base.href + location.hash.replace(/^#?\/*/, ''));
    return;
  }
  // What a portal may say before anybody has spoken with it, for the first paint.
  const hint = (name) => (framed ? new URLSearchParams(location.search).get(name) : null);
  const frame = framed ? {} : undefined;

  // A store that throws (private mode, a frame without storage) is an empty store.
  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  const theme = hint('theme') || remembered('cartera.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  const LANGUAGES = ['es', 'en', 'de', 'fr', 'pt'];
  const wanted = [hint('locale'), remembered('cartera.language'), ...(navigator.languages || [])]
    .map((tag) => String(tag).slice(0, 2).toLowerCase());
  const language = wanted.find((code) => LANGUAGES.includes(code)) || 'en';
  root.lang = language;

  // Words for what can go wrong before the text file is here. The others are in it, so that one language is loaded.
  const WORDS = {
    es: {
      network: ['No se pudo cargar Cartera', 'Faltó la conexión a media carga. Compruebe su red y vuelva a cargar la página.'],
      missing: ['Cartera no está completa en el servidor', 'Falta un archivo del programa, quizá porque se acaba de publicar otra versión. Vuelva a cargar la página.'],
      slow: ['Cartera tarda en cargar', 'Todavía falta una parte del programa. Puede esperar, o volver a cargar la página.'],
      reload: 'Volver a cargar', reference: 'Referencia',
    },
    en: {
      network: ['Cartera could not be loaded', 'The connection was lost while loading. Check your network and load the page again.'],
      missing: ['Cartera is not complete on the server', 'A file of the program is missing, perhaps because another version has just been published. Load the page again.'],
      slow: ['Cartera takes long to load', 'A part of the program is still missing. You can wait, or load the page again.'],
      reload: 'Load again', reference: 'Reference',
    },
    de: {
      network: ['Cartera konnte nicht geladen werden', 'Beim Laden ging die Verbindung verloren. Prüfen Sie Ihr Netzwerk und laden Sie die Seite neu.'],
      missing: ['Cartera ist auf dem Server nicht vollständig', 'Eine Datei des Programms fehlt, vielleicht weil gerade eine andere Version veröffentlicht wurde. Laden Sie die Seite neu.'],
      slow: ['Cartera lädt lange', 'Ein Teil des Programms fehlt noch. Sie können warten oder die Seite neu laden.'],
      reload: 'Neu laden', reference: 'Referenz',
    },
    fr: {
      network: ['Cartera n’a pas pu être chargé', 'La connexion a été perdue pendant le chargement. Vérifiez votre réseau et rechargez la page.'],
      missing: ['Cartera n’est pas complet sur le serveur', 'Il manque un fichier du programme, peut-être parce qu’une autre version vient d’être publiée. Rechargez la page.'],
      slow: ['Cartera est long à charger', 'Il manque encore une partie du programme. Vous pouvez attendre ou recharger la page.'],
      reload: 'Recharger', reference: 'Référence\u00a0',
    },
    pt: {
      network: ['Não foi possível carregar o Cartera', 'A conexão caiu durante o carregamento. Verifique a rede e recarregue a página.'],
      missing: ['O Cartera não está completo no servidor', 'Falta um arquivo do programa, talvez porque outra versão acaba de ser publicada. Recarregue a página.'],
      slow: ['O Cartera demora a carregar', 'Ainda falta uma parte do programa. Você pode esperar ou recarregar a página.'],
      reload: 'Recarregar', reference: 'Referência',
    },
  };

  // The text file of the language that is shown. It has a line of three parts for each other way to fail.
  let texts = '';
  const lines = () => texts.split('\n').map((line) => line.split('\x1f'));
  const wordsOf = (kind) => {
    const words = WORDS[root.lang] || WORDS.en;
    const line = lines().find((parts) => parts.length === 3 && parts[0] === kind);
    const [title, text] = words[kind] || (line && line.slice(1)) || words.missing;
    return { title, text, reload: words.reload, name: words.reference };
  };

  let crashed = '';
  const crash = (kind, reference) => {
    if (crashed && crashed !== 'slow') return;
    crashed = kind;
    // The portal is told, if there is one: by the last number that there can be, since nobody counts any more.
    if (kind !== 'slow') frame?.port?.postMessage(JSON.stringify({ id: Number.MAX_SAFE_INTEGER, m: 'app.failed', p: { code: kind } }));
    const show = () => {
      const { title, text, reload, name } = wordsOf(kind);
      const page = document.getElementById('crash');
      document.getElementById('app').hidden = true;
      document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close());
      page.hidden = false;
      page.querySelector('h1').textContent = title;
      page.querySelector('p').textContent = text;
      const button = page.querySelector('button');
      button.textContent = reload;
      button.onclick = () => location.reload();
      page.querySelector('.meta').textContent = reference ? `${name}: ${reference}` : '';
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

  // Files with names of their own have the digest of them all in it, which the page's head says: each release has others.
  const named = (name) => name.replace(/\.\w+$/, `-${script.dataset.files}$&`);

  // Whether another release is there: asked when somebody comes back to the page, and now and then, in nobody's way. Told at
  // once where a part of this one is missing.
  let asked = Date.now();
  const look = async (missing) => {
    if (!missing && (document.hidden || Date.now() - asked < 60_000)) return;
    asked = Date.now();
    try {
      const answer = await fetch(new URL('release.json', base), { cache: 'no-store', priority: 'low' });
      const { release } = await answer.json();
      if (release && release !== script.dataset.release) dispatchEvent(new Event(missing ? 'cartera-gone' : 'cartera-release'));
    } catch {
      // Who is offline, or has a host without that file, is told nothing.
    }
  };
  for (const [target, event] of [[window, 'focus'], [document, 'visibilitychange']]) target.addEventListener(event, () => look());
  setInterval(look, 1_800_000);

  const textFile = text(named(`texts/${language}.txt`)).then((answer) => { texts = answer.text; return answer; });
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.compileStreaming !== 'function') {
    textFile.then(() => crash('engine'));
    return;
  }

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
      if (error instanceof WebAssembly.CompileError) throw new Fault('broken', name);
    }
    // A connection that was cut, or a damaged file: Firefox says the same of both. Once more, in two steps, tells which.
    let bytes;
    try { bytes = await (await fetch(url)).arrayBuffer(); } catch { throw new Fault('network', name); }
    try { return await WebAssembly.compile(bytes); } catch { throw new Fault('broken', name); }
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
    part('texts', textFile),
  ])
    .then(async ([module, wasm, settings, words]) => {
      if (words.status !== 200) throw new Fault(words.status === 0 ? 'network' : 'missing', `${words.status} texts`);
      // What the application cannot know by itself. Frozen: a script that could change it could do anything anyway.
      globalThis.cartera = Object.freeze({
        base: base.pathname, language, texts: words.text, config: settings.text, configStatus: settings.status, crash, frame,
        // After a change of language.
        retext: (file) => { texts = file; },
        // A module that few visits need.
        load: (name) => import(new URL(named(name), base).href).catch((error) => { look(true); throw error; }),
        files: script.dataset.files,
        // A part of the program did not come.
        missed: () => look(true),
        // A program that works beside the page. The page's head says what its script is called in this version.
        worker: (name) => {
          const file = script.dataset.workers.split(' ').find((file) => file.slice(0, -20) === name);
          if (!file) throw new Error(name);
          const worker = new Worker(new URL(`lazy/${file}`, base), { type: 'module' });
          worker.addEventListener('error', () => look(true));
          return worker;
        },
      });
      await module.default({ module_or_path: wasm });
      started();
    })
    .catch(async (error) => {
      await textFile;
      if (error instanceof Fault) crash(error.kind, error.reference);
      else if (error instanceof WebAssembly.LinkError || error instanceof WebAssembly.CompileError) crash('broken', 'link');
      else crash('stopped', new Date().toISOString());
      if (!(error instanceof Fault)) console.error(error);
    });
})();
