import { constructFinding, fileFinding, finding, write } from './report-of';

interface Shape {
  readonly [key: string]: 'string' | 'number' | Shape | readonly [Shape] | readonly string[];
}

const MESSAGE = { text: 'string' } as const;

/** What sarif-2.1.0.json requires of the parts that are written, and nothing beside them. A `?` marks what may be missing. */
const LOG: Shape = {
  $schema: 'string',
  version: ['2.1.0'],
  runs: [{
    columnKind: ['utf16CodeUnits'],
    tool: {
      driver: {
        name: 'string',
        version: 'string',
        informationUri: 'string',
        rules: [{
          id: 'string',
          name: 'string',
          shortDescription: MESSAGE,
          fullDescription: MESSAGE,
          help: { text: 'string', markdown: 'string' },
          helpUri: 'string',
          defaultConfiguration: { level: ['error', 'warning', 'note'] },
        }],
      },
    },
    results: [{
      ruleId: 'string',
      ruleIndex: 'number',
      level: ['error', 'warning', 'note'],
      message: MESSAGE,
      partialFingerprints: { 'guardrails/v1': 'string' },
      locations: [{
        'physicalLocation?': { 'artifactLocation': { uri: 'string' }, 'region?': { startLine: 'number', startColumn: 'number' } },
        'logicalLocations?': [{ fullyQualifiedName: 'string', kind: 'string' }],
      }],
    }],
  }],
};

function faults(value: unknown, shape: Shape[string], path: string): string[] {
  if (typeof shape === 'string') return typeof value === shape ? [] : [`${path}: ${typeof value}`];
  if (Array.isArray(shape)) {
    const [item] = shape as unknown as readonly [Shape | string];
    if (typeof item === 'string') return (shape as readonly unknown[]).includes(value) ? [] : [`${path}: ${String(value)}`];
    return Array.isArray(value) ? value.flatMap((entry, index) => faults(entry, item, `${path}/${index}`)) : [`${path}: no list`];
  }
  const object = value as Record<string, unknown>;
  const fields = Object.entries(shape as Shape).map(([key, part]) => ({ key: key.replace('?', ''), optional: key.endsWith('?'), part }));
  return [
    ...Object.keys(object).filter(key => !fields.some(field => field.key === key)).map(key => `${path}/${key}: unknown`),
    ...fields.flatMap(({ key, optional, part }) => (
      object[key] === undefined ? (optional ? [] : [`${path}/${key}: missing`]) : faults(object[key], part, `${path}/${key}`)
    )),
  ];
}

const run = (...findings: ReturnType<typeof finding>[]) => (JSON.parse(write('sarif', ...findings)) as { runs: [Run] }).runs[0];

interface Run {
  readonly tool: { readonly driver: { readonly rules: { id: string }[] } };
  readonly results: {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly locations: [{ physicalLocation?: { artifactLocation: { uri: string } } }];
    readonly partialFingerprints: Record<string, string>;
  }[];
}

test.each([
  ['nothing found', []],
  ['findings in files, about files and of constructs', [finding('a'), finding('b', 'warning'), finding('c', 'info'), fileFinding('x.yaml'), constructFinding()]],
])('%s is SARIF 2.1.0', (_name, findings) => {
  expect(faults(JSON.parse(write('sarif', ...findings)), LOG, '')).toEqual([]);
});

test('the shape is not taken from what is no SARIF', () => {
  expect(faults({ version: '2.1.0', runs: [{ results: [{ level: 'bad', extra: 1 }] }] }, LOG, '')).toEqual(expect.arrayContaining([
    '/$schema: missing', '/runs/0/tool: missing', '/runs/0/results/0/level: bad', '/runs/0/results/0/extra: unknown',
  ]));
});

test('each result names its rule, and only rules that found something are there', () => {
  const { tool: { driver: { rules } }, results } = run(finding('a'), fileFinding('x.yaml'), finding('b'));
  expect(rules).toHaveLength(2);
  expect(results.map(({ ruleIndex }) => rules[ruleIndex]!.id)).toEqual(results.map(({ ruleId }) => ruleId));
});

test.each([
  ['dir/a b#c.yaml', 'dir/a%20b%23c.yaml'],
  ['/tmp/a.yaml', 'file:///tmp/a.yaml'],
  ['stdin', 'stdin'],
])('the file %s is the URI %s', (file, uri) => {
  expect(run(fileFinding(file)).results[0]!.locations[0].physicalLocation!.artifactLocation.uri).toBe(uri);
});

test('fingerprints tell findings apart, and stay when words and lines change', () => {
  const fingerprints = run(finding('a'), finding('b'), constructFinding()).results.map(({ partialFingerprints }) => partialFingerprints['guardrails/v1']);
  expect(new Set(fingerprints).size).toBe(3);
  expect(run(finding('other words')).results[0]!.partialFingerprints['guardrails/v1']).toBe(fingerprints[0]);
});
