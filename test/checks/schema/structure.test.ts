import { parse } from 'yaml';
import { check } from '../../../src/checks/check';
import { SCHEMA_RULES } from '../../../src/checks/schema/rules';
import type { PlatformFacts } from '../../../src/target/platform-facts';
import { targetOf } from '../../../src/target/target-of';
import { everything } from '../../support/everything';
import { manifests } from '../../support/synth';

const finds = (yaml: string, facts?: PlatformFacts) =>
  check([{ object: parse(yaml), source: { file: 'a.yaml' } }], targetOf(facts), SCHEMA_RULES).map(({ id, pointer }) => `${id} ${pointer}`);

const network = (spec: string) => `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: a, namespace: b }, spec: ${spec} }`;
const cilium = (spec: string) => `{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: a, namespace: b }, spec: ${spec} }`;
const kyverno = (rule: string) => `{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: a }, spec: { rules: [${rule}] } }`;

describe('what the API server would refuse', () => {
  test.each([
    ['a misspelt field', network('{ podSelectors: {} }'), 'schema/UnknownField /spec/podSelectors'],
    ['a label that is a number', network('{ podSelector: { matchLabels: { a: 1 } } }'), 'schema/WrongType /spec/podSelector/matchLabels/a'],
    ['a port that is a number, in Cilium', cilium('{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: 80 }] }] }] }'), 'schema/WrongType /spec/ingress/0/toPorts/0/ports/0/port'],
    ['an entity that is none', cilium('{ endpointSelector: {}, ingress: [{ fromEntities: [wrold] }] }'), 'schema/NotAllowedValue /spec/ingress/0/fromEntities/0'],
    ['both selectors', cilium('{ endpointSelector: {}, nodeSelector: {}, ingress: [{}] }'), 'schema/OneOf /spec'],
    ['a bare address for a CIDR', cilium('{ endpointSelector: {}, ingress: [{ fromCIDR: [10.0.0.1] }] }'), 'schema/BadFormat /spec/ingress/0/fromCIDR/0'],
    ['a rule without match', kyverno('{ name: a, validate: { pattern: {} } }'), 'schema/MissingField /spec/rules/0'],
    ['an operation that is none', kyverno('{ name: a, match: { any: [{ resources: { kinds: [Pod], operations: [WRITE] } }] } }'), 'schema/NotAllowedValue /spec/rules/0/match/any/0/resources/operations/0'],
  ])('%s', (_, yaml, expected) => expect(finds(yaml)).toEqual([expected]));
});

describe('what it takes', () => {
  test.each([
    ['ports by number and by name, in NetworkPolicy', network('{ podSelector: {}, ingress: [{ ports: [{ port: 80 }, { port: http }] }] }')],
    ['null for a field, which it drops', network('{ podSelector: {}, ingress: null }')],
    ['any pattern, which has no schema', kyverno('{ name: a, match: { any: [{ resources: { kinds: [Pod] } }] }, validate: { pattern: { anything: [1, { x: y }] } } }')],
    ['a kind that is not known', '{ apiVersion: example.com/v1, kind: Widget, metadata: { name: a }, whatever: true }'],
    ['a template, whose value is not known', network('{ podSelector: "{{ toYaml .Values.selector }}" }')],
  ])('%s', (_, yaml) => expect(finds(yaml)).toEqual([]));

  test('everything that the constructs write', () => {
    const objects = manifests(everything()).map(object => ({ object, source: { constructPath: object.metadata.name } }));
    expect(check(objects, targetOf(), SCHEMA_RULES)).toEqual([]);
  });
});

describe('fields of other versions', () => {
  const requires = cilium('{ endpointSelector: {}, ingress: [{ fromRequires: [{ matchLabels: { a: b } }] }] }');
  const kafka = cilium('{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "9092", protocol: TCP }], rules: { kafka: [{ topic: a }] } }] }] }');
  const log = cilium('{ endpointSelector: {}, ingress: [{}], log: { value: a } }');

  test.each([
    ['fromRequires', requires, '1.18', '1.19'],
    ['kafka', kafka, '1.19', '1.20'],
    ['log', log, '1.18', '1.17'],
  ])('%s is there in %s and not in another', (_, yaml, has, hasNot) => {
    const ids = (version: string) => finds(yaml, { cilium: version }).map(line => line.split(' ')[0]).filter(id => id !== 'schema/DeprecatedField');
    expect(ids(has)).toEqual([]);
    expect(ids(hasNot)).toEqual(['schema/FieldNotInVersion']);
  });
});

test.each(['__proto__', 'constructor', 'toString'])('a field called %s is unknown like any other', name => {
  const object = JSON.parse(`{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"a"},"spec":{"podSelector":{},"${name}":{}}}`);
  const findings = check([{ object, source: {} }], targetOf(), SCHEMA_RULES);
  expect(findings.map(({ id, pointer }) => `${id} ${pointer}`)).toEqual([`schema/UnknownField /spec/${name}`]);
});
