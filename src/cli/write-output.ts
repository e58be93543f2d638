import { randomBytes } from 'node:crypto';
import {
  closeSync, copyFileSync, fchmodSync, lstatSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './exit-code';
import type { Io } from './io';
import { fileProblem } from '../manifests/file-problem';

/** What is written at a time: large enough that calls cost nothing, small enough that output never is in memory as a whole. */
const CHUNK = 64 * 1024;

/**
 * Writes pieces to a file, or to standard output as fast as they are read there, and no further than they are. A file is as it was until
 * all of it is written.
 *
 * @throws UsageError when the file cannot be written
 */
export async function writeOutput(pieces: Iterable<string>, file: string | undefined, io: Io): Promise<void> {
  if (file !== undefined) {
    insistWritten('output', file, () => writePieces(pieces, file));
    return;
  }
  for (const chunk of chunksOf(pieces)) {
    io.stdout(chunk);
    if (io.drain && !await io.drain()) return;
  }
}

/**
 * Writes a whole text to a file, or to standard output where no flag names one.
 *
 * @throws UsageError when the file cannot be written, or is there and `mode` is `wx`
 */
export function writeText(text: string, file: string | undefined, io: Io, { flag = 'output', mode = 'w' }: { flag?: string; mode?: 'w' | 'wx' } = {}): void {
  if (file === undefined) io.stdout(text);
  else insistWritten(flag, file, () => (mode === 'wx' ? writeFileSync(file, text, { flag: mode }) : writePieces([text], file)));
}

/** Half a file is never left: it is written beside, and then takes the place. */
function writePieces(pieces: Iterable<string>, file: string): void {
  const place = replaceable(file);
  const aside = place && openBeside(place);
  if (!aside) {
    writeTo(openSync(file, 'w'), pieces);
    return;
  }
  try {
    if (place.mode !== undefined) fchmodSync(aside.opened, place.mode);
    writeTo(aside.opened, pieces);
    putInPlace(aside.path, place.path);
  } finally {
    rmSync(aside.path, { force: true });
  }
}

/** A file that another can take the place of. */
interface Place {
  readonly path: string;
  /** Of the one that is there. */
  readonly mode?: number;
}

/** Where a path leads to, if that is a file or nothing yet: devices and pipes are written to as they are. */
function replaceable(file: string): Place | undefined {
  // /dev/stdout is a file where the shell redirects it to one, and what the shell has opened has to stay.
  if (/^\/(dev|proc)\//.test(file)) return undefined;
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat) return stat.isFile() ? { path: realpathSync(file), mode: stat.mode } : undefined;
  return lstatSync(file, { throwIfNoEntry: false }) ? undefined : { path: file };
}

function openBeside({ path, mode }: Place): { readonly path: string; readonly opened: number } | undefined {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    return { path: beside, opened: openSync(beside, 'wx') };
  } catch (error) {
    // Whoever may write a file need not be allowed to add one to its folder.
    if (mode !== undefined && ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function putInPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // A file that is mounted into a container cannot be replaced.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    copyFileSync(from, to);
  }
}

function writeTo(opened: number, pieces: Iterable<string>): void {
  try {
    for (const chunk of chunksOf(pieces)) writeFileSync(opened, chunk);
  } finally {
    closeSync(opened);
  }
}

function insistWritten(flag: string, file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const found = fileProblem(error);
    if (found === undefined) throw error;
    const isFolderMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(`--${flag} ${file}: ${isFolderMissing ? `there is no folder ${dirname(file)}` : found}`);
  }
}

function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let held: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < CHUNK) continue;
    yield held.join('');
    held = [];
    length = 0;
  }
  if (length > 0) yield held.join('');
}
