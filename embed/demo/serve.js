// Serves the sample portal on an origin of its own. For development and tests; not a server for anything else.
//   node serve.js --port 8081 --app http://127.0.0.1:8080/ [--coep] [--folder DIR]
// Prints `host ready http://localhost:P`, and ends with its stdin.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: {
  port: { type: 'string', default: '0' }, app: { type: 'string' }, coep: { type: 'boolean', default: false }, folder: { type: 'string' },
} });
/** The application's origin: what the address says, else what the command line says. */
const appOf = (address) => {
  try { return new URL(address.searchParams.get('app') ?? values.app ?? 'http://127.0.0.1:8080/').origin; } catch { return "'none'"; }
};
const folders = [fileURLToPath(new URL('.', import.meta.url)), ...(values.folder ? [values.folder] : [])];
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };
const policy = (app) => `default-src 'none'; script-src 'self' ${app}; style-src 'self'; connect-src 'self' ${app}; frame-src 'self' ${app}`;

createServer(async (request, answer) => {
  const address = new URL(request.url, 'http://localhost');
  const name = address.pathname.slice(1) || 'index.html';
  const kind = KINDS[extname(name)];
  const file = /^[a-z-]+\.[a-z]+$/.test(name) && kind ? name : undefined;
  for (const folder of file ? folders : []) {
    try {
      const content = await readFile(join(folder, file));
      const headers = { 'content-type': kind, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': policy(appOf(address)) };
      if (values.coep) Object.assign(headers, { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' });
      answer.writeHead(200, headers).end(content);
      return;
    } catch { /* the next folder */ }
  }
  answer.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
}).listen(Number(values.port), 'localhost', function () {
  console.log(`host ready http://localhost:${this.address().port}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
