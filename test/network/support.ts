import { Chart } from 'cdk8s';
import { Cni, Platform, PlatformProps } from '../../src';
import { Reach } from '../support/reach';
import { manifests, type Manifest, testApp } from '../support/synth';

/** The two ways in which policies are read, by the name of a CNI that does. */
export const CNIS = [['Calico', Cni.calico()], ['Cilium', Cni.cilium()]] as const;

/** The objects of an app with one chart, of the namespace `shop`. */
export function objectsOf(props: PlatformProps, add: (chart: Chart) => void): Manifest[] {
  const app = testApp();
  new Platform(app, 'platform', props);
  add(new Chart(app, 'test', { namespace: 'shop' }));
  return manifests(app);
}

/** Who reaches whom among the pods when they are under these objects. */
export function reachOf(cni: Cni, objects: object[], pods: object[]): Reach {
  return new Reach([...objects, ...pods], {
    dataplane: cni.enforcesCiliumPolicy ? 'cilium' : 'kubernetes',
    ciliumVersion: cni.ciliumVersion,
  });
}
