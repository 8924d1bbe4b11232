// The worker that reads, checks and repairs files of users.
import start, { answer, open } from './glue.js';

const ready = start();
// One after the other, in the order in which they were asked: a file takes its time to be read.
let last = ready;

const handle = async ({ data: [id, ask, file] }) => {
  let bytes = null;
  try {
    await ready;
    bytes = file ? open(new Uint8Array(await file.arrayBuffer()), ask) : answer(ask);
  } catch {
    // The file has gone, or memory has run out: whoever asked is told that there is no answer.
  }
  postMessage([id, bytes], bytes ? [bytes.buffer] : []);
};

addEventListener('message', (event) => { last = last.then(() => handle(event), () => handle(event)); });
