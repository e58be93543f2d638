import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from './synth';

/** Folders that tests write to, removed when the file of tests is done. */
const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guardrails-test-'));
  folders.push(folder);
  return folder;
}

/** Does something with stderr caught, and gives back what was said. */
export function stderrOf(run: () => void): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    run();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

/** Every file below a folder, by its path, in order. */
export function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(entry => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

/** The objects that Flux applies from a tree, by the path of their file. Checks that lists name what there is, and all of it. */
export function appliedBy(files: Record<string, string>): Record<string, Manifest> {
  const isList = (path: string) => path.endsWith('/kustomization.yaml');
  const applied: Record<string, Manifest> = {};
  for (const list of Object.keys(files).filter(isList)) {
    const { resources, ...rest } = parse(files[list]!) as { resources: string[] };
    expect(rest).toEqual({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' });
    expect(resources).toEqual([...resources].sort());
    for (const resource of resources) {
      const path = `${dirname(list)}/${resource}`;
      expect(applied).not.toHaveProperty([path]);
      applied[path] = parse(files[path]!) as Manifest;
    }
  }
  const others = Object.keys(files).filter(path => path.endsWith('.yaml') && !path.startsWith('bootstrap/') && !isList(path) && !applied[path]);
  expect(others).toEqual([]);
  return applied;
}
