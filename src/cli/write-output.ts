import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { UsageError } from './exit-code';
import type { Io } from './io';

/** What is written at a time: large enough that calls cost nothing, small enough that output never is in memory as a whole. */
const CHUNK = 64 * 1024;

/**
 * Writes pieces to a file, or to standard output as fast as they are read there, and no further than they are.
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
  else insistWritten(flag, file, () => writeFileSync(file, text, { flag: mode }));
}

function writePieces(pieces: Iterable<string>, file: string): void {
  const opened = openSync(file, 'w');
  try {
    for (const chunk of chunksOf(pieces)) writeSync(opened, chunk);
  } finally {
    closeSync(opened);
  }
}

function insistWritten(flag: string, file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new UsageError(`--${flag} ${file}: ${(error as Error).message}`);
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
