// What a browser keeps of an import that is under way, so that it can be taken up again: ids, hashes and states, no name
// and no password. And who of several tabs may run one. Fetched with the first import.
const NAME = 'cartera-imports';
const LINES = 'lines';
const KEPT_MS = 3 * 24 * 3600 * 1000;

const open = () => new Promise((resolve, reject) => {
  if (typeof indexedDB === 'undefined') { reject(new Error('no database')); return; }
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(LINES, { keyPath: ['id', 'number'] });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error('blocked'));
});

let opened;
const database = () => {
  opened ??= open().then((found) => {
    // Another release wants to change it, or the person forgets everything.
    found.onversionchange = () => { found.close(); opened = undefined; };
    found.onclose = () => { opened = undefined; };
    return found;
  });
  opened.catch(() => { opened = undefined; });
  return opened;
};

const run = async (mode, act) => {
  const found = await database();
  return new Promise((resolve, reject) => {
    // Strict: what has been said to be written survives a loss of power.
    const transaction = found.transaction(LINES, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(LINES));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
};

let number = 0;

/** Adds a text to the journal of an import. Resolves when it is kept for certain. */
export const append = (id, text) => {
  number = Math.max(number + 1, Date.now() * 1000);
  const line = { id, number, at: Date.now(), text };
  return run('readwrite', (lines) => lines.put(line));
};

const range = (id) => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);

/** Forgets the journal of an import. */
export const drop = (id) => run('readwrite', (lines) => lines.delete(range(id)));

/** All journals that are kept, the latest first: one text each, its parts separated by U+001E: when it was last written, and the journal. What is too old goes. */
export const all = async () => {
  const lines = await run('readonly', (store) => store.getAll());
  const found = new Map();
  for (const { id, at, text } of lines) {
    const known = found.get(id) ?? { at: 0, text: '' };
    found.set(id, { at: Math.max(known.at, at), text: known.text + text });
  }
  const journals = [];
  for (const [id, { at, text }] of found) {
    if (at + KEPT_MS < Date.now()) await drop(id);
    else journals.push({ at, text });
  }
  return journals.sort((a, b) => b.at - a.at).map(({ at, text }) => `${at}\u001e${text}`);
};

/** Forgets everything, the database too. */
export const forget = async () => {
  if (typeof indexedDB === 'undefined') return;
  (await opened?.catch(() => undefined))?.close();
  opened = undefined;
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
};

// Without Web Locks: a note in the storage that all tabs see, renewed while it is held.
const LEASE_MS = 15_000;
const own = `${Date.now()}-${Math.random()}`;
let renewing;

const lease = (name) => {
  const key = `cartera.lease.${name}`;
  try {
    const [holder, until] = (localStorage.getItem(key) ?? '').split('|');
    if (holder && holder !== own && Number(until) > Date.now()) return false;
    const renew = () => localStorage.setItem(key, `${own}|${Date.now() + LEASE_MS}`);
    renew();
    clearInterval(renewing);
    renewing = setInterval(renew, LEASE_MS / 3);
    addEventListener('pagehide', () => localStorage.removeItem(key));
  } catch {
    // No storage: no other tab can be told. The journal of users by their names makes up for it: nobody is made twice.
  }
  return true;
};

let release = () => {};
let holding;
let released = Promise.resolve();

/** Holds an import for this tab until `letGo`. Resolves with whether this tab holds it; only one does. */
export const hold = async (name) => {
  if (holding === name) return true;
  letGo();
  // A lock is free again some time after it was let go.
  await released;
  try {
    // Where there are none, and where looking for them throws, as in frames of older browsers.
    if (!navigator.locks) return lease(name);
    return await new Promise((resolve, reject) => {
      released = navigator.locks.request(`cartera-import-${name}`, { ifAvailable: true }, (lock) => {
        resolve(Boolean(lock));
        if (!lock) return undefined;
        holding = name;
        return new Promise((done) => { release = done; });
      }).catch(reject);
    });
  } catch {
    return lease(name);
  }
};

/** Lets another tab hold it. */
export const letGo = () => {
  release();
  release = () => {};
  holding = undefined;
  clearInterval(renewing);
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('cartera.lease.') && localStorage.getItem(key)?.startsWith(own)) localStorage.removeItem(key);
    }
  } catch { /* There is none. */ }
};
