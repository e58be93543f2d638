import { ofRule, preconditions, refuses } from './support';
import { KyvernoOperator } from '../../../src/kyverno/conditions';

refuses('conditions', [
  { what: 'an unknown operator', refused: preconditions('a', 'Contains', 'b'), because: /operator: given "Contains"/, taken: preconditions('a', KyvernoOperator.EQUALS, 'b') },
  { what: 'a condition without a value', refused: preconditions('a', KyvernoOperator.EQUALS, undefined), because: /value: given nothing/, taken: preconditions('a', KyvernoOperator.EQUALS, '') },
  {
    what: 'a misspelt any, which Kyverno would read as always true',
    refused: ofRule({ preconditions: { anyy: [] } as object }),
    because: /given `anyy`; .* Write `any`/,
    taken: preconditions('a', KyvernoOperator.ALL_IN, ['a']),
  },
  {
    what: 'an operation that is none',
    refused: preconditions('{{request.operation}}', KyvernoOperator.ANY_IN, ['CREATE', 'Update']),
    because: /Update/,
    taken: preconditions('{{ request.operation }}', KyvernoOperator.ANY_IN, ['CREATE', 'UPDATE']),
  },
]);
