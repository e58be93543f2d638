import { insist, refuse } from '../values/guardrails-error';
import { type Problem, problem } from '../values/problem';

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const SIDE = /^\d+\.\d+/;

/**
 * An exact version, of the minor version that a Platform is for.
 *
 * @param minor what the Platform says, in terms of the version given
 */
export function insistVersion(at: string, version: string, minor: string, platform: string): void {
  insist(at, 'version', exactVersionProblem(version, `${minor}.0`));
  if (SIDE.exec(version)![0] === minor) return;
  refuse(at, 'version', problem(
    version, `${minor}.x, since the Platform says ${platform}`, 'Give a version of that line, or tell the Platform what is installed.',
  ));
}

export function exactVersionProblem(version: string, example: string): Problem | undefined {
  if (typeof version === 'string' && EXACT.test(version)) return undefined;
  return problem(version, 'an exact version', `Write it like '${example}': anything else changes from one install to the next.`);
}

/** A repository of charts, whose address ends up in a script. */
export function repositoryProblem(url: string): Problem | undefined {
  if (typeof url === 'string' && /^(https|oci):\/\/[A-Za-z0-9][\w.:/@~-]*$/.test(url)) return undefined;
  return problem(url, 'https:// or oci:// and the rest of an address', 'Write it like https://helm.cilium.io/ or oci://ghcr.io/acme/charts.');
}

export function countProblem(count: number, least: number): Problem | undefined {
  if (Number.isInteger(count) && count >= least && count <= 99) return undefined;
  return problem(count, `a whole number, ${least} to 99`, `Write it like ${Math.max(least, 1)}.`);
}
