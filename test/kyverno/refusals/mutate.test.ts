import { ofRule, refuses } from './support';
import { KyvernoOperator } from '../../../src/kyverno/conditions';
import { KyvernoJsonPatchOp } from '../../../src/kyverno/mutate';

refuses('mutate', [
  {
    what: 'two kinds of patch',
    refused: ofRule({ mutate: { patchStrategicMerge: {}, foreach: [{ list: 'a', patchStrategicMerge: {} }] } }),
    because: /patchStrategicMerge and foreach/,
    taken: ofRule({ mutate: { foreach: [{ list: 'request.object.a', patchStrategicMerge: { metadata: {} } }] } }),
  },
  {
    what: 'an anchor that patches do not know',
    refused: ofRule({ mutate: { patchStrategicMerge: { spec: { '=(x)': 1 } } } }),
    because: /given =\(x\)/,
    taken: ofRule({ mutate: { patchStrategicMerge: { spec: { '+(x)': 1 } } } }),
  },
  {
    what: 'a JSON path without a slash',
    refused: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.REMOVE, path: 'spec/x' }] } }),
    because: /starts with \//,
    taken: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.REMOVE, path: '/spec/x' }] } }),
  },
  {
    what: 'a JSON patch that adds nothing',
    refused: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.ADD, path: '/spec/x' }] } }),
    because: /a value for add/,
    taken: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.ADD, path: '/spec/x', value: 1 }] } }),
  },
  {
    what: 'a JSON patch that moves from nowhere',
    refused: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.MOVE, path: '/spec/x' }] } }),
    because: /Say where from/,
    taken: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.MOVE, path: '/spec/x', from: '/spec/y' }] } }),
  },
  {
    what: 'a variable in a JSON path outside foreach',
    refused: ofRule({ mutate: { patchesJson6902: [{ op: KyvernoJsonPatchOp.REMOVE, path: '/spec/{{ request.name }}' }] } }),
    because: /without variables/,
    taken: ofRule({
      mutate: {
        foreach: [{
          list: 'request.object.spec.x', patchesJson6902: [{ op: KyvernoJsonPatchOp.REMOVE, path: '/spec/x/{{ elementIndex }}' }],
        }],
      },
    }),
  },
  {
    what: 'a foreach around another with conditions',
    refused: ofRule({ mutate: { foreach: [{ list: 'request.object.a', preconditions: { all: [] }, foreach: [{ list: 'element.b', patchStrategicMerge: {} }] }] } }),
    because: /nothing but list and order/,
    taken: ofRule({ mutate: { foreach: [{ list: 'request.object.a', foreach: [{ list: 'element.b', patchStrategicMerge: { metadata: {} } }] }] } }),
  },
  {
    what: 'a target with an unknown operator',
    refused: ofRule({
      mutate: {
        patchStrategicMerge: { metadata: {} },
        targets: [{ apiVersion: 'v1', kind: 'ConfigMap', preconditions: { all: [{ key: 'a', operator: 'Is' as KyvernoOperator, value: 'b' }] } }],
      },
    }),
    because: /targets\[0\]\.preconditions/,
    taken: ofRule({
      mutate: {
        patchStrategicMerge: { metadata: {} },
        targets: [{ apiVersion: 'v1', kind: 'ConfigMap', preconditions: { all: [{ key: 'a', operator: KyvernoOperator.EQUALS, value: 'b' }] } }],
      },
    }),
  },
  {
    what: 'no targets in a list of them',
    refused: ofRule({ mutate: { patchStrategicMerge: { metadata: {} }, targets: [] } }),
    because: /targets: given an empty list/,
    taken: ofRule({ mutate: { patchStrategicMerge: { metadata: {} } } }),
  },
  {
    what: 'a foreach without its list',
    refused: ofRule({ mutate: { foreach: [{ list: '', patchStrategicMerge: { metadata: {} } }] } }),
    because: /foreach\[0\]\.list/,
    taken: ofRule({ mutate: { foreach: [{ list: 'request.object.a', patchStrategicMerge: { metadata: {} } }] } }),
  },
]);
