import { ofRule, PATTERN, preconditions, refuses, rule } from './support';
import { KyvernoOperator } from '../../../src/kyverno/conditions';

refuses('context and variables', [
  {
    what: 'a reserved name',
    refused: ofRule({ context: [{ name: 'element', variable: { value: 1 } }] }),
    because: /given element/,
    taken: ofRule({ context: [{ name: 'elements', variable: { value: 1 } }] }),
  },
  {
    what: 'two sources',
    refused: ofRule({ context: [{ name: 'x', variable: { value: 1 }, globalReference: { name: 'y' } }] }),
    because: /variable and globalReference/,
    taken: ofRule({ context: [{ name: 'x', globalReference: { name: 'y' } }] }),
  },
  {
    what: 'an API call to two places',
    refused: ofRule({ context: [{ name: 'x', apiCall: { urlPath: '/api', service: { url: 'https://x' } } }] }),
    because: /urlPath and service/,
    taken: ofRule({ context: [{ name: 'x', apiCall: { urlPath: '/api/v1/namespaces' } }] }),
  },
  {
    what: 'a default without an expression',
    refused: ofRule({ context: [{ name: 'x', variable: { value: 1, default: 2 } }] }),
    because: /Add `jmesPath`/,
    taken: ofRule({ context: [{ name: 'x', variable: { jmesPath: 'request.object.a', default: 2 } }] }),
  },
  {
    what: 'a variable that nobody declares',
    refused: preconditions('{{ team }}', KyvernoOperator.EQUALS, 'a'),
    because: /\{\{ team \}\}/,
    taken: { rules: [rule({ context: [{ name: 'team', variable: { value: 'a' } }], ...preconditions('{{ team }}', KyvernoOperator.EQUALS, 'a').rules![0] })] },
  },
  {
    what: 'a bracket that nothing stands in',
    refused: preconditions('{{ request.object.metadata.labels.[ }}', KyvernoOperator.EQUALS, 'a'),
    because: /an expression in JMESPath: .* in place of the end/,
    taken: preconditions('{{ request.object.metadata.[labels, annotations] }}', KyvernoOperator.EQUALS, 'a'),
  },
  {
    what: 'a hyphen in a name without quotes',
    refused: ofRule({ validate: { ...PATTERN, message: 'Not {{ request.object.metadata.labels.app-name }}.' } }),
    because: /labels\.app-name.*stand in double quotes/,
    taken: ofRule({ validate: { ...PATTERN, message: 'Not {{ request.object.metadata.labels."app-name" }}, \\{{ a.[ }}.' } }),
  },
  {
    what: 'a path of the context that is none',
    refused: ofRule({ context: [{ name: 'x', variable: { jmesPath: 'request.object..a' } }] }),
    because: /context\[0\]\.variable\.jmesPath: given "request\.object\.\.a"/,
    taken: ofRule({ context: [{ name: 'x', variable: { jmesPath: 'to_upper(request.object.a) | join(\'-\', [@, \'{{ request.namespace }}\'])' } }] }),
  },
  {
    what: 'a list of a foreach that is none',
    refused: ofRule({ validate: { foreach: [{ list: 'request.object.spec.containers[', pattern: { list: 'a[' } }] } }),
    because: /validate\.foreach\[0\]\.list/,
    taken: ofRule({ validate: { foreach: [{ list: 'request.object.spec.containers[?name != `"a"`]', pattern: { list: 'a[' } }] } }),
  },
  {
    what: 'target without targets',
    refused: preconditions('{{ target.metadata.name }}', KyvernoOperator.EQUALS, 'a'),
    because: /mutate\.targets/,
    taken: ofRule({
      mutate: {
        targets: [{
          apiVersion: 'v1', kind: 'ConfigMap', preconditions: { all: [{ key: '{{ target.metadata.name }}', operator: KyvernoOperator.EQUALS, value: 'a' }] },
        }],
        patchStrategicMerge: { metadata: {} },
      },
    }),
  },
  {
    what: 'element outside foreach',
    refused: preconditions('{{ element.image }}', KyvernoOperator.EQUALS, 'a'),
    because: /within foreach/,
    taken: ofRule({
      validate: {
        foreach: [{
          list: 'request.object.spec.containers',
          deny: { conditions: { all: [{ key: '{{ element.image }}', operator: KyvernoOperator.EQUALS, value: 'a' }] } },
        }],
      },
    }),
  },
  {
    what: 'no name',
    refused: ofRule({ context: [{ name: '', variable: { value: 1 } }] }),
    because: /name: given none/,
    taken: ofRule({ context: [{ name: 'x', variable: { value: 1 } }] }),
  },
  {
    what: 'a ConfigMap without its namespace',
    refused: ofRule({ context: [{ name: 'x', configMap: { name: 'y', namespace: '' } }] }),
    because: /configMap: .*Name both/,
    taken: ofRule({ context: [{ name: 'x', configMap: { name: 'y', namespace: 'z' } }] }),
  },
  {
    what: 'a global reference to nothing',
    refused: ofRule({ context: [{ name: 'x', globalReference: { name: '' } }] }),
    because: /GlobalContextEntry/,
    taken: ofRule({ context: [{ name: 'x', globalReference: { name: 'y' } }] }),
  },
  {
    what: 'a variable of nothing',
    refused: ofRule({ context: [{ name: 'x', variable: {} }] }),
    because: /value, jmesPath or both/,
    taken: ofRule({ context: [{ name: 'x', variable: { value: '' } }] }),
  },
]);
