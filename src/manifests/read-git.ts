import { execFileSync } from 'node:child_process';
import { decodeText } from './decode-text';
import type { FileReading } from './read-files';
import { readText } from './read-text';
import { readingFinding } from './reading-problems';
import { SourceText } from './source-text';

const MANIFEST = /\.(ya?ml|json)$/i;
const MAX_OUTPUT = 512 * 1024 * 1024;

/** What a revision and a path in a repository are called on the command line: `git:main:deploy/production`. */
const REFERENCE = /^git:([^:]+):(.*)$/;

/** What cannot be read from a repository, and how to mend it. */
export class UnreadableRevision extends Error {}

/** Whether a path is meant as one of a repository; a file of such a name is `./git:name`. */
export function isGitReference(path: string): boolean {
  return path.startsWith('git:');
}

/**
 * Reads the manifests below a path as they were in a revision of the repository around the working directory.
 *
 * @throws UnreadableRevision when the reference has no path, there is no such revision, or git cannot be run
 */
export function readGit(reference: string): FileReading {
  const [, revision, path = ''] = REFERENCE.exec(reference) ?? [];
  if (revision === undefined) throw new UnreadableRevision('write git:REVISION:PATH, such as git:origin/main:deploy');
  const files = listFiles(revision, path);
  const missing = files.length > 0 ? [] : [reference];
  const paths = files.map(({ name }) => `git:${revision}:${name}`);
  const reading: FileReading = { objects: [], problems: [], otherDocuments: 0, files: files.length, paths, missing };
  const contents = readBlobs(files.map(({ id }) => id));
  paths.forEach((file, index) => {
    const text = decodeText(contents[index]!);
    if (text === undefined) reading.problems.push(readingFinding('badEncoding', { file, line: 1, column: 1 }, 'bytes that are not UTF-8'));
    else readText(new SourceText(file, text), reading);
  });
  return reading;
}

/** Names are relative to the working directory, as the path is; `--` keeps a revision that looks like an option from being one. */
function listFiles(revision: string, path: string): { name: string; id: string }[] {
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], { silence: unknown(revision) }).toString().trim();
  return git(['ls-tree', '-r', '-z', commit, '--', path === '' ? '.' : path]).toString().split('\0').flatMap(line => {
    const [, type, id, name] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return type === 'blob' && name !== undefined && MANIFEST.test(name) ? [{ name, id: id! }] : [];
  });
}

/** One process for all of them. Before each content git writes a line with its length. */
function readBlobs(ids: readonly string[]): Buffer[] {
  if (ids.length === 0) return [];
  const output = git(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
  let at = 0;
  return ids.map(() => {
    const end = output.indexOf(10, at);
    const size = Number(output.subarray(at, end).toString().split(' ')[2]);
    at = end + 1 + size + 1;
    return output.subarray(end + 1, end + 1 + size);
  });
}

function unknown(revision: string): string {
  return `this repository knows no revision ${revision}; name a branch, a tag or a commit that it has, and fetch it where the clone has a part of the history only`;
}

/** @param silence what it means that git fails without a word */
function git(args: readonly string[], { input, silence }: { readonly input?: string; readonly silence?: string } = {}): Buffer {
  try {
    return execFileSync('git', args, { input, maxBuffer: MAX_OUTPUT, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, message, code } = error as NodeJS.ErrnoException & { stderr?: Buffer };
    if (code === 'ENOENT') throw new UnreadableRevision('git is needed to read a revision, and is not installed');
    const said = stderr?.toString().trim().split('\n')[0]?.replace(/^fatal: /, '');
    throw new UnreadableRevision(said ? `${said}; write git:REVISION:PATH, and run it inside of the repository` : silence ?? message.split('\n')[0]);
  }
}
