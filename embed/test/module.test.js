import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { APP, answer, frame, hello, listening, post } from './world.js';

const { Refusal, connect, isPath, proxy } = await import('../cartera-embed.js');

const together = (options = {}) => {
  const here = frame();
  const told = [];
  const link = connect(here, { origin: APP, context: { locale: 'es' }, tell: (m, p) => told.push([m, p]), ...options });
  return { here, told, link };
};
const spoken = (options) => {
  const all = together(options);
  hello(all.here);
  const there = answer(all.here);
  return { ...all, there, end: () => { all.link.close(); there.port.close(); } };
};

test('a hello is welcomed with its number, one port, and nothing to anybody else', async () => {
  const { here, link } = together({ handlers: { request: async () => new Response() } });
  const { n } = hello(here);
  const [{ data, origin, ports }] = here.posted;
  assert.deepEqual(data, { t: 'pc.welcome', v: 1, n, caps: ['event', 'http.request'] });
  assert.equal(origin, APP);
  assert.equal(ports.length, 1);
  const there = answer(here);
  assert.deepEqual((await there.next(({ m }) => m === 'context')).p, { locale: 'es' });
  link.close();
  there.port.close();
  assert.equal(listening(), 0);
});

test('nobody else is answered', () => {
  const { here, link } = together();
  hello(here, {}, { origin: 'https://evil.example' });
  hello(here, {}, { origin: 'null' });
  hello(here, {}, { source: {} });
  hello(here, {}, { source: null });
  for (const change of [{ t: 'pc.welcome' }, { v: [2] }, { v: 1 }, { n: 'short' }, { n: 7 }, { more: 1 }]) hello(here, change);
  for (const data of [null, 7, 'pc.hello', [], {}, undefined]) post({ origin: APP, source: here.contentWindow, data });
  assert.equal(here.posted.length, 0);
  const { n } = hello(here);
  hello(here, { n });
  assert.equal(here.posted.length, 1, 'a number is used once');
  link.close();
  here.posted[0].ports[0].close();
});

test('calls are made by the page and answered with their bodies', async () => {
  const calls = [];
  const request = async (call) => {
    calls.push(call);
    return new Response('{"totalCount":1}', { status: 200, headers: { 'retry-after': '7' } });
  };
  const { there, end } = spoken({ handlers: { request } });
  there.send({ id: 1, m: 'http.request', p: { method: 'GET', path: '/customers?size=500', headers: [['Accept', 'application/json']] } });
  const said = await there.next(({ id, ok }) => id === 1 && ok);
  assert.equal(said.ok.status, 200);
  assert.ok(said.ok.headers.some(([name, value]) => name === 'retry-after' && value === '7'));
  assert.equal(new TextDecoder().decode(said.body), '{"totalCount":1}');
  assert.equal(calls[0].path, '/customers?size=500');
  end();
});

test('what a page must not do is not done', async () => {
  let made = 0;
  const { there, end } = spoken({ handlers: { request: async () => { made += 1; return new Response(); } } });
  const wrong = [
    { method: 'GET', path: '//evil.example' }, { method: 'GET', path: 'https://evil.example/' }, { method: 'GET', path: '/../admin' },
    { method: 'GET', path: '/%2e%2e/admin' }, { method: 'GET', path: '/a\\b' }, { method: 'TRACE', path: '/a' }, { method: 'GET' },
    { method: 'GET', path: '/a', headers: [['x', 'a\r\nb: c']] }, { method: 'GET', path: '/a', headers: [['x y', 'a']] }, { method: 'GET', path: '/a', headers: {} },
  ];
  wrong.forEach((p, at) => there.send({ id: at + 1, m: 'http.request', p }));
  for (const at of wrong.keys()) {
    const said = await there.next(({ id, err }) => id === at + 1 && err);
    assert.equal(said.err.code, 'bad_params', JSON.stringify(wrong[at]));
  }
  assert.equal(made, 0);
  there.send({ id: 90, m: 'toString' });
  assert.equal((await there.next(({ id, err }) => id === 90 && err)).err.code, 'unknown_method');
  there.send({ id: 91, m: 'auth.getToken', p: {} });
  assert.equal((await there.next(({ id, err }) => id === 91 && err)).err.code, 'unknown_method');
  end();
});

test('a failure of the page does not leave it, a refusal does with its code', async () => {
  const { there, end } = spoken({
    handlers: {
      request: async () => { throw new Error('secret words'); },
      token: async () => { throw new Refusal('denied', 'sign in first'); },
    },
  });
  there.send({ id: 1, m: 'http.request', p: { method: 'GET', path: '/a' } });
  assert.deepEqual((await there.next(({ id, err }) => id === 1 && err)).err, { code: 'failed', msg: '' });
  there.send({ id: 2, m: 'auth.getToken', p: { silent: true } });
  assert.deepEqual((await there.next(({ id, err }) => id === 2 && err)).err, { code: 'denied', msg: 'sign in first' });
  end();
});

