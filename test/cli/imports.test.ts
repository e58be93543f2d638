import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SRC = resolve(__dirname, '../../src');

/** What a source file loads when it is loaded, and the lazy `module.require` of commands. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^(import|export) type [^;]*;/gm, '');
  return [...text.matchAll(/(?:from |module\.require\()'([^']+)'/g)].map(([, path]) => path!);
}

function reachable(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const path of importsOf(file)) {
    if (path.startsWith('.')) reachable([`${join(dirname(file), path)}.ts`, join(dirname(file), path, 'index.ts')].find(existsSync)!, seen);
    else seen.add(path);
  }
  return seen;
}

// Loading cdk8s takes longer than checking fifty files.
test.each(['cli/main.ts', 'check.ts'])('%s loads no construct library and no room of constructs', entry => {
  const loaded = [...reachable(join(SRC, entry))];
  const rooms = new Set(loaded.filter(file => file.startsWith(SRC)).map(file => relative(SRC, file).split('/')[0]));
  expect([...rooms].filter(room => ['platform', 'network', 'cilium', 'kyverno', 'tenancy', 'flux', 'bootstrap', 'index.ts'].includes(room!))).toEqual([]);
  expect(loaded.filter(file => /^(cdk8s|constructs)/.test(file))).toEqual([]);
  expect(loaded).toContain(join(SRC, 'checks/check.ts'));
});
