// The demonstration: the sandbox of Partner Center with its database. All of it is in memory and ends with this worker.
import start, { open, answer } from './glue.js';

// The first message says how to begin: customers, milliseconds that each answer waits, the cloud.
let opened;

const begin = async ([customers, latency, cloud]) => {
  await start();
  open(customers, latency, cloud, crypto.getRandomValues(new Uint32Array(1))[0]);
};

const handle = async ([id, call, setup]) => {
  let bytes = null;
  try {
    opened ??= begin(setup);
    await opened;
    bytes = answer(call);
  } catch {
    // Its program did not come, or has broken off: whoever asked is told that there is no answer.
  }
  if (!bytes) { postMessage([id, null]); return; }
  // A wait holds up no other call, as with a server.
  const wait = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const send = () => postMessage([id, bytes.slice(4)]);
  if (wait) setTimeout(send, wait); else send();
};

addEventListener('message', ({ data }) => { handle(data); });
