import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import { packageJson } from './init/package-json';
import { LOCAL_TOOLS, starterFiles } from './init/starter-files';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { fileProblem } from '../manifests/file-problem';
import { version } from '../report/version';

const help = `Usage: guardrails init [--cluster k3d|kind] [--library FILE] DIR

Writes a repository to start a platform from, into a folder that is empty or does not exist: the program, a tenant,
tests for who may talk to whom, a pipeline for GitHub Actions, and a cluster on your own machine.

Options:
  --cluster TOOL   What makes the local cluster: ${LOCAL_TOOLS.join(' or ')} (default: k3d)
  --library FILE   Take the library from this tarball of npm pack, not from the registry

Exit code: 0, 2 for arguments that cannot be understood, or a folder that cannot be written to.

Examples:
  guardrails init platform
  guardrails init --cluster kind platform
`;

const OPTIONS = {
  cluster: { type: 'string', default: 'k3d' },
  library: { type: 'string' },
} as const;

export const initCommand: Command = { help, run };

function run(args: string[], io: Io): ExitCode {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [dir, ...others] = positionals;
  if (dir === undefined || others.length > 0) throw new UsageError(`one DIR is needed; given ${positionals.length}`);
  const tool = oneOf('cluster', values.cluster, LOCAL_TOOLS);
  const folder = resolve(dir);
  const library = values.library === undefined ? version() : tarball(values.library, folder);
  const files = starterFiles(tool).set('package.json', packageJson(packageName(folder), library));
  write(folder, dir, files);
  io.stdout(`${[...files.keys()].sort().map(path => join(dir, path)).join('\n')}\n`);
  io.stderr(`Wrote ${files.size} files. Next: cd ${dir} && npm install && npm test && npm run build; README.md tells the rest.\n`);
  return ExitCode.OK;
}

/** How package.json names a tarball: from its own folder, so that both can be moved together. */
function tarball(file: string, folder: string): string {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`--library ${file}: no such file`);
  if (!/\.(tgz|tar\.gz)$/.test(file)) throw new UsageError(`--library ${file}: a tarball is needed, as npm pack makes it`);
  return `file:${relative(folder, resolve(file)).replaceAll('\\', '/')}`;
}

function packageName(folder: string): string {
  return basename(folder).toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'platform';
}

/** Where files lie until all are written. */
const ASIDE = '.guardrails-init';

/** A folder is never half a repository: what cannot be written leaves it empty. */
function write(folder: string, dir: string, files: ReadonlyMap<string, string>): void {
  const aside = join(folder, ASIDE);
  try {
    insistEmpty(folder, dir);
    // What a run left that was killed.
    rmSync(aside, { recursive: true, force: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(aside, path)), { recursive: true });
      writeFileSync(join(aside, path), text);
    }
    // The folder itself stays what it is: it may be the one that somebody is in.
    for (const name of readdirSync(aside)) renameSync(join(aside, name), join(folder, name));
    rmSync(aside, { recursive: true });
  } catch (error) {
    const found = fileProblem(error);
    if (found === undefined) throw error;
    if (existsSync(aside)) rmSync(aside, { recursive: true });
    throw new UsageError(`${dir}: ${found}`);
  }
}

function insistEmpty(folder: string, dir: string): void {
  const state = statSync(folder, { throwIfNoEntry: false });
  if (state && !state.isDirectory()) throw new UsageError(`${dir}: it is a file`);
  const found = state ? readdirSync(folder).filter(name => name !== ASIDE).sort() : [];
  if (found.length === 0) return;
  throw new UsageError(`${dir}: it is not empty, it has ${found.slice(0, 3).join(', ')}${found.length > 3 ? ' ...' : ''}`);
}
