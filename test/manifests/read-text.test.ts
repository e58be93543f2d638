import { problemsOf, read } from './read';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';
const kindsOf = (text: string) => read(text).objects.map(({ object }) => object.kind);
const specOf = (text: string) => read(`${POD}spec: ${text}`).objects[0]?.object.spec;

describe('documents', () => {
  test.each<[string, string, string[]]>([
    ['one', POD, ['Pod']],
    ['several', `${POD}---\n${POD}`, ['Pod', 'Pod']],
    ['several with comments and empty ones', `# hi\n---\n---\n# only a comment\n---\n${POD}--- # the end\n`, ['Pod']],
    ['Windows line ends', `${POD}---\n${POD}`.replaceAll('\n', '\r\n'), ['Pod', 'Pod']],
    ['a %YAML directive', `%YAML 1.1\n---\n${POD}`, ['Pod']],
    ['documents that end with three dots', `${POD}...\n---\n${POD}`, ['Pod', 'Pod']],
    ['JSON', '{"apiVersion":"v1","kind":"Pod"}', ['Pod']],
    ['JSON indented by tabs', '{\n\t"apiVersion": "v1",\n\t"kind": "Pod"\n}', ['Pod']],
    ['a List in JSON with an item on each line', '{"kind":"List","apiVersion":"v1","items":[\n{"apiVersion":"v1","kind":"Pod"},\n{"apiVersion":"v1","kind":"Job"}\n]}\n', ['Pod', 'Job']],
    ['JSON objects one after the other', '{\n"apiVersion":"v1","kind":"Pod"\n}\n{"apiVersion":"v1","kind":"Job"}\n', ['Pod', 'Job']],
    ['a List', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: v1, kind: Job}\n', ['Pod', 'Job']],
    ['a List of a kind', 'apiVersion: v1\nkind: PodList\nitems:\n- {apiVersion: v1, kind: Pod}\n', ['Pod']],
    ['nothing', '', []],
  ])('%s', (_name, text, kinds) => {
    expect(kindsOf(text)).toEqual(kinds);
    expect(read(text).problems).toEqual([]);
  });

  test('a build file of kustomize needs no kind', () => {
    const { objects, otherDocuments } = read('resources: [a.yaml]\n', 'over/kustomization.yaml');
    expect(objects[0]?.object).toMatchObject({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['a.yaml'] });
    expect(otherDocuments).toBe(0);
    expect(read('resources: [a.yaml]\n', 'over/values.yaml').objects).toEqual([]);
    expect(read('- a\n', 'over/kustomization.yaml').objects).toEqual([]);
  });

  test('a separator inside of a block of text is text', () => {
    expect(specOf('|\n  a\n  ---\n  b\n')).toBe('a\n---\nb\n');
  });

  test('documents that are no objects are counted', () => {
    const { objects, problems, otherDocuments } = read('replicas: 3\n---\n- a\n---\ntext\n---\napiVersion: v2\nname: chart\n');
    expect({ objects, problems, otherDocuments }).toEqual({ objects: [], problems: [], otherDocuments: 4 });
  });
});

