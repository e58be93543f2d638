import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OWN_PREFIX } from './tree-file';
import { refuse } from '../values/guardrails-error';

const LOCK = `${OWN_PREFIX}.lock`;

/** Milliseconds within which a run that has made its lock has written who it is. */
const BEGINNING = 10_000;

/**
 * Does something while nobody else does so in the same folder, which is made if need be.
 *
 * @throws GuardrailsError while another run is alive, or when the folder cannot be written to
 */
export function withLock<T>(root: string, run: () => T): T {
  const lock = join(root, LOCK);
  const mine = `${process.pid} ${hostname()}\n`;
  try {
    mkdirSync(root, { recursive: true });
    if (!take(lock, mine)) {
      removeStale(lock, root);
      if (!take(lock, mine)) refuseBusy(root, 'another run, which came first');
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    refuse(`${root} (tree)`, LOCK, {
      given: (error as Error).message, allowed: 'a folder that can be written to', mend: 'Nothing was changed.',
    });
  }
  try {
    return run();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string, mine: string): boolean {
  try {
    writeFileSync(lock, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away the lock of a run that was killed. */
function removeStale(lock: string, root: string): void {
  const holder = ifThere(() => readFileSync(lock, 'utf8'));
  // Let go of meanwhile.
  if (holder === undefined) return;
  const [pid, host] = holder.trim().split(' ');
  if (holder === '' ? isFresh(lock) : host !== hostname() || isAlive(Number(pid))) {
    refuseBusy(root, holder === '' ? 'another run, which has just begun' : `process ${pid} on ${host}`);
  }
  // Of several that find the same stale lock, one moves it: what another has put there since is told by its content.
  const aside = `${lock}.${process.pid}`;
  if (!ifThere(() => moved(lock, aside))) return;
  if (readFileSync(aside, 'utf8') !== holder) {
    renameSync(aside, lock);
    refuseBusy(root, 'another run, which came first');
  }
  rmSync(aside);
}

function moved(from: string, to: string): true {
  renameSync(from, to);
  return true;
}

/** Does something with a file that may be gone. */
function ifThere<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A run that was killed before it had written who it is leaves an empty lock. */
function isFresh(lock: string): boolean {
  const stat = statSync(lock, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < BEGINNING;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refuseBusy(root: string, by: string): never {
  refuse(`${root} (tree)`, LOCK, {
    given: `a tree that is being written by ${by}`,
    allowed: 'one run at a time',
    mend: `Wait for it. If there is no such run, delete ${join(root, LOCK)}. Nothing was changed.`,
  });
}
