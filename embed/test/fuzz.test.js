// 10,000 messages of every shape out of the frame, made by a seeded generator: the page stays up and does nothing that it should not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APP, answer, frame, hello, post } from './world.js';

const { connect, isPath } = await import('../cartera-embed.js');

let state = 0x2545f491;
const below = (most) => {
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % most;
};
const one = (list) => list[below(list.length)];
const NAMES = ['id', 'm', 'p', 'ok', 'err', 'code', 'of', 'path', 'method', 'headers', '__proto__', 'constructor', 'toString', ''];
const METHODS = ['http.request', 'auth.getToken', 'approval.ask', 'cancel', 'app.ready', 'nav.changed', 'ui.height', 'event', 'toString', '__proto__', '', 'x'.repeat(90)];
const SCRAPS = ['null', 'true', '-0', '1e999', '"\\ud800"', '"//evil"', '"GET"', '"/customers"', '[]', '{}', '0.5', 'nul', '[[["a"]]]', '9007199254740993'];

const PATHS = ['"/customers"', '"/customers/a?b=c"', '"//evil"', '"/%2e%2e/x"', '"/a\\\\b"'];

const value = (depth) => {
  const kind = below(depth > 4 ? 3 : 6);
  if (kind < 2) return one(SCRAPS);
  if (kind === 2) return String(below(100));
  if (kind === 3) return JSON.stringify(one(METHODS));
  if (kind === 4) return `[${Array.from({ length: below(4) }, () => value(depth + 1)).join()}]`;
  return object(depth + 1);
};
const object = (depth) => `{${Array.from({ length: below(5) }, () => `${JSON.stringify(one(NAMES))}:${value(depth)}`).join()}}`;
const text = (id) => {
  switch (below(6)) {
    case 0: return value(0);
    case 1: return `{"id":${below(50)},"ok":${value(0)}}`;
    case 2: return `{"id":${below(50)},"err":${value(0)}}`;
    case 3: return `{"id":${id},"m":${JSON.stringify(one(METHODS))},"p":${object(0)}}`;
    case 4: return `{"id":${id},"m":"http.request","p":{"method":"GET","path":${one([...PATHS, value(3)])},"headers":${one(['[]', '[["a","b"]]', value(3)])}}}`;
    default: return `{"id":${id},"m":"x","p":{"a":"${'x'.repeat(below(90_000))}"}}`;
  }
};
const data = (id) => {
  switch (below(9)) {
    case 0: return [text(id), new ArrayBuffer(below(64))];
    case 1: return [text(id)];
    case 2: return [text(id), 'no buffer'];
    case 3: return { text: text(id) };
    case 4: return one([null, undefined, 7, true, new Map(), new Date(0), [], [null, null]]);
    default: return text(id);
  }
};

test('10,000 messages over the port', async () => {
  const here = frame();
  const paths = [];
  let failed = 0;
  process.on('unhandledRejection', () => { failed += 1; });
  const link = connect(here, {
    origin: APP, handlers: { request: async ({ path }) => { paths.push(path); return new Response('{}'); } },
  });
  hello(here);
  const there = answer(here);
  for (let id = 1; id <= 10_000; id += 1) {
    there.port.postMessage(data(id));
    if (id % 200 === 0) await new Promise((done) => { setImmediate(done); });
  }
  there.send({ id: 20_000, m: 'http.request', p: { method: 'GET', path: '/at-the-end' } });
  assert.equal((await there.next(({ id, ok }) => id === 20_000 && ok)).ok.status, 200);
  assert.ok(paths.length > 50, `${paths.length} calls`);
  assert.ok(paths.every(isPath), 'no call leads elsewhere');
  assert.equal(failed, 0);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.keys(Object.prototype).length, 0);
  link.close();
  there.port.close();
});

test('10,000 messages to the window', () => {
  const here = frame();
  const link = connect(here, { origin: APP });
  for (let at = 0; at < 10_000; at += 1) {
    const [origin, source] = [one([APP, 'null', '', 'https://evil.example', undefined]), one([here.contentWindow, null, {}])];
    let parsed;
    try { parsed = JSON.parse(text(at)); } catch { parsed = one([null, { t: 'pc.hello' }, { t: 'pc.hello', v: [1], n: 1 }, { t: 'pc.hello', v: 1, n: '' }]); }
    post({ origin, source, data: parsed, ports: [] });
  }
  assert.equal(here.posted.length, 0, 'nobody was answered');
  link.close();
});
