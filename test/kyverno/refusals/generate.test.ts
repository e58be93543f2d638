import { matching, ofRule, refuses } from './support';
import type { KyvernoPolicyProps } from '../../../src/kyverno/kyverno-policy';

const networkPolicy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: 'deny', namespace: 'tenant' };

const NAMESPACES = matching({ kinds: ['v1/Namespace'] });
const generate = (fields: object): Partial<KyvernoPolicyProps> => ofRule({ ...NAMESPACES, generate: { ...networkPolicy, ...fields } });

const foreach = (fields: object): Partial<KyvernoPolicyProps> => ofRule({
  ...NAMESPACES, generate: { foreach: [{ list: 'request.object.spec.x', ...networkPolicy, ...fields }] },
});
const cloneList = (kinds: string[], list: object = { namespace: 'secrets' }, target: object = { namespace: '{{request.object.metadata.name}}' }) => ofRule({
  ...NAMESPACES, generate: { ...target, cloneList: { ...list, kinds } },
});

refuses('generate', [
  {
    what: 'data beside clone',
    refused: generate({ data: { spec: {} }, clone: { name: 'x', namespace: 'y' } }),
    because: /data and clone/,
    taken: generate({ clone: { name: 'x', namespace: 'y' } }),
  },
  { what: 'an anchor in data', refused: generate({ data: { spec: { '+(x)': 1 } } }), because: /Write x/, taken: generate({ data: { spec: { x: 1 } } }) },
  { what: 'no apiVersion', refused: generate({ apiVersion: undefined, data: { spec: {} } }), because: /apiVersion: given nothing/, taken: generate({ data: { spec: {} } }) },
  {
    what: 'a namespaced kind without a namespace',
    refused: generate({ namespace: undefined, data: { spec: {} } }),
    because: /a namespace for a NetworkPolicy/,
    taken: generate({ data: { spec: {} } }),
  },
  {
    what: 'a cluster-scoped kind with a namespace',
    refused: generate({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', data: { rules: [] } }),
    because: /no namespace for a ClusterRole/,
    taken: generate({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: undefined, data: { rules: [] } }),
  },
  {
    what: 'a variable in clone on Kyverno 1.13',
    kyverno: '1.13',
    refused: generate({ clone: { name: '{{ request.object.metadata.name }}', namespace: 'y' } }),
    because: /no variables here on Kyverno 1\.13/,
    taken: generate({ clone: { name: 'x', namespace: 'y' } }),
  },
  {
    what: 'an entry of foreach without its list',
    refused: foreach({ list: '', data: { spec: {} } }),
    because: /foreach\[0\]\.list/,
    taken: foreach({ data: { spec: {} } }),
  },
  {
    what: 'an entry of foreach that makes nothing',
    refused: foreach({}),
    because: /foreach\[0\]: given none/,
    taken: foreach({ clone: { name: 'x', namespace: 'y' } }),
  },
  {
    what: 'foreach beside data',
    refused: ofRule({ ...NAMESPACES, generate: { data: { spec: {} }, foreach: [{ list: 'request.object.x', ...networkPolicy, data: { spec: {} } }] } }),
    because: /data and foreach/,
    taken: foreach({ data: { spec: {} } }),
  },
  {
    what: 'a list of clones without kinds',
    refused: cloneList([]),
    because: /cloneList\.kinds: given none/,
    taken: cloneList(['v1/Secret']),
  },
  {
    what: 'a list of clones of no kind',
    refused: cloneList(['secrets']),
    because: /cloneList\.kinds\[0\]/,
    taken: cloneList(['v1/Secret', 'v1/ConfigMap']),
  },
  {
    what: 'a list of clones that go nowhere',
    refused: cloneList(['v1/Secret'], { namespace: 'secrets' }, {}),
    because: /generate\.namespace: given none; allowed: a namespace for v1\/Secret/,
    taken: cloneList(['rbac.authorization.k8s.io/v1/ClusterRole'], {}, {}),
  },
  {
    what: 'a list of clones from nowhere',
    refused: cloneList(['v1/Secret'], {}),
    because: /generate\.cloneList\.namespace: given none/,
    taken: cloneList(['acme.io/v1/Widget'], {}),
  },
  {
    what: 'a list of clones with a namespace for what lies in none',
    refused: cloneList(['rbac.authorization.k8s.io/v1/ClusterRole'], {}),
    because: /generate\.namespace: given .*which lie in none/,
    taken: cloneList(['rbac.authorization.k8s.io/v1/ClusterRole'], {}, {}),
  },
  {
    what: 'a list of clones of both sorts',
    refused: cloneList(['v1/Secret', 'v1/Namespace']),
    because: /cloneList\.kinds: given .*Write a rule for each sort/,
    taken: cloneList(['v1/Secret', 'v1/ConfigMap']),
  },
]);
