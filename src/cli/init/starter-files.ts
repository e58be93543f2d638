import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tools that a cluster on one's own machine is made with. */
export const LOCAL_TOOLS = ['k3d', 'kind'] as const;
export type LocalTool = typeof LOCAL_TOOLS[number];

/** In the package, beside the compiled sources. */
const STARTER = join(__dirname, '../../../starter');

/** Files that npm would not pack, or not as they are. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/** Files of which a repository gets one, and calls it as k3d's. */
const BY_TOOL: Readonly<Record<LocalTool, string>> = { k3d: 'local.ts', kind: 'local.kind.ts' };

/** The files of a new repository but its package.json, by path. */
export function starterFiles(tool: LocalTool): Map<string, string> {
  const others = Object.values(BY_TOOL).filter(file => file !== BY_TOOL[tool]);
  const paths = readdirSync(STARTER, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(STARTER.length + 1).replaceAll('\\', '/')).sort();
  return new Map(paths.filter(path => !others.includes(path)).map(path => [
    path === BY_TOOL[tool] ? BY_TOOL.k3d : RENAMED[path] ?? path,
    readFileSync(join(STARTER, path), 'utf8').replaceAll('{{tool}}', tool),
  ]));
}
