// The host's side of pc-embed/1 (PROTOCOL.md): holds Cartera in a frame, speaks with it over one port, makes its calls.
// No dependencies. Nothing that comes out of the frame is believed before its form is checked.

const VERSION = 1;
const MAX_TEXT = 64 * 1024;
const MAX_BODY = 16 * 1024 * 1024;
const MAX_WAITING = 64;
const HEIGHTS = [100, 20000];
/** How long the frame may be silent before that counts as a failure, and how long a question to it may take, in milliseconds. */
const PATIENCE = 20_000;
const DEADLINE = 10_000;
/** A person decides. */
const DECISION = 600_000;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const PROTOTYPES = ['__proto__', 'constructor', 'prototype'];
/** The least that the frame can work with. */
export const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals';

/** A refusal: its code goes to the frame, its words into the frame's log. */
export class Refusal extends Error {
  constructor(code, words = '') { super(words || code); this.code = code; }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value, most = 2000) => typeof value === 'string' && value.length <= most;
const has = (object, ...names) => {
  const own = Object.keys(object);
  return own.length === names.length && names.every((name) => Object.hasOwn(object, name));
};

/** An object from a text, or undefined: too long, no JSON, no object, or with a name of prototypes in it. */
const read = (text) => {
  if (!isText(text, MAX_TEXT)) return undefined;
  try {
    let harmless = true;
    const value = JSON.parse(text, (name, part) => { if (PROTOTYPES.includes(name)) harmless = false; return part; });
    return harmless && isObject(value) ? value : undefined;
  } catch { return undefined; }
};

const isId = (id) => Number.isSafeInteger(id) && id > 0;
const isCall = (message) => isId(message.id) && isText(message.m, 64)
  && (has(message, 'id', 'm') || (has(message, 'id', 'm', 'p') && isObject(message.p)));
const isAnswer = (message) => isId(message.id)
  && (has(message, 'id', 'ok') || (has(message, 'id', 'err') && isObject(message.err) && isText(message.err.code, 64)));

