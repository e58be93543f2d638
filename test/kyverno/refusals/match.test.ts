import { matching, ofRule, POD, refuses } from './support';
import { KyvernoSubjectKind } from '../../../src/kyverno/match';
import { PolicyAction } from '../../../src/kyverno/policy-action';
import { LabelSelector } from '../../../src/values/label-selector';

refuses('match and exclude', [
  { what: 'any beside all', refused: ofRule({ match: { ...POD, all: POD.any } }), because: /any and all/, taken: ofRule({ match: { all: POD.any } }) },
  { what: 'an empty match', refused: ofRule({ match: {} }), because: /exactly one of any, all/, taken: {} },
  { what: 'a filter without resources', refused: ofRule({ match: { any: [{}] } }), because: /match\.any\[0\]: given a filter without/, taken: {} },
  {
    what: 'a match without kinds',
    refused: ofRule(matching({ namespaces: ['tenant'] })),
    because: /at least one kind/,
    taken: ofRule(matching({ kinds: ['Pod'], namespaces: ['tenant'] })),
  },
  { what: 'a resource name for a kind', refused: ofRule(matching({ kinds: ['pods'] })), because: /kinds\[0\].*singular/, taken: ofRule(matching({ kinds: ['v1/Pod'] })) },
  { what: 'an empty list', refused: ofRule(matching({ kinds: ['Pod'], names: [] })), because: /names: given an empty list/, taken: ofRule(matching({ kinds: ['Pod'], names: ['a*'] })) },
  {
    what: 'an empty selector',
    refused: ofRule(matching({ kinds: ['Pod'], selector: LabelSelector.all() })),
    because: /selector: given an empty selector/,
    taken: ofRule(matching({ kinds: ['Pod'], namespaceSelector: LabelSelector.all() })),
  },
  {
    what: 'a selector with a source of Cilium',
    refused: ofRule(matching({ kinds: ['Pod'], selector: LabelSelector.labels({ 'k8s:app': 'a' }) })),
    because: /rules\[rule\]\.match\.any\[0\]\.resources\.selector: given "k8s:app".*Write 'app': only Cilium's own kinds know a source/,
    taken: ofRule(matching({ kinds: ['Pod'], selector: LabelSelector.labels({ app: 'a' }) })),
  },
  {
    what: 'a selector of namespaces to leave out with a source of Cilium',
    refused: ofRule({ exclude: { any: [{ resources: { namespaceSelector: LabelSelector.labels({ 'any:team': 'a' }) } }] } }),
    because: /exclude\.any\[0\]\.resources\.namespaceSelector: given "any:team"/,
    taken: ofRule({ exclude: { any: [{ resources: { namespaceSelector: LabelSelector.labels({ team: 'a' }) } }] } }),
  },
  {
    what: 'an override for namespaces with a source of Cilium',
    refused: {
      validationFailureActionOverrides: [{ action: PolicyAction.AUDIT, namespaceSelector: LabelSelector.labels({ 'k8s:team': 'a' }) }],
    },
    because: /validationFailureActionOverrides\[0\]\.namespaceSelector: given "k8s:team"/,
    taken: { validationFailureActionOverrides: [{ action: PolicyAction.AUDIT, namespaceSelector: LabelSelector.labels({ team: 'a' }) }] },
  },
  {
    what: 'a namespaceSelector for Namespaces, which it never matches',
    refused: ofRule(matching({ kinds: ['v1/Namespace'], namespaceSelector: LabelSelector.labels({ a: 'b' }) })),
    because: /`selector`/,
    taken: ofRule(matching({ kinds: ['v1/Namespace'], selector: LabelSelector.labels({ a: 'b' }) })),
  },
  {
    what: 'a variable in match',
    refused: ofRule(matching({ kinds: ['Pod'], namespaces: ['{{ request.namespace }}'] })),
    because: /no variables in match and exclude/,
    taken: ofRule(matching({ kinds: ['Pod'], namespaces: ['tenant-*'] })),
  },
  {
    what: 'subjects in the background',
    refused: ofRule(matching({ kinds: ['Pod'] }, { subjects: [{ kind: KyvernoSubjectKind.USER, name: 'ann' }] })),
    because: /background: false/,
    taken: { background: false, ...ofRule(matching({ kinds: ['Pod'] }, { subjects: [{ kind: KyvernoSubjectKind.USER, name: 'ann' }] })) },
  },
  {
    what: 'a service account without a namespace',
    refused: { background: false, ...ofRule(matching({ kinds: ['Pod'] }, { subjects: [{ kind: KyvernoSubjectKind.SERVICE_ACCOUNT, name: 'flux' }] })) },
    because: /namespace of the service account/,
    taken: {
      background: false,
      ...ofRule(matching({ kinds: ['Pod'] }, { subjects: [{ kind: KyvernoSubjectKind.SERVICE_ACCOUNT, name: 'flux', namespace: 'flux-system' }] })),
    },
  },
  {
    what: 'a role without its namespace',
    refused: { background: false, ...ofRule(matching({ kinds: ['Pod'] }, { roles: ['admin'] })) },
    because: /namespace:name/,
    taken: { background: false, ...ofRule(matching({ kinds: ['Pod'] }, { roles: ['tenant:admin'], clusterRoles: ['edit'] })) },
  },
  {
    what: 'an exclude that equals match',
    refused: ofRule({ exclude: POD }),
    because: /leaves something of match/,
    taken: ofRule({ exclude: { any: [{ resources: { namespaces: ['kube-system'] } }] } }),
  },
  { what: 'an empty exclude', refused: ofRule({ exclude: { any: [{}] } }), because: /exclude\.any\[0\]/, taken: {} },
  {
    what: 'a wildcard kind in the background',
    refused: ofRule(matching({ kinds: ['*'] })),
    because: /background: false/,
    taken: { background: false, ...ofRule(matching({ kinds: ['*'] })) },
  },
  {
    what: 'a wildcard kind beside others',
    refused: { background: false, ...ofRule(matching({ kinds: ['*', 'v1/Pod'] })) },
    because: /alone in its list/,
    taken: { background: false, ...ofRule(matching({ kinds: ['apps/*/Deployment', 'v1/Pod'] })) },
  },
  {
    what: 'a wildcard kind and more than metadata',
    refused: { background: false, ...ofRule({ ...matching({ kinds: ['*'] }), validate: { pattern: { spec: { replicas: '>0' } } } }) },
    because: /spec in a rule for kinds with `\*`/,
    taken: ofRule({ validate: { pattern: { spec: { hostname: '?*' } } } }),
  },
  {
    what: 'a wildcard kind with foreach',
    refused: { background: false, ...ofRule({ ...matching({ kinds: ['*'] }), validate: { foreach: [{ list: 'request.object.x', deny: {} }] } }) },
    because: /validate\.foreach/,
    taken: ofRule({ validate: { foreach: [{ list: 'request.object.spec.containers', deny: {} }] } }),
  },
]);
