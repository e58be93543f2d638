import { emit, KEY, matching, ofRule, PATTERN, POD, signed } from './refusals/support';
import { KyvernoOperation } from '../../src/kyverno/match';
import { KyvernoJsonPatchOp } from '../../src/kyverno/mutate';
import { LabelSelector } from '../../src/values/label-selector';

describe('the general form writes', () => {
  test('nothing that was not said', () => {
    expect(emit({}).spec).toEqual({ rules: [{ name: 'rule', match: POD, validate: PATTERN }] });
  });

  test('JSON patches as text', () => {
    const { spec } = emit(ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.ADD, path: '/spec/x', value: [1] }] } }));
    expect(JSON.parse(spec.rules[0].mutate.patchesJson6902)).toEqual([{ op: 'add', path: '/spec/x', value: [1] }]);
  });

  test('label selectors as data, and patterns as they are', () => {
    const { spec } = emit(ofRule({
      ...matching({ kinds: ['Pod'], selector: LabelSelector.labels({ app: 'api' }), operations: [KyvernoOperation.CREATE] }),
      validate: { pattern: { spec: { ignoreSct: true } } },
    }));
    expect(spec.rules[0].match.any[0].resources).toEqual({ kinds: ['Pod'], selector: { matchLabels: { app: 'api' } }, operations: ['CREATE'] });
    expect(spec.rules[0].validate.pattern).toEqual({ spec: { ignoreSct: true } });
  });

  test('the CRD\'s spelling where jsii takes another', () => {
    const { spec } = emit(signed({ cosignOci11: true }, { keys: { publicKeys: KEY, ctlog: { ignoreSct: true } } }));
    expect(spec.rules[0].verifyImages[0]).toMatchObject({
      cosignOCI11: true, attestors: [{ entries: [{ keys: { ctlog: { ignoreSCT: true } } }] }],
    });
  });
});
