import { isTemplate } from './text';
import { portNameProblem } from '../../values/names';
import { portNumberProblem, portRangeProblem } from '../../values/ports';
import type { PortReading } from '../network/read-network-policy';
import { readNetworkPolicy } from '../network/read-network-policy';
import type { ObjectRule } from '../rule';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

export const invalidPolicyPort: ObjectRule = {
  id: 'kubernetes/InvalidPolicyPort',
  severity: 'error',
  what: 'A port of a NetworkPolicy is out of range, has a name that no port can have, an unknown protocol, or an impossible endPort.',
  why: 'The API server refuses the policy.',
  mend: 'Write a number from 1 to 65535 or the name of a container port, TCP, UDP or SCTP, and an endPort only after a number.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicyPort',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 70000, protocol: TCP }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080, endPort: 8080, protocol: TCP }, { protocol: UDP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    for (const { ports } of readNetworkPolicy(object)?.rules ?? []) {
      for (const port of ports) {
        const fault = portFault(port);
        if (fault) report({ object, ...fault });
      }
    }
  },
};

function portFault({ pointer, port, endPort, protocol }: PortReading): { pointer: string; found: string; mend?: string } | undefined {
  if (!PROTOCOLS.includes(protocol) && !isTemplate(protocol)) {
    return { pointer: `${pointer}/protocol`, found: `the protocol '${protocol}'`, mend: 'Write TCP, UDP or SCTP, in capitals.' };
  }
  if (typeof port === 'string' && isTemplate(port)) return undefined;
  const wrong = typeof port === 'number' ? portNumberProblem(port) : typeof port === 'string' ? portNameProblem(port) : undefined;
  if (wrong) {
    return { pointer: `${pointer}/port`, found: `the port ${wrong.given}; allowed: ${wrong.allowed}`, mend: wrongMend(port, wrong.mend) };
  }
  if (endPort === undefined) return undefined;
  if (typeof port !== 'number') {
    const after = typeof port === 'string' ? `after the named port '${port}'` : 'without a port';
    return { pointer: `${pointer}/endPort`, found: `an endPort ${after}` };
  }
  const wrongEnd = portRangeProblem(port, endPort);
  return wrongEnd && { pointer: `${pointer}/endPort`, found: `the range ${wrongEnd.given}; allowed: ${wrongEnd.allowed}` };
}

function wrongMend(port: unknown, mend: string): string {
  // A quoted number is taken for a name, and a name needs a letter.
  return typeof port === 'string' && /^\d+$/.test(port) ? `Write ${Number(port)} without quotes.` : mend;
}
