// A frame beside the application, which knows everything that a welcome needs, and is not the portal.
const query = new URLSearchParams(location.search);
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => parent.postMessage({ stray: data }, '*');
parent.frames[0].postMessage({ t: 'pc.welcome', v: 1, n: query.get('n'), caps: ['http.request'] }, query.get('app'), [port2]);
parent.postMessage({ sent: self.origin }, '*');
