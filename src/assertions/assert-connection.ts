import type { Construct } from 'constructs';
import type { AssertedConnection } from './asserted-connection';
import type { Port } from '../network/port';
import { addAssertion } from '../platform/assertions';
import { Platform } from '../platform/platform';
import { failureText } from '../reach/failure-text';
import { runFlowTable } from '../reach/flow-table';

/** Has every connection that is meant asserted at synth. */
export function assertConnection(construct: Construct, { from, to, port, http }: AssertedConnection, expect: 'allowed' | 'denied'): void {
  // Without a platform nothing would be looked at.
  Platform.of(construct);
  const row = { from, to, port: portText(port), expect, http };
  addAssertion(construct, cluster => runFlowTable({ flows: [row], nothingElse: false }, cluster).flatMap(({ answers }) => answers)
    .map(answer => `this should be ${expect}, and is not.\n${failureText(answer, cluster)}`));
}

function portText({ _portSpec: spec }: Port): string {
  switch (spec.kind) {
    case 'all': return 'any';
    case 'protocol': return spec.protocol.toLowerCase();
    case 'named': return spec.name;
    case 'icmp': return `${spec.family === 'IPv6' ? 'icmpv6' : 'icmp'}/${spec.type}`;
    case 'number': return `${spec.port}${spec.endPort === undefined ? '' : `-${spec.endPort}`}/${spec.protocol.toLowerCase()}`;
  }
}