/** Whether a text is a path below the API's base, with its query, that leads nowhere else however it is encoded. */
export const isPath = (text) => {
  if (!isText(text, 8000) || !text.startsWith('/') || /[\u0000-\u0020\u007f\\#]/.test(text)) return false;
  const path = text.split('?')[0];
  return !path.includes('//') && !/%(2e|2f|5c|25|00)/i.test(path) && !path.split('/').some((part) => part === '.' || part === '..');
};

const callOf = (p, body, signal) => {
  const headers = p.headers ?? [];
  const fine = METHODS.includes(p.method) && isPath(p.path) && Array.isArray(headers) && headers.length <= 64
    && headers.every((pair) => Array.isArray(pair) && pair.length === 2
      && /^[a-z0-9-]{1,64}$/i.test(pair[0]) && isText(pair[1], 8000) && !/[\r\n\0]/.test(pair[1]));
  if (!fine) throw new Refusal('bad_params');
  return { method: p.method, path: p.path, headers, body, signal };
};

const answerOf = async (response) => {
  if (!(response instanceof Response)) throw new Refusal('failed', 'request() has to answer a Response');
  const body = await response.arrayBuffer();
  if (body.byteLength > MAX_BODY) throw new Refusal('too_large');
  return [{ status: response.status, reason: response.statusText, headers: [...response.headers] }, body];
};

/**
 * Makes the frame's calls with the page's own session, to this path or address in front of every path.
 * `init` is for fetch: `{ credentials: 'include' }`, or a function from the call to one.
 */
export const proxy = (base, init = {}) => async ({ method, path, headers, body, signal }) => {
  const more = typeof init === 'function' ? await init({ method, path }) : init;
  const all = new Headers(headers);
  new Headers(more.headers).forEach((value, name) => all.set(name, value));
  return fetch(base.replace(/\/+$/, '') + path, { redirect: 'error', ...more, method, headers: all, body, signal });
};

/**
 * Speaks with Cartera in `frame`. What it tells comes to `options.tell(method, params)`.
 * Returns what the page can do with it; `close()` ends it.
 */
export const connect = (frame, options) => {
  const { origin, tell = () => {}, patience = PATIENCE } = options;
  const handlers = options.handlers ?? {};
  const used = new Set();
  let context = options.context ?? {};
  let port, given, heard, waiting, running, silent, over = false;

  const caps = () => ['event', ...[['http.request', 'request'], ['auth.getToken', 'token'], ['approval.ask', 'approve']]
    .filter(([, name]) => typeof handlers[name] === 'function').map(([cap]) => cap)];

  const drop = () => {
    port?.close();
    port = undefined;
    running?.forEach((abort) => abort.abort());
    waiting?.forEach(({ fail }) => fail(new Refusal('closed')));
  };
  const say = (message, body) => {
    const text = JSON.stringify(message);
    if (text.length > MAX_TEXT) throw new Refusal('too_large');
    if (body) port?.postMessage([text, body], [body]); else port?.postMessage(text);
  };
  const order = (m, p) => { if (port) say({ id: ++given, m, p }); };
  const ask = (m, p, limit) => new Promise((done, fail) => {
    if (!port || waiting.size >= MAX_WAITING) { fail(new Refusal(port ? 'busy' : 'closed')); return; }
    const id = ++given;
    const late = setTimeout(() => { waiting.delete(id); fail(new Refusal('timeout')); }, limit);
    const end = (how) => (value) => { clearTimeout(late); waiting.delete(id); how(value); };
    waiting.set(id, { done: end(done), fail: end(fail) });
    say({ id, m, p });
  });

  /** What is asked for by the frame: an answer, and perhaps a body. */
  const serve = async (m, p, body, signal) => {
    if (m === 'http.request' && handlers.request) return answerOf(await handlers.request(callOf(p, body, signal)));
    if (m === 'auth.getToken' && handlers.token) {
      const { token, tenant, expiresIn } = await handlers.token({ scope: p.scope, claims: p.claims, silent: p.silent === true, signal });
      return [{ token, tenant, expiresIn: Math.floor(expiresIn) }];
    }
    if (m === 'approval.ask' && handlers.approve) {
      const { approved, by } = await handlers.approve({ request: p.request, signal });
      return [{ approved: approved === true, by: String(by ?? '').slice(0, 200) }];
    }
    throw new Refusal('unknown_method');
  };
  const TOLD = ['app.ready', 'app.failed', 'app.notice', 'nav.changed', 'ui.title', 'ui.dirty', 'ui.height', 'ui.modal', 'ui.shortcut', 'event'];

  const onCall = async (own, { id, m, p = {} }, body) => {
    if (id <= heard) return;
    heard = id;
    if (m === 'cancel') { running.get(p.of)?.abort(); return; }
    if (TOLD.includes(m)) {
      if (m === 'app.ready' || m === 'app.failed') clearTimeout(silent);
      tell(m, p);
      return;
    }
    const abort = new AbortController();
    let message, content;
    if (running.size >= MAX_WAITING) message = { id, err: { code: 'busy', msg: '' } };
    else {
      running.set(id, abort);
      try {
        const [ok, bytes] = await serve(m, p, body, abort.signal);
        [message, content] = [{ id, ok }, bytes];
      } catch (error) {
        // A failure of the page's own is its own: the frame learns that there was one.
        message = { id, err: { code: error instanceof Refusal ? error.code : 'failed', msg: error instanceof Refusal ? error.message : '' } };
      }
      running.delete(id);
    }
    if (own !== port || abort.signal.aborted) return;
    try { say(message, content); } catch { say({ id, err: { code: 'too_large', msg: '' } }); }
  };

  const onPort = (own) => ({ data }) => {
    if (own !== port) return;
    const [text, body] = Array.isArray(data) ? data : [data];
    if (Array.isArray(data) && !(data.length === 2 && body instanceof ArrayBuffer && body.byteLength <= MAX_BODY)) return;
    const message = read(text);
    if (!message) return;
    if (isCall(message)) void onCall(own, message, body);
    else if (isAnswer(message)) {
      const asked = waiting.get(message.id);
      if (asked && 'ok' in message) asked.done(message.ok);
      else asked?.fail(new Refusal(message.err.code, isText(message.err.msg) ? message.err.msg : ''));
    }
  };

  const onWindow = (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || !isObject(event.data)) return;
    const { t, v, n } = event.data;
    if (!has(event.data, 't', 'v', 'n') || t !== 'pc.hello' || !Array.isArray(v) || !v.includes(VERSION)
      || !/^[0-9a-f]{32}$/.test(n) || used.has(n)) return;
    used.add(n);
    // The frame was loaded anew, or came back out of the browser's cache: what was before is over.
    drop();
    const channel = new MessageChannel();
    port = channel.port1;
    [given, heard, waiting, running] = [0, 0, new Map(), new Map()];
    port.onmessage = onPort(port);
    event.source.postMessage({ t: 'pc.welcome', v: VERSION, n, caps: caps() }, origin, [channel.port2]);
    order('context', context);
  };
  const listen = () => {
    silent = setTimeout(() => tell('app.failed', { code: 'silent' }), patience);
    addEventListener('message', onWindow);
  };
  listen();

  return {
    /** Takes the place of the context before. */
    setContext(next) { context = next ?? {}; order('context', context); },
    /** Shows another page; answers the path that is shown then. */
    go: async (path) => (await ask('nav.go', { path }, DEADLINE)).path,
    /** Whether the page may go elsewhere: where something would be lost the person is asked. */
    mayLeave: async () => (port ? (await ask('nav.mayLeave', {}, DECISION)).may === true : true),
    /** Tells which part of the frame can be seen. */
    viewport: (top, height) => order('ui.viewport', { top, height }),
    /** Moves the focus into the frame: to the first place, or to the last. */
    focus(at = 'first') { frame.focus(); order('ui.focus', { at }); },
    /** Somebody else is signed in now. */
    authChanged: () => order('auth.changed', {}),
    /** How many ms the frame was silent does not count from now on, and nothing is listened to. */
    close() {
      if (over) return;
      over = true;
      clearTimeout(silent);
      removeEventListener('message', onWindow);
      drop();
    },
  };
};

/** The part of an element, from its top, that can be seen through the window and every box that scrolls around it. */
export const visiblePart = (element) => {
  const own = element.getBoundingClientRect();
  let [top, bottom] = [Math.max(own.top, 0), Math.min(own.bottom, innerHeight)];
  for (let box = element.parentElement; box && box !== document.documentElement; box = box.parentElement) {
    if (getComputedStyle(box).overflowY !== 'visible') {
      const around = box.getBoundingClientRect();
      [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
    }
  }
  return { top: Math.max(0, Math.round(top - own.top)), height: Math.max(0, Math.round(bottom - top)) };
};

const Base = globalThis.HTMLElement ?? class {};

/**
 * `<cartera-accounts src="https://accounts.example/embed.html">`: the frame, held and spoken with.
 * Attributes: `src`, `height` (`fill` or `auto`), `label`, `sandboxed`. Properties: `context`, `request`, `token`, `approve`.
 * What the application tells is dispatched: `cartera-ready`, `cartera-failed`, `cartera-notice`, `cartera-navigate`, `cartera-title`,
 * `cartera-dirty`, `cartera-modal`, `cartera-shortcut`, `cartera-event`.
 */
export class CarteraAccounts extends Base {
  #frame; #link; #context = {}; #seen = ''; #due = false;
  #handlers = {};
  #look = () => {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (!this.#link || this.getAttribute('height') !== 'auto') return;
      const { top, height } = visiblePart(this.#frame);
      const seen = `${top} ${height}`;
      if (seen !== this.#seen) { this.#seen = seen; this.#link.viewport(top, height); }
    });
  };

  static observedAttributes = ['src', 'height'];

  connectedCallback() { if (this.getAttribute('src')) this.#start(); }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    if (name === 'src') {
      this.disconnectedCallback();
      this.connectedCallback();
    } else if (this.#link) {
      if (now !== 'auto') this.#frame.style.setProperty('block-size', '100%');
      this.#link.setContext(this.#full());
    }
  }

  #start() {
    const source = new URL(this.getAttribute('src'), document.baseURI);
    const frame = document.createElement('iframe');
    this.#frame = frame;
    const full = this.#full();
    // For the first paint only, before the frame and this page have spoken: the look and the language.
    const hints = new URLSearchParams();
    if (full.locale) hints.set('locale', full.locale);
    if (full.theme) hints.set('theme', full.theme);
    if (String(hints)) source.search = String(hints);
    frame.title = this.getAttribute('label') || 'Cartera';
    frame.allow = 'clipboard-write';
    if (this.hasAttribute('sandboxed')) frame.setAttribute('sandbox', SANDBOX);
    for (const [name, value] of [['border', '0'], ['display', 'block'], ['inline-size', '100%'], ['block-size', '100%']]) {
      frame.style.setProperty(name, value);
    }
    this.style.setProperty('display', 'block');
    this.#seen = '';
    this.#link = connect(frame, {
      origin: source.origin, context: full, handlers: this.#handlers, tell: (m, p) => this.#tell(m, p),
      patience: Number(this.getAttribute('patience')) || PATIENCE,
    });
    frame.src = source.href;
    this.replaceChildren(frame);
    addEventListener('scroll', this.#look, { capture: true, passive: true });
    addEventListener('resize', this.#look);
  }

  disconnectedCallback() {
    this.#link?.close();
    this.#link = undefined;
    removeEventListener('scroll', this.#look, { capture: true });
    removeEventListener('resize', this.#look);
    this.replaceChildren();
  }

  #full() { return { height: this.getAttribute('height') === 'auto' ? 'auto' : 'fill', ...this.#context }; }

  #tell(m, p) {
    const fire = (name, detail) => this.dispatchEvent(new CustomEvent(`cartera-${name}`, { detail, bubbles: true }));
    switch (m) {
      case 'app.ready': this.#seen = ''; this.#look(); fire('ready', {}); break;
      case 'app.failed': fire('failed', { code: String(p.code).slice(0, 64) }); break;
      case 'app.notice': fire('notice', p); break;
      case 'nav.changed':
        if (isPath(p.path)) fire('navigate', { path: p.path, step: p.step === 'replace' ? 'replace' : 'push' });
        break;
      case 'ui.title': if (isText(p.title)) fire('title', { title: p.title }); break;
      case 'ui.dirty': fire('dirty', { dirty: p.dirty === true }); break;
      case 'ui.modal': fire('modal', { open: p.open === true }); break;
      case 'ui.shortcut': if (isText(p.key, 32)) fire('shortcut', { key: p.key }); break;
      case 'event': if (isText(p.name, 64)) fire('event', p); break;
      case 'ui.height':
        if (this.getAttribute('height') === 'auto' && Number.isFinite(p.height)) {
          const height = Math.min(Math.max(Math.ceil(p.height), HEIGHTS[0]), HEIGHTS[1]);
          this.#frame.style.setProperty('block-size', `${height}px`);
          this.#look();
        }
        break;
      default:
    }
  }

  get context() { return this.#context; }
  set context(context) { this.#context = context ?? {}; this.#link?.setContext(this.#full()); }
  get request() { return this.#handlers.request; }
  set request(handler) { this.#handlers.request = handler; }
  get token() { return this.#handlers.token; }
  set token(handler) { this.#handlers.token = handler; }
  get approve() { return this.#handlers.approve; }
  set approve(handler) { this.#handlers.approve = handler; }

  /** Shows another page; answers the path that is shown then. */
  go(path) { return this.#link ? this.#link.go(path) : Promise.reject(new Refusal('closed')); }
  /** Whether the page may go elsewhere. */
  mayLeave() { return this.#link ? this.#link.mayLeave() : Promise.resolve(true); }
  /** Moves the focus into the frame. */
  enter(at = 'first') { this.#link?.focus(at); }
  /** Somebody else is signed in now. */
  authChanged() { this.#link?.authChanged(); }
}

if (globalThis.customElements && !customElements.get('cartera-accounts')) customElements.define('cartera-accounts', CarteraAccounts);
