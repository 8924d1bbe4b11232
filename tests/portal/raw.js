// A host that speaks the protocol by hand, so that tests can speak it wrongly. Everything is in `raw`.
const query = new URLSearchParams(location.search);
const app = new URL(query.get('app'));
const frame = document.createElement('iframe');
frame.title = 'Cartera';
if (query.has('sandbox')) frame.setAttribute('sandbox', query.get('sandbox'));

const raw = {
  frame, app, hellos: [], heard: [], strays: [], calls: 0, auth: [], given: 0, token: undefined,
  caps: (query.get('caps') ?? 'http.request,event').split(',').filter(Boolean),
  context: JSON.parse(query.get('context') ?? '{"locale":"es"}'),
};
globalThis.raw = raw;

/** Sends a welcome with these members in place of the right ones, with so many ports; what comes over them is kept. */
raw.welcome = (change = {}, ports = 1, of = raw.hellos.at(-1)) => {
  const channels = Array.from({ length: ports }, () => new MessageChannel());
  channels.forEach(({ port1 }) => { port1.onmessage = ({ data }) => raw.strays.push(data); });
  const data = { t: 'pc.welcome', v: 1, n: of.n, caps: raw.caps, ...change };
  frame.contentWindow.postMessage(data, app.origin, channels.map(({ port2 }) => port2));
  return channels.map(({ port1 }) => port1);
};

raw.say = (message, body) => {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  if (body) raw.port.postMessage([text, body], [body]); else raw.port.postMessage(text);
};
raw.order = (m, p) => { raw.given += 1; raw.say({ id: raw.given, m, p }); return raw.given; };

/** Makes one of the frame's calls. */
raw.call = async (id, { method, path, headers }, body) => {
  raw.calls += 1;
  if (raw.slow) await new Promise((done) => { setTimeout(done, raw.slow); });
  const response = await fetch(new URL(`/v1${path}`, app), { method, headers, body });
  const bytes = await response.arrayBuffer();
  if (raw.swell) { raw.say({ id, ok: { status: 200, reason: '', headers: [] } }, new ArrayBuffer(raw.swell)); return; }
  raw.say({ id, ok: { status: response.status, reason: response.statusText, headers: [...response.headers] } }, bytes);
};

/** The right welcome, and what a host does afterwards. */
raw.accept = () => {
  [raw.port] = raw.welcome();
  raw.port.onmessage = ({ data }) => {
    const [text, body] = Array.isArray(data) ? data : [data];
    const message = JSON.parse(text);
    raw.heard.push(message);
    if (message.m === 'http.request') void raw.call(message.id, message.p, body);
    if (message.m === 'auth.getToken') raw.say({ id: message.id, ok: raw.token });
    if (message.m === 'approval.ask') { raw.asked = JSON.parse(message.p.request); raw.say({ id: message.id, ok: raw.approval }); }
  };
  raw.order('context', raw.context);
};
raw.told = (m) => raw.heard.filter((message) => message.m === m).map(({ p }) => p);
raw.answers = (id) => raw.heard.filter((message) => message.id === id && message.m === undefined);

addEventListener('message', (event) => {
  if (event.origin !== app.origin || event.source !== frame.contentWindow) return;
  raw.hellos.push(event.data);
  if (!query.has('wait')) raw.accept();
});
frame.src = new URL(query.get('page') ?? 'embed.html', app).href;
document.querySelector('#place').append(frame);
