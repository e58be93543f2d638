import { compileQuery, NotFound, QueryError, QuerySyntaxError } from './jmespath';
import { Scope } from './scope';
import { Unsupported } from './unsupported';

const data = {
  request: {
    operation: 'CREATE',
    object: {
      metadata: { name: 'web', labels: { 'app.io/team': 'a', 'app': '' } },
      spec: { containers: [{ name: 'a', ports: [1, 2] }, { name: 'b', ports: [3] }], replicas: 2, initContainers: null },
    },
  },
};

describe('queries', () => {
  test.each<[string, unknown]>([
    ['request.object.metadata.name', 'web'],
    ['request.object.metadata.labels."app.io/team"', 'a'],
    ["request.object.metadata.labels.other || 'none'", 'none'],
    ["request.object.metadata.labels.app || 'none'", 'none'],
    ['request.object.metadata.annotations.x || `[]`', []],
    ['request.object.spec.containers[].name', ['a', 'b']],
    ['request.object.spec.containers[*].ports[]', [1, 2, 3]],
    ['request.object.spec.containers[0].name', 'a'],
    ['request.object.spec.containers[-1].name', 'b'],
    ['request.object.spec.containers[9]', null],
    ['request.object.spec.containers[9].name', null],
    ['request.object.spec.[ephemeralContainers, initContainers, containers][].name', ['a', 'b']],
    ["request.object.spec.containers[?name == 'b'].ports | [0]", [3]],
    ['request.object.spec.containers[?length(ports) > `1`].name', ['a']],
    ['length(request.object.spec.containers)', 2],
    ['length(request.object.spec.volumes || `[]`)', 0],
    ['request.object.spec.replicas == `2` && request.operation', 'CREATE'],
    ["!(request.operation == 'CREATE')", false],
    ["contains(keys(request.object.metadata.labels), 'app')", true],
    ["starts_with(request.object.metadata.name, 'we')", true],
    ["join('-', ['a', request.object.metadata.name])", 'a-web'],
    ["to_upper(split('a.b', '.')[1])", 'B'],
    ["to_lower('A')", 'a'],
    ["ends_with(request.object.metadata.name, 'x')", false],
    ['to_string(request.object.spec.replicas)', '2'],
    ["not_null(request.object.spec.nothing, 'x')", 'x'],
    ['@.request.operation', 'CREATE'],
    ['request.object.spec.replicas < `3`', true],
  ])('%s', (query, expected) => expect(compileQuery(query)(data)).toEqual(expected));

  test('a missing key is an error, below a null it is null', () => {
    expect(() => compileQuery('request.object.spec.volumes')(data)).toThrow(NotFound);
    expect(() => compileQuery('request.object.spec.volumes[].name')(data)).not.toThrow();
    expect(compileQuery('request.object.spec.initContainers.name')(data)).toBeNull();
  });

  test('a function refuses what it does not take', () => {
    expect(() => compileQuery('length(request.object.spec.replicas)')(data)).toThrow(QueryError);
  });

  test.each(['a.', 'a b', '(a', 'a[', 'a[b]', '', "'a' ||", '`x`'])('%p is not JMESPath', (query) => {
    expect(() => compileQuery(query)).toThrow(QuerySyntaxError);
  });

  test.each(['a + b', 'a[0:2]', '{a: b}', "regex_match('a', b)", 'a.*', "random('x')"])('%p is not covered', (query) => {
    expect(() => compileQuery(query)).toThrow(Unsupported);
  });
});

describe('variables', () => {
  const scope = new Scope(data);

  test('a text that is only a variable takes its type, others are filled in', () => {
    expect(scope.substitute({ a: '{{ request.object.spec.replicas }}', b: 'x-{{request.object.spec.replicas}}-{{request.operation}}' }))
      .toEqual({ a: 2, b: 'x-2-CREATE' });
    expect(scope.substitute(['{{ request.object.spec.containers[0].ports }}'])).toEqual([[1, 2]]);
    expect(scope.substitute('ports: {{ request.object.spec.containers[0].ports }}')).toBe('ports: [1,2]');
  });

  test('keys are filled in, variables nest, and a backslash keeps them', () => {
    expect(scope.substitute({ 'a-{{ request.operation }}': 1 })).toEqual({ 'a-CREATE': 1 });
    expect(scope.with({ where: 'metadata' }).substitute('{{ request.object.{{ where }}.name }}')).toBe('web');
    expect(scope.substitute('\\{{ request.operation }}')).toBe('{{ request.operation }}');
  });

  test('what does not resolve is an error', () => {
    expect(() => scope.substitute('{{ request.object.spec.nothing }}')).toThrow(NotFound);
  });

  test('on DELETE the old object is read', () => {
    const deleting = new Scope({ request: { operation: 'DELETE', object: null, oldObject: { metadata: { name: 'old' } } } });
    expect(deleting.query('request.object.metadata.name')).toBe('old');
  });

  test('context variables have values, queries and defaults', () => {
    const entries = [
      { name: 'team', variable: { value: { name: '{{ request.object.metadata.name }}' }, jmesPath: 'name' } },
      { name: 'tier', variable: { jmesPath: 'request.object.metadata.labels.tier', default: 'gold' } },
      { name: 'unused', variable: { jmesPath: 'request.object.metadata.labels.tier' } },
    ];
    expect(scope.withContext(entries).substitute('{{ team }}/{{ tier }}')).toBe('web/gold');
    expect(() => scope.withContext(entries).substitute('{{ unused }}')).toThrow(NotFound);
  });

  test('what only a cluster knows is not guessed', () => {
    expect(() => scope.withContext([{ name: 'map', configMap: { name: 'a', namespace: 'b' } }])).toThrow(/context entry 'map'/);
    expect(() => scope.query('images.containers')).toThrow(Unsupported);
    expect(() => scope.query('request.userInfo.username')).toThrow(/say in the test who asks/);
    expect(() => scope.substitute('$(./../name)')).toThrow(Unsupported);
  });
});
