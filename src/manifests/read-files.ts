import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeText } from './decode-text';
import { findFiles, STDIN } from './find-files';
import { type Reading, readText } from './read-text';
import { readingFinding } from './reading-problems';
import { SourceText } from './source-text';

const MIB = 1024 * 1024;

/** Objects take several times the memory of their YAML; the heap of Node is 2 to 4 GiB. */
const MAX_FILE = 64 * MIB;
const MAX_TOTAL = 128 * MIB;

/** What files hold. */
export interface FileReading extends Reading {
  /** How many files were read. */
  files: number;
  /** What they are called. */
  readonly paths: readonly string[];
  /** Paths and globs that stand for nothing. */
  readonly missing: readonly string[];
}

/** Reads files, folders, globs and `-` for standard input. */
export function readFiles(paths: readonly string[], progress?: (done: number, all: number) => void): FileReading {
  const { files, problems, missing } = findFiles(paths);
  const reading: FileReading = { objects: [], problems, otherDocuments: 0, files: 0, paths: files, missing };
  let total = 0;
  files.forEach((path, index) => {
    progress?.(index, files.length);
    const file = path === STDIN ? 'stdin' : path;
    let bytes: Buffer | undefined;
    try {
      bytes = readBytes(path, Math.min(MAX_FILE, MAX_TOTAL - total));
    } catch (error) {
      problems.push(readingFinding('unreadable', { file }, (error as Error).message));
      return;
    }
    if (!bytes) {
      problems.push(readingFinding('fileTooLarge', { file }, `more than ${MAX_FILE / MIB} MiB, or than ${MAX_TOTAL / MIB} MiB with the files before`));
      return;
    }
    total += bytes.length;
    reading.files++;
    const text = decodeText(bytes);
    if (text === undefined) problems.push(readingFinding('badEncoding', { file, line: 1, column: 1 }, 'bytes that are not UTF-8'));
    else readText(new SourceText(file, text), reading);
  });
  return reading;
}

/** The bytes of a file, or undefined when there are more than `limit`. */
function readBytes(path: string, limit: number): Buffer | undefined {
  const descriptor = path === STDIN ? 0 : openSync(path, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFile() && stat.size > limit) return undefined;
    return readAll(descriptor, limit, stat.size);
  } finally {
    if (path !== STDIN) closeSync(descriptor);
  }
}

/** @param expected how many bytes there are; 0 for pipes and devices, which do not say */
function readAll(descriptor: number, limit: number, expected: number): Buffer | undefined {
  // With a byte to spare the end is found without another buffer.
  let bytes = Buffer.allocUnsafe(expected > 0 ? expected + 1 : 64 * 1024);
  let length = 0;
  for (;;) {
    const read = readChunk(descriptor, bytes.subarray(length));
    if (read === 0) return bytes.subarray(0, length);
    length += read;
    if (length > limit) return undefined;
    if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * length);
  }
}

function readChunk(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // Standard input that does not block and has nothing yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
