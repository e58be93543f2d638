import { Construct } from 'constructs';
import { assertConnection } from './assert-connection';
import { AssertedConnection } from './asserted-connection';
import { insistProps } from '../platform/insist-props';

/**
 * Properties for `AssertReachable`.
 */
export interface AssertReachableProps extends AssertedConnection {}

/**
 * Fails the synth unless a connection passes: the policies of both ends let it through, whichever chart, include or Helm release of the
 * cluster they are in. The error says which policy stands in the way, and which rule came closest. A warning on stderr names the policies
 * of the cluster that are not evaluated, such as AdminNetworkPolicies and those of Calico: they may deny it all the same.
 *
 * @example
 *
 * new AssertReachable(chart, 'web-calls-api', { from: web.place, to: api.place, port: Port.tcp(8080) });
 */
export class AssertReachable extends Construct {
  constructor(scope: Construct, id: string, props: AssertReachableProps) {
    super(scope, id);
    insistProps(this, 'AssertReachableProps', props);
    assertConnection(this, props, 'allowed');
  }
}
