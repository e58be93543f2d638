import { ofRule, PATTERN, preconditions, refuses, rule } from './support';
import { KyvernoOperator } from '../../../src/kyverno/conditions';
import { PolicyAction } from '../../../src/kyverno/policy-action';

refuses('a policy', [
  { what: 'a policy name over 63 characters', refused: { name: 'p'.repeat(64) }, because: /name: .*63/, taken: { name: 'p'.repeat(63) } },
  { what: 'a policy without rules', refused: { rules: [] }, because: /rules: given none/, taken: {} },
  {
    what: 'two rules of one name',
    refused: { rules: [rule({}), rule({})] },
    because: /rules: given two rules named rule/,
    taken: { rules: [rule({}), rule({ name: 'other' })] },
  },
  {
    what: 'a timeout over 30 seconds',
    refused: { webhookConfiguration: { timeoutSeconds: 31 } },
    because: /webhookConfiguration\.timeoutSeconds: given 31/,
    taken: { webhookConfiguration: { timeoutSeconds: 30 } },
  },
  { what: 'a timeout below 1 second', refused: { webhookTimeoutSeconds: 0 }, because: /webhookTimeoutSeconds/, taken: { webhookTimeoutSeconds: 1 } },
  {
    what: 'a deprecated field beside its successor',
    refused: { webhookTimeoutSeconds: 5, webhookConfiguration: { timeoutSeconds: 5 } },
    because: /both webhookTimeoutSeconds/,
    taken: { webhookConfiguration: { timeoutSeconds: 5 } },
  },
  {
    what: 'neither admission nor background',
    refused: { admission: false, background: false },
    because: /admission and background both false/,
    taken: { admission: false },
  },
  {
    what: 'admission off with a rule that needs it',
    refused: { admission: false, ...ofRule({ mutate: { patchStrategicMerge: { metadata: {} } } }) },
    because: /admission: given false with the rule/,
    taken: ofRule({ mutate: { patchStrategicMerge: { metadata: {} } } }),
  },
  {
    what: 'autogen for all',
    refused: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'all' } },
    because: /autogen-controllers: all/,
    taken: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } },
  },
  {
    what: 'spaces between autogen controllers',
    refused: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'Deployment, Job' } },
    because: /Write 'Deployment,Job'/,
    taken: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'Deployment,Job' } },
  },
  {
    what: 'a namespace under both actions',
    refused: ofRule({
      validate: {
        ...PATTERN,
        failureActionOverrides: [{ action: PolicyAction.AUDIT, namespaces: ['dev-*'] }, { action: PolicyAction.ENFORCE, namespaces: ['dev-a'] }],
      },
    }),
    because: /dev-\* under Audit and dev-a under Enforce/,
    taken: ofRule({
      validate: {
        ...PATTERN,
        failureActionOverrides: [{ action: PolicyAction.AUDIT, namespaces: ['dev-*'] }, { action: PolicyAction.ENFORCE, namespaces: ['prod'] }],
      },
    }),
  },
  {
    what: 'mutateExistingOnPolicyUpdate without targets',
    refused: ofRule({ mutate: { mutateExistingOnPolicyUpdate: true, patchStrategicMerge: { metadata: {} } } }),
    because: /targets: given none/,
    taken: ofRule({
      mutate: {
        mutateExistingOnPolicyUpdate: true, patchStrategicMerge: { metadata: {} }, targets: [{ apiVersion: 'v1', kind: 'ConfigMap' }],
      },
    }),
  },
  {
    what: 'a variable about the user in the background',
    refused: ofRule({ validate: { ...PATTERN, message: '{{ request.userInfo.username }}' } }),
    because: /background: false/,
    taken: { background: false, ...ofRule({ validate: { ...PATTERN, message: '{{ request.userInfo.username }}' } }) },
  },
  {
    what: 'a service account\'s name in the background',
    refused: preconditions('{{ serviceAccountName }}', KyvernoOperator.EQUALS, 'flux'),
    because: /serviceAccountName/,
    taken: { background: false, ...preconditions('{{ serviceAccountName }}', KyvernoOperator.EQUALS, 'flux') },
  },
]);
