import { Chart } from 'cdk8s';
import {
  CiliumClusterwideNetworkPolicy, CiliumClusterwideNetworkPolicyProps, CiliumNetworkPolicy, CiliumNetworkPolicyProps, CiliumPortRule, Cni,
  LabelSelector, Peer, Platform,
} from '../../src';
import { manifests, type Manifest, testApp } from '../support/synth';

/** A CiliumNetworkPolicy for every pod of `shop`. */
export function ciliumPolicy(props: Partial<CiliumNetworkPolicyProps>, cni = Cni.cilium()): Manifest {
  return ciliumObjects(cni, chart => {
    new CiliumNetworkPolicy(chart, 'p', { name: 'p', namespace: 'shop', endpointSelector: LabelSelector.all(), ...props });
  })[0]!;
}

/** A cluster-wide policy, in a chart that has a namespace. */
export function clusterPolicy(props: Partial<CiliumClusterwideNetworkPolicyProps>, cni = Cni.cilium()): Manifest {
  return ciliumObjects(cni, chart => {
    new CiliumClusterwideNetworkPolicy(chart, 'p', { name: 'p', ...props });
  })[0]!;
}

/** What a chart of the namespace `shop` comes to, every check passed. */
export function ciliumObjects(cni: Cni, add: (chart: Chart) => void): Manifest[] {
  const app = testApp();
  new Platform(app, 'platform', { cni });
  add(new Chart(app, 'test', { namespace: 'shop' }));
  return manifests(app);
}

/** A rule that lets anyone in on these ports. */
export function fromAnyone(...toPorts: CiliumPortRule[]): Pick<CiliumNetworkPolicyProps, 'ingress'> {
  return { ingress: [{ from: [Peer.anywhere()], toPorts }] };
}

/** A rule that lets out to anyone on these ports. */
export function toAnyone(...toPorts: CiliumPortRule[]): Pick<CiliumNetworkPolicyProps, 'egress'> {
  return { egress: [{ to: [Peer.anywhere()], toPorts }] };
}

/** What must be refused, with which message, and a near miss that must not be. */
export type Refusal = readonly [name: string, refused: () => unknown, message: RegExp, taken: () => unknown];

/** A test for each refusal: the first throws, the near miss does not. */
export function testRefusals(refusals: readonly Refusal[]): void {
  test.each(refusals)('%s', (_, refused, message, taken) => {
    expect(refused).toThrow(message);
    expect(taken).not.toThrow();
  });
}
