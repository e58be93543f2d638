import { UsageError } from './exit-code';
import type { Io } from './io';
import type { Progress } from './progress';
import { unbuiltNotes } from './unbuilt';
import type { Located } from '../checks/finding';
import { findingLine } from '../checks/finding-line';
import { type FileReading, readFiles } from '../manifests/read-files';
import { isGitReference, readGit, UnreadableRevision } from '../manifests/read-git';

/** The objects of some paths. */
export interface Input {
  readonly objects: readonly Located[];
  /** Whether something of what was asked for could not be read; it was said on stderr. */
  readonly incomplete: boolean;
}

/**
 * Reads manifests from files, folders, globs, `-` for standard input, and `git:REV:PATH`. What cannot be read goes to stderr.
 *
 * @param mayBeEmpty whether a place without any object is fine
 * @throws UsageError where nothing is there at all
 */
export function readInput(command: string, paths: readonly string[], io: Io, progress: Progress, mayBeEmpty = false): Input {
  const plain = paths.filter(path => !isGitReference(path));
  const readings = [
    ...plain.length > 0 ? [readFiles(plain, (done, all) => progress.update(`reading file ${done + 1} of ${all}`))] : [],
    ...paths.filter(isGitReference).map(revisionOf),
  ];
  progress.done();
  const problems = readings.flatMap(reading => reading.problems);
  for (const problem of problems) if (problem.severity === 'error') io.stderr(`${problem.severity} ${findingLine(problem)}\n`);
  const missing = readings.flatMap(reading => reading.missing);
  if (missing.length > 0) throw new UsageError(`${missing.join(', ')}: no such file, folder or match`);
  for (const note of unbuiltNotes(command, readings)) io.stderr(`note: ${note}\n`);
  const objects = readings.flatMap(reading => reading.objects);
  // A render that failed leaves an empty folder, and a gate must not take that for a cluster where nothing passes.
  if (objects.length === 0 && !mayBeEmpty) throw new UsageError(`${paths.join(', ')}: no Kubernetes object is there`);
  return { objects, incomplete: problems.some(({ severity }) => severity === 'error') };
}

function revisionOf(reference: string): FileReading {
  try {
    return readGit(reference);
  } catch (error) {
    if (error instanceof UnreadableRevision) throw new UsageError(`${reference}: ${error.message}`);
    throw error;
  }
}
