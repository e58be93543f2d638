import fc from 'fast-check';
import { check } from '../../../src/checks/check';
import { CILIUM_RULES } from '../../../src/checks/cilium/rules';
import type { Located } from '../../../src/checks/finding';
import { RULE_FAILED } from '../../../src/checks/rule-failed';
import type { Manifest } from '../../../src/manifests/manifest';

const TARGET = { cni: 'Cilium', enforcesNetworkPolicy: true, cniMend: '', cilium: '1.19', kyverno: '1.19', kubernetes: '1.33', flux: '2.8' };

const FIELDS = [
  'endpointSelector', 'nodeSelector', 'ingress', 'egress', 'ingressDeny', 'egressDeny', 'enableDefaultDeny', 'fromEndpoints', 'toEndpoints', 'toFQDNs',
  'fromCIDRSet', 'toCIDR', 'toServices', 'toPorts', 'ports', 'port', 'protocol', 'endPort', 'rules', 'http', 'dns', 'path', 'host', 'method', 'matchName',
  'matchPattern', 'matchLabels', 'matchExpressions', 'key', 'operator', 'values', 'serverNames', 'listener', 'icmps', 'cidr', 'except', 'cidrGroupRef',
  'k8sService', 'template', 'spec', 'metadata', 'labels', 'selector', 'containers', 'from', 'to', 'podSelector', '__proto__', 'toString', 'constructor',
];
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { depthSize: 'large' },
    fc.constantFrom(null, true, 0, -1, 1e99, '', '*', '(', '10.0.0.0/8', '::/0', '53', 'TCP', 'In', '{{ x }}', 'a.io'),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('tree'), { maxKeys: 6 }),
  ),
}));
const KINDS = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'CiliumCIDRGroup', 'NetworkPolicy', 'Service', 'Deployment', 'Pod'];
const API_VERSIONS = ['cilium.io/v2', 'v1', 'apps/v1', 'networking.k8s.io/v1'];
const object = fc.record({
  apiVersion: fc.constantFrom(...API_VERSIONS), kind: fc.constantFrom(...KINDS), metadata: tree, spec: tree, specs: tree,
});

const located = (manifest: unknown): Located => ({ object: manifest as Manifest, source: { file: 'hostile.yaml' } });

/** What a rule that throws is reported as. */
const failures = (manifests: unknown[]) => check(manifests.map(located), TARGET, CILIUM_RULES).filter(({ id }) => id === RULE_FAILED.id);

test('no rule throws, whatever an object holds', () => {
  fc.assert(fc.property(fc.array(object, { maxLength: 5 }), objects => {
    expect(failures(objects)).toEqual([]);
  }), { numRuns: 300 });
});

test('no rule throws where a well-formed policy has one part replaced', () => {
  const whole = {
    endpointSelector: { matchLabels: { app: 'api' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
    ingress: [
      { fromEndpoints: [{ matchLabels: { app: 'web' } }], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ path: '/' }] } }] },
    ],
    egress: [
      { toFQDNs: [{ matchName: 'a.io' }] },
      { toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }] },
      { toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] },
    ],
  };
  fc.assert(fc.property(fc.nat(60), tree, (position, part) => {
    let seen = 0;
    const spec: unknown = JSON.parse(JSON.stringify(whole), (_, value: unknown) => (seen++ === position ? part : value));
    const objects = [{ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a', namespace: 'b' }, spec }];
    expect(failures(objects)).toEqual([]);
  }), { numRuns: 500 });
});
