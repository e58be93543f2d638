import { type Cidr, cidrContains, cidrToString, exceptProblem, parseCidr } from '../../values/cidr';
import { problem, type Problem } from '../../values/problem';
import { readNetworkPolicy } from '../network/read-network-policy';
import type { ObjectRule } from '../rule';

export const invalidCidr: ObjectRule = {
  id: 'kubernetes/InvalidCidr',
  severity: 'error',
  what: 'An ipBlock is no network, or has an exception that is not within it and smaller than it.',
  why: 'The API server refuses the policy.',
  mend: 'Write a network such as 192.0.2.0/24, and only smaller networks within it as exceptions.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#IPBlock',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24, except: [198.51.100.0/28] } }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24, except: [192.0.2.64/28] } }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    for (const { peers } of readNetworkPolicy(object)?.rules ?? []) {
      for (const { pointer, cidr, excepts } of peers) {
        if (cidr === undefined || cidr === '') continue;
        const wrong = networkProblem(cidr);
        if (wrong) {
          report({ object, pointer: `${pointer}/ipBlock/cidr`, found: `${wrong.given}; allowed: ${wrong.allowed}`, mend: wrong.mend });
          continue;
        }
        for (const except of excepts) {
          const outside = networkProblem(except.text) ?? outsideProblem(cidr, except.text);
          if (outside) {
            report({
              object,
              pointer: except.pointer,
              found: `${outside.given}; allowed: ${outside.allowed}`,
              mend: outside.mend,
            });
          }
        }
      }
    }
  },
};

const ALLOWED = 'a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32';

function networkProblem(text: string): Problem | undefined {
  if (readCidr(text)) return undefined;
  const single = `${text}/${text.includes(':') ? 128 : 32}`;
  return problem(text, ALLOWED, parseCidr(single) ? `Write '${single}' for this one address.` : 'Write an IPv4 or IPv6 network.');
}

/** As the API server reads it for old objects' sake: leading zeros and IPv4 mapped into IPv6 are let pass, and bits beyond the prefix. */
function readCidr(text: string): Cidr | undefined {
  return parseCidr(text) ?? parseCidr(plain(text));
}

function plain(text: string): string {
  const mapped = /^::ffff:(\d[\d.]*)\/(\d+)$/i.exec(text);
  const unmapped = mapped ? `${mapped[1]}/${Math.max(0, Number(mapped[2]) - 96)}` : text;
  return unmapped.includes(':') ? unmapped : unmapped.replace(/(^|\.)0+(?=\d)/g, '$1');
}

function outsideProblem(cidr: string, except: string): Problem | undefined {
  const [outer, inner] = [readCidr(cidr), readCidr(except)];
  if (!outer || !inner || (inner.prefix > outer.prefix && cidrContains(outer, inner))) return undefined;
  // Compared as networks, since bits beyond the prefix are masked away before the API server compares.
  const wrong = exceptProblem(cidrToString(outer), cidrToString(inner));
  return problem(except, `a network within ${cidr} and smaller than it`, wrong?.mend ?? 'Write a network within it.');
}