describe('values are read as kubectl reads them', () => {
  test.each<[string, unknown]>([
    ['{ a: yes, b: off, c: 012, d: "yes" }', { a: true, b: false, c: 10, d: 'yes' }],
    ['{ on: 1, 1e3: 2 }', { true: 1, 1000: 2 }],
    ['2001-01-01', '2001-01-01'],
    ['!Ref x', 'x'],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['!Any { a: 1 }', { a: 1 }],
    ['[\n  a,\n"b\nc"\n]', ['a', 'b c']],
    ['{ a: &a { b: 1 }, c: *a, d: { <<: *a, e: 2 } }', { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } }],
  ])('%s', (text, value) => {
    expect(specOf(text)).toEqual(value);
  });

  test('__proto__ is a key like any other', () => {
    const spec = specOf('{ __proto__: { polluted: true } }') as object;
    expect(Object.keys(spec)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((spec as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('what cannot be read is found, with its line', () => {
  test.each<[string, string, string[]]>([
    ['broken YAML', `${POD}---\na: [\n---\n${POD}`, ['BrokenYaml 7']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['BrokenYaml 2']],
    ['an object without apiVersion', `${POD}---\nkind: Pod\nmetadata: {}\n`, ['IncompleteObject 6']],
    ['an object without kind', 'apiVersion: v1\nmetadata: {}\n', ['IncompleteObject 1']],
    ['an item without kind', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- apiVersion: v1\n  metadata: {}\n', ['IncompleteObject 5']],
    ['a Helm template', '{{- if .Values.on }}\na: 1\n{{- end }}\n', ['Template 1']],
    ['a Helm value', `${POD}spec: {{ .Values.spec }}\n`, ['Template 5']],
    ['a Kyverno variable without quotes', `${POD}spec: {{request.object}}\n`, ['BrokenYaml 5']],
    ['a key with two values', `${POD}spec: 1\nspec: 2\n`, ['DuplicateKey 6']],
    ['a key with one value, twice', `${POD}kind: Pod\n`, ['RepeatedKey 5']],
    ['keys twice, deep inside', `${POD}spec:\n- a: 1\n  b: {c: 1, c: 2}\n  a: 1\n`, ['RepeatedKey 8', 'DuplicateKey 7']],
    ['an alias of nothing', 'a: *b\n', ['BrokenYaml 1']],
    ['an alias of itself', 'a: &a [*a]\n', ['AliasBomb 1']],
    ['an alias of itself with a key twice', 'b: 1\nb: 1\na: &a [*a]\n', ['AliasBomb 1']],
    ['a NUL', 'a: \0\n', ['BrokenYaml 1']],
  ])('%s', (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test.each([
    ['a Kyverno variable in quotes', `${POD}spec: "{{ request.object }}"\n`],
    ['braces in a comment', `${POD}# {{ .Values.x }}\n`],
    ['one key in two mappings', `${POD}spec: [{a: 1}, {a: 2}]\n`],
    ['a merged key that is written too', 'apiVersion: v1\nkind: Pod\nbase: &a {x: 1}\nspec: {<<: *a, x: 2}\n'],
  ])('not %s', (_name, text) => {
    expect(read(text)).toMatchObject({ problems: [], objects: [{ object: { kind: 'Pod' } }] });
  });

  test('of a key twice the last one is checked, as kubectl takes it', () => {
    expect(read(`${POD}spec: 1\nspec: 2\n`).objects[0]?.object.spec).toBe(2);
  });

  test('the rest of the file is read', () => {
    expect(kindsOf(`a: [\n---\n${POD}---\nb: }\n---\n${POD}`)).toEqual(['Pod', 'Pod']);
  });
});

describe('hostile text', () => {
  const anchors = (levels: number, fan: number) => Array.from({ length: levels }, (_, level) => (
    `a${level}: &a${level} [${Array(fan).fill(level === 0 ? 'x' : `*a${level - 1}`).join(', ')}]\n`
  )).join('');

  test.each<[string, string, string[]]>([
    ['aliases that multiply', anchors(9, 9), ['AliasBomb 1']],
    ['aliases that multiply, with a key twice', `${anchors(9, 9)}a0: 1\n`, ['AliasBomb 1']],
    ['aliases that multiply in what is dropped', `base:\n  &b\n  ${anchors(9, 9).replaceAll('\n', '\n  ')}\nbase: *b\nbase: 1\n`, ['DuplicateKey 13', 'DuplicateKey 14']],
    ['aliases that nest', Array.from({ length: 9 }, (_, i) => `a${i}: &a${i} ${'['.repeat(100)}${i ? `*a${i - 1}` : 1}${']'.repeat(100)}\n`).join(''), ['AliasBomb 1']],
    ['lists without end', '['.repeat(50_000), ['BrokenYaml 1']],
    ['sequences without end', '- '.repeat(50_000), ['BrokenYaml 1']],
    ['keys without end', '? '.repeat(50_000), ['BrokenYaml 1']],
    ['a quote without end', `"${'a'.repeat(100_000)}`, ['BrokenYaml 1']],
    ['anchors without end', '&a '.repeat(50_000), ['BrokenYaml 1']],
  ])('%s', (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('a few aliases are fine', () => {
    expect(problemsOf(anchors(4, 9))).toEqual([]);
  });

  test('ten thousand documents are read', () => {
    expect(read(`---\n${POD}`.repeat(10_000)).objects).toHaveLength(10_000);
  });

  test('of a key that is there a thousand times, the first twenty are told', () => {
    expect(problemsOf('a: 1\n'.repeat(1000))).toHaveLength(20);
  });
});
