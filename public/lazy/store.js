// What may be kept of customers, where the deployment allows it and the person agreed: one list for each partner.
// Fetched only then. IndexedDB, since local storage is too small for 100,000 customers.
const NAME = 'cartera';
const LISTS = 'lists';

const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(LISTS);
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error('blocked'));
});

const run = async (mode, act) => {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(LISTS, mode);
      const request = act(transaction.objectStore(LISTS));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};

/** The text that is kept under this key, or undefined. */
export const read = (key) => run('readonly', (lists) => lists.get(key));

/** Keeps a text under this key. */
export const write = (key, text) => run('readwrite', (lists) => lists.put(text, key));

/** Forgets everything that this module has kept, the database itself too. It need not be there. */
export const forget = () => new Promise((resolve, reject) => {
  if (typeof indexedDB === 'undefined') { resolve(); return; }
  // While another tab still reads or writes this waits: those connections close by themselves.
  const request = indexedDB.deleteDatabase(NAME);
  request.onsuccess = () => resolve();
  request.onerror = () => reject(request.error);
});
