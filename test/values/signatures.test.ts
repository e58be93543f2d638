import { join } from 'node:path';
import { readSignatures } from '../../scripts/signatures/read-signatures';
import { SIGNATURES } from '../../src/values/generated/signatures';
import { STRUCTS } from '../../src/values/generated/structs';
import { calls, classes, enums, structs } from '../../src/values/signatures';
import { typeProblem } from '../../src/values/type-problem';

test('are those of the sources: run scripts/build-signatures.ts after a change of the public API', () => {
  const { structs: now, others } = readSignatures(join(__dirname, '..', '..'));
  expect(STRUCTS.split('\n')).toEqual(now);
  expect(SIGNATURES.split('\n')).toEqual(others);
});

test('tell a field from one that may be left out, and inherit fields', () => {
  expect(structs.get('CidrPeerOptions')).toEqual([
    { name: 'name', type: 'string', optional: true },
    { name: 'except', type: 'string[]', optional: true },
  ]);
  expect(calls.get('Peer.namespaces')).toEqual([
    { name: 'labels', type: '{string}', optional: false },
    { name: 'options', type: 'LabelledPeerOptions', optional: true },
  ]);
});

test('know every type that they name', () => {
  const types = [...structs.values(), ...calls.values()].flat().map(({ type }) => type);
  types.forEach(type => expect(() => typeProblem(undefined, type)).not.toThrow());
  expect(() => typeProblem(undefined, 'Nothing')).toThrow('Nothing is no type of the public API');
});

// What is no struct and no enum is told by its members: two classes with the same ones look alike, and one without any is anything.
test('tell the classes that are taken apart', () => {
  const taken = new Set([...structs.values(), ...calls.values()].flat().map(({ type }) => type.replace(/[[\]{}]/g, ''))
    .filter(type => classes.has(type)));
  for (const type of taken) expect([type, classes.get(type)]).not.toEqual([type, ['']]);
  const covers = (a: string, b: string) => a !== b && classes.get(a)!.every(member => classes.get(b)!.includes(member));
  const alike = [...taken].flatMap(a => [...taken].filter(b => covers(a, b)).map(b => `${b} is taken for ${a}`));
  expect(alike.sort()).toEqual([
    'Construct is taken for IConstruct',
    // A gateway, a Prometheus and a collector are peers with a name for what they are for.
    'Gateway is taken for Prometheus', 'IConstruct is taken for Construct', 'Prometheus is taken for Gateway',
    'TelemetryCollector is taken for Gateway', 'TelemetryCollector is taken for Prometheus', 'Workload is taken for IPeer',
  ]);
  expect([...enums.keys()]).toContain('Entity');
});
