// A window, a frame and a document, as far as the module needs them. Node has ports, URLs and requests of its own.
const listeners = new Map();
globalThis.addEventListener = (name, listener) => { listeners.set(name, [...(listeners.get(name) ?? []), listener]); };
globalThis.removeEventListener = (name, listener) => {
  listeners.set(name, (listeners.get(name) ?? []).filter((other) => other !== listener));
};

export const APP = 'https://accounts.example';
const NONCE = '0123456789abcdef0123456789abcde';

/** What comes to the window. */
export const post = (event) => (listeners.get('message') ?? []).forEach((listener) => listener(event));
export const listening = () => (listeners.get('message') ?? []).length;

/** A frame whose window keeps what is posted to it. */
export const frame = () => {
  const posted = [];
  const contentWindow = { postMessage: (data, origin, ports = []) => posted.push({ data, origin, ports }) };
  return { contentWindow, posted, focus() {} };
};

let last = 0;
export const hello = (frame, change = {}, event = {}) => {
  last = (last + 1) % 16;
  const data = { t: 'pc.hello', v: [1], n: NONCE + last.toString(16), ...change };
  post({ origin: APP, source: frame.contentWindow, data, ...event });
  return data;
};

/** The frame's end of the port, with what came over it so far. */
export const answer = (frame) => {
  const welcome = frame.posted.at(-1);
  const [port] = welcome.ports;
  const came = [];
  let wake = () => {};
  port.unref?.();
  port.onmessage = ({ data }) => {
    const [text, body] = Array.isArray(data) ? data : [data];
    came.push({ ...JSON.parse(text), body });
    wake();
  };
  const next = async (fits) => {
    for (;;) {
      const found = came.find(fits);
      if (found) return found;
      await new Promise((done) => { wake = done; });
    }
  };
  return { port, came, next, send: (message, body) => port.postMessage(body ? [JSON.stringify(message), body] : JSON.stringify(message)) };
};
