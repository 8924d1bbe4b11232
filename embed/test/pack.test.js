// What npm would publish: these files and no others, a module that another project can import, types that name what it exports.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const here = new URL('..', import.meta.url);
const text = (name) => readFileSync(new URL(name, here), 'utf8');

test('the package is packed, unpacked and imported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartera-embed-'));
  try {
    const run = (program, words, cwd) => execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--offline', '--pack-destination', folder], here));
    assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
      'LICENSE-APACHE', 'LICENSE-MIT', 'PROTOCOL.md', 'README.md', 'cartera-embed.d.ts', 'cartera-embed.js', 'package.json',
    ]);
    writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, packed.filename)], folder);
    const names = run('node', ['-e', "import('cartera-embed').then((m) => console.log(Object.keys(m).sort().join()))"], folder).trim();
    assert.equal(names, 'CarteraAccounts,Refusal,SANDBOX,connect,isPath,proxy,visiblePart');
    assert.equal(JSON.parse(text('package.json')).dependencies, undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('types and module export the same', async () => {
  const typed = [...text('cartera-embed.d.ts').matchAll(/^export (?:declare )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual([...new Set(typed)].sort(), Object.keys(await import('../cartera-embed.js')).sort());
});

test('the protocol names every method of the module', () => {
  const module = text('cartera-embed.js');
  const named = new Set([...module.matchAll(/'((?:app|nav|ui|http|auth|approval)\.\w+)'/g)].map(([, name]) => name));
  assert.ok(named.size > 12, [...named].join());
  for (const name of named) assert.ok(text('PROTOCOL.md').includes(`\`${name}\``), name);
});
