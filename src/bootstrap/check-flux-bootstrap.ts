import { insistVersion } from './check-install';
import type { FluxBootstrap } from './flux-bootstrap';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/** What ends up in a script, and in front of Flux' own checks. */
export function checkFluxBootstrap(at: string, { version, url, path, branch }: FluxBootstrap, flux: string): void {
  insistVersion(at, version, flux, `Flux ${flux}`);
  if (!/^(https|ssh):\/\/[^\s/'"]+\/[^\s'"]+$/.test(url)) {
    refuse(at, 'flux.url', problem(url, 'https:// or ssh:// and the rest of an address', 'Write it like ssh://git@github.com/acme/platform.'));
  }
  if (!/^(\.\/)?[\w.-]+(\/[\w.-]+)*\/?$/.test(path) || path.split('/').includes('..')) {
    refuse(at, 'flux.path', problem(path, 'a folder of the repository', 'Write it like deploy/clusters/staging.'));
  }
  if (branch !== undefined && !/^[\w./-]+$/.test(branch)) {
    refuse(at, 'flux.branch', problem(branch, 'the name of a branch', 'Write it like main.'));
  }
}