test('a call that nobody waits for is given up, and its answer stays away', async () => {
  let gone;
  const given = new Promise((done) => { gone = done; });
  const { there, end } = spoken({ handlers: { request: ({ signal }) => new Promise((_, fail) => {
    signal.addEventListener('abort', () => { gone(); fail(new Error('aborted')); });
  }) } });
  there.send({ id: 1, m: 'http.request', p: { method: 'GET', path: '/a' } });
  there.send({ id: 2, m: 'cancel', p: { of: 1 } });
  await given;
  there.send({ id: 3, m: 'nothing' });
  await there.next(({ id }) => id === 3);
  assert.ok(!there.came.some(({ id, m }) => id === 1 && !m));
  end();
});

test('no more than 64 calls run at once', async () => {
  const { there, end } = spoken({ handlers: { request: () => new Promise(() => {}) } });
  for (let id = 1; id <= 65; id += 1) there.send({ id, m: 'http.request', p: { method: 'GET', path: '/a' } });
  assert.equal((await there.next(({ err }) => err)).err.code, 'busy');
  assert.equal(there.came.filter(({ err }) => err).length, 1);
  end();
});

test('another hello ends what was before, and runs nothing twice', async () => {
  let aborted = 0;
  const { here, there, link, end } = spoken({ handlers: { request: ({ signal }) => new Promise(() => {
    signal.addEventListener('abort', () => { aborted += 1; });
  }) } });
  there.send({ id: 1, m: 'http.request', p: { method: 'GET', path: '/a' } });
  there.send({ id: 2, m: 'nothing' });
  await there.next(({ id, err }) => id === 2 && err);
  const waiting = assert.rejects(link.go('/transfers'), { code: 'closed' });
  hello(here);
  await waiting;
  assert.equal(aborted, 1);
  const again = answer(here);
  await again.next(({ m }) => m === 'context');
  assert.equal(again.came[0].id, 1, 'numbers begin anew');
  again.port.close();
  end();
});

test('the page asks, and is answered', async () => {
  const { there, link, end } = spoken();
  const went = link.go('/transfers');
  const { id } = await there.next(({ m }) => m === 'nav.go');
  there.send({ id, ok: { path: '/transfers' } });
  assert.equal(await went, '/transfers');
  const may = link.mayLeave();
  const question = await there.next(({ m }) => m === 'nav.mayLeave');
  there.send({ id: question.id, ok: { may: false } });
  assert.equal(await may, false);
  end();
});

test('what the frame tells comes through, numbers that do not rise do not', async () => {
  const { there, told, end } = spoken();
  there.send({ id: 5, m: 'app.ready' });
  there.send({ id: 5, m: 'ui.title', p: { title: 'again' } });
  there.send({ id: 4, m: 'ui.title', p: { title: 'older' } });
  there.send({ id: 6, m: 'nothing' });
  await there.next(({ id }) => id === 6);
  assert.deepEqual(told, [['app.ready', {}]]);
  end();
});

test('silence is told', async () => {
  const { told, link } = together({ patience: 20 });
  await new Promise((done) => { setTimeout(done, 60); });
  assert.deepEqual(told, [['app.failed', { code: 'silent' }]]);
  link.close();
});

test('paths', () => {
  for (const path of ['/', '/customers?size=500&filter=%7B%22a%22%3A%22%2F%22%7D', '/a.b/c..d']) assert.ok(isPath(path), path);
  for (const path of ['', 'a', '//a', '/a//b', '/./a', '/a/..', '/%2E%2e/', '/a b', '/a#b', '/a\nb', '/\u0000', 7, null, `/${'a'.repeat(9000)}`]) {
    assert.ok(!isPath(path), String(path).slice(0, 20));
  }
});

test('the proxy calls below its base and follows nothing', async () => {
  const before = globalThis.fetch;
  const calls = [];
  globalThis.fetch = async (...call) => { calls.push(call); return new Response('x'); };
  const call = { method: 'GET', path: '/customers', headers: [['Accept', 'a']], body: undefined, signal: undefined };
  await proxy('/api/')(call);
  await proxy('https://portal.example/api', async () => ({ credentials: 'include', headers: { 'X-Token': 't' } }))(call);
  globalThis.fetch = before;
  assert.equal(calls[0][0], '/api/customers');
  assert.equal(calls[0][1].redirect, 'error');
  assert.equal(calls[1][0], 'https://portal.example/api/customers');
  assert.equal(calls[1][1].headers.get('x-token'), 't');
  assert.equal(calls[1][1].headers.get('accept'), 'a');
});

test('the module makes no code and no markup from text, and names no origin', () => {
  const text = readFileSync(new URL('../cartera-embed.js', import.meta.url), 'utf8');
  const code = text.split('\n').filter((line) => !/^\s*(\/\/|\/?\*)/.test(line)).join('\n');
  for (const word of ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'eval(', 'new Function', "'*'", 'import ', 'https://']) {
    assert.ok(!code.includes(word), word);
  }
});
