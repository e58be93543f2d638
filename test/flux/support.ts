import { Chart } from 'cdk8s';
import { Platform, type PlatformProps } from '../../src';
import { type Manifest, manifests, testApp } from '../support/synth';

/** The objects that come out, once the library's own checks have nothing to refuse. */
export function objectsOf(build: (chart: Chart) => void, platform: PlatformProps = {}): Manifest[] {
  const app = testApp();
  new Platform(app, 'platform', platform);
  build(new Chart(app, 'chart'));
  return manifests(app);
}

/** The only object of a kind. */
export function onlyOne(kind: string, objects: Manifest[]): Manifest {
  const [object, ...others] = objects.filter(candidate => candidate.kind === kind);
  if (!object || others.length > 0) throw new Error(`expected exactly one ${kind}`);
  return object;
}

/** A chart, for what is refused before anything comes out. */
export function chartOf(platform: PlatformProps = {}): Chart {
  const app = testApp();
  new Platform(app, 'platform', platform);
  return new Chart(app, 'chart');
}
