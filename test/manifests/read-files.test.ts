import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFiles } from '../../src/manifests/read-files';

const folder = mkdtempSync(join(tmpdir(), 'guardrails-'));
const at = (path: string) => join(folder, path);

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

const object = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n`;
const namesIn = (...paths: string[]) => readFiles(paths.map(at)).objects.map(located => located.object.metadata.name);
const idsIn = (...paths: string[]) => readFiles(paths.map(at)).problems.map(({ id }) => id);

beforeAll(() => {
  put('tree/b.yaml', object('b'));
  put('tree/a.yml', object('a'));
  put('tree/c/d.json', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"d"}}');
  put('tree/c/notes.txt', object('text'));
  put('tree/node_modules/x/e.yaml', object('e'));
  put('tree/.git/f.yaml', object('f'));
  symlinkSync('..', at('tree/c/loop'));
  symlinkSync('../b.yaml', at('tree/c/again.yaml'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is read with everything below, sorted, each file once', () => {
  expect(namesIn('tree')).toEqual(['a', 'b', 'd']);
});

test('a file is read whatever its name, and once however often it is named', () => {
  expect(namesIn('tree/c/notes.txt', 'tree/b.yaml', 'tree/c/again.yaml', 'tree/b.yaml')).toEqual(['text', 'b']);
});

test.each<[string, string[]]>([
  ['tree/*.yaml', ['b']],
  ['tree/**/*.{yml,json}', ['a', 'd']],
  ['tree/?/d.js[om]n', ['d']],
  ['tree/**', ['a', 'b', 'text', 'd']],
])('the glob %s', (glob, names) => {
  expect(namesIn(glob).sort()).toEqual([...names].sort());
});

test('what stands for nothing is told', () => {
  expect(readFiles([at('none.yaml'), at('tree/*.none')]).missing).toEqual([at('none.yaml'), at('tree/*.none')]);
});

test('a link that leads nowhere is found, and the rest is read', () => {
  put('dangling/a.yaml', object('a'));
  symlinkSync('nowhere', at('dangling/b.yaml'));
  expect(namesIn('dangling')).toEqual(['a']);
  expect(idsIn('dangling')).toEqual(['reading/Unreadable']);
});

// Root may read everything.
(process.getuid?.() === 0 ? test.skip : test)('a folder without permission is found, and the rest is read', () => {
  put('locked/in/a.yaml', object('a'));
  put('locked/z.yaml', object('z'));
  chmodSync(at('locked/in'), 0);
  expect(namesIn('locked')).toEqual(['z']);
  expect(idsIn('locked')).toEqual(['reading/Unreadable']);
  chmodSync(at('locked/in'), 0o700);
});

test.each<[string, Buffer]>([
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${object('grün')}`)],
  ['UTF-16, little endian', Buffer.from(`\ufeff${object('grün')}`, 'utf16le')],
  ['UTF-16, big endian', Buffer.from(`\ufeff${object('grün')}`, 'utf16le').swap16()],
])('%s is read', (_name, bytes) => {
  put('encoded.yaml', bytes);
  expect(namesIn('encoded.yaml')).toEqual(['grün']);
});

test.each<[string, Buffer]>([
  ['Latin-1', Buffer.from(object('grün'), 'latin1')],
  ['half of UTF-16', Buffer.from([0xFF, 0xFE, 0x00])],
  ['UTF-32', Buffer.from([0xFF, 0xFE, 0x00, 0x00, 0x61, 0, 0, 0])],
])('%s is found', (_name, bytes) => {
  put('encoded.yaml', bytes);
  expect(idsIn('encoded.yaml')).toEqual(['reading/BadEncoding']);
});

test('a file of 100 MiB is found, not read', () => {
  put('large/a.yaml', '');
  truncateSync(at('large/a.yaml'), 100 * 1024 * 1024);
  put('large/b.yaml', object('b'));
  expect(namesIn('large')).toEqual(['b']);
  expect(idsIn('large')).toEqual(['reading/FileTooLarge']);
});

test('a named pipe is read to its end', () => {
  execFileSync('mkfifo', [at('pipe')]);
  const writer = spawnSync('sh', ['-c', `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: p}\\n' > '${at('pipe')}' &`], { stdio: 'ignore' });
  expect(writer.status).toBe(0);
  expect(namesIn('pipe')).toEqual(['p']);
});

test('a named pipe may hold more than is read at once', () => {
  execFileSync('mkfifo', [at('long-pipe')]);
  const documents = 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: first}\\n---\\napiVersion: v1\\nkind: Pod\\nmetadata: {name: last}\\n';
  const script = `(yes '# comment' | head -n 20000; printf '${documents}') > '${at('long-pipe')}' &`;
  expect(spawnSync('sh', ['-c', script], { stdio: 'ignore' }).status).toBe(0);
  expect(namesIn('long-pipe')).toEqual(['first', 'last']);
});
