import { Construct } from 'constructs';
import { assertConnection } from './assert-connection';
import { AssertedConnection } from './asserted-connection';
import { insistProps } from '../platform/insist-props';

/**
 * Properties for `AssertUnreachable`.
 */
export interface AssertUnreachableProps extends AssertedConnection {}

/**
 * Fails the synth unless a connection is denied, for sure and not under a condition only. The error says which policy lets it through. A
 * warning on stderr names the policies of the cluster that are not evaluated, such as AdminNetworkPolicies and those of Calico: they may
 * allow it all the same.
 *
 * @example
 *
 * new AssertUnreachable(chart, 'web-skips-the-api', { from: web.place, to: 'payments/postgres', port: Port.tcp(5432) });
 */
export class AssertUnreachable extends Construct {
  constructor(scope: Construct, id: string, props: AssertUnreachableProps) {
    super(scope, id);
    insistProps(this, 'AssertUnreachableProps', props);
    assertConnection(this, props, 'denied');
  }
}
