import { ofRule, PATTERN, refuses } from './support';
import { type KyvernoCel, KyvernoParameterNotFoundAction } from '../../../src/kyverno/cel';
import { KyvernoPodSecurityControl, type KyvernoPodSecurityExclude } from '../../../src/kyverno/pod-security';
import { PodSecurityLevel } from '../../../src/platform/pod-security-level';
import { LabelSelector } from '../../../src/values/label-selector';

const PARAMETERS: KyvernoCel = {
  expressions: [{ expression: 'true' }],
  paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
  paramRef: { name: 'x', parameterNotFoundAction: KyvernoParameterNotFoundAction.DENY },
};

refuses('validate', [
  { what: 'two kinds of validation', refused: ofRule({ validate: { ...PATTERN, deny: {} } }), because: /pattern and deny/, taken: ofRule({ validate: { deny: {} } }) },
  { what: 'an add anchor', refused: ofRule({ validate: { pattern: { spec: { '+(x)': 1 } } } }), because: /only patches add/, taken: ofRule({ validate: { pattern: { spec: { '=(x)': 1 } } } }) },
  {
    what: 'an existence anchor without a list',
    refused: ofRule({ validate: { pattern: { spec: { '^(containers)': { image: 'a' } } } } }),
    because: /Put the pattern into a list/,
    taken: ofRule({ validate: { pattern: { spec: { '^(containers)': [{ image: 'a' }] } } } }),
  },
  {
    what: 'a label that is a number',
    refused: ofRule({ validate: { pattern: { metadata: { '=(labels)': { tier: 1 } } } } }),
    because: /labels\.tier: given 1.*Quote it/,
    taken: ofRule({ validate: { pattern: { metadata: { '=(labels)': { tier: '1' } }, spec: { '=(x)': 1 } } } }),
  },
  { what: 'an empty list', refused: ofRule({ validate: { anyPattern: [{ spec: { containers: [] } }] } }), because: /an empty list/, taken: ofRule({ validate: { anyPattern: [PATTERN.pattern] } }) },
  { what: 'a foreach without a check', refused: ofRule({ validate: { foreach: [{ list: 'request.object.a' }] } }), because: /foreach\[0\]/, taken: ofRule({ validate: { foreach: [{ list: 'request.object.a', deny: {} }] } }) },
  {
    what: 'CEL that Kyverno 1.13 cannot hand to the API server',
    kyverno: '1.13',
    refused: ofRule({ validate: { cel: { generate: true, expressions: [{ expression: 'true' }] } } }),
    because: /from Kyverno 1\.14/,
    taken: ofRule({ validate: { cel: { expressions: [{ expression: 'true' }] } } }),
  },
  {
    what: 'CEL parameters without their kind',
    refused: ofRule({ validate: { cel: { expressions: [{ expression: 'true' }], paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } } } }),
    because: /paramKind alone/,
    taken: ofRule({ validate: { cel: { expressions: [{ expression: 'true' }] } } }),
  },
  ...([
    ['a control of containers without images', { controlName: KyvernoPodSecurityControl.CAPABILITIES }, /images: given none/],
    ['a control of pods with images', { controlName: KyvernoPodSecurityControl.SYSCTLS, images: ['*'] }, /Drop them/],
    ['a field without values', { controlName: KyvernoPodSecurityControl.SECCOMP, restrictedField: 'x' }, /restrictedField alone/],
    ['a control that baseline has not', { controlName: KyvernoPodSecurityControl.RUNNING_AS_NON_ROOT }, /level baseline/],
  ] as [string, KyvernoPodSecurityExclude, RegExp][]).map(([what, exclude, because]) => ({
    what,
    refused: ofRule({ validate: { podSecurity: { level: PodSecurityLevel.BASELINE, exclude: [exclude] } } }),
    because,
    taken: ofRule({
      validate: {
        podSecurity: {
          level: PodSecurityLevel.BASELINE, version: 'v1.32', exclude: [{ controlName: KyvernoPodSecurityControl.CAPABILITIES, images: ['*'] }],
        },
      },
    }),
  })),
  {
    what: 'a value that YAML does not know',
    refused: ofRule({ validate: { pattern: { spec: { x: () => 1 } } } }),
    because: /spec\.x: given function/,
    taken: ofRule({ validate: { pattern: { spec: { x: null } } } }),
  },
  {
    what: 'a foreach without its list',
    refused: ofRule({ validate: { foreach: [{ list: '', deny: {} }] } }),
    because: /foreach\[0\]\.list/,
    taken: ofRule({ validate: { foreach: [{ list: 'request.object.a', foreach: [{ list: 'element.b', pattern: { image: '?*' } }] }] } }),
  },
  {
    what: 'no CEL expression',
    refused: ofRule({ validate: { cel: { expressions: [] } } }),
    because: /expressions: given none/,
    taken: ofRule({ validate: { cel: { expressions: [{ expression: 'true' }] } } }),
  },
  {
    what: 'an empty CEL expression',
    refused: ofRule({ validate: { cel: { expressions: [{ expression: '' }] } } }),
    because: /an empty expression/,
    taken: ofRule({ validate: { cel: { expressions: [{ expression: 'true' }] } } }),
  },
  {
    what: 'CEL parameters by name and by labels',
    refused: ofRule({ validate: { cel: { ...PARAMETERS, paramRef: { ...PARAMETERS.paramRef!, selector: LabelSelector.labels({ a: 'b' }) } } } }),
    because: /name and selector/,
    taken: ofRule({ validate: { cel: PARAMETERS } }),
  },
  {
    what: 'an audit annotation of nothing',
    refused: ofRule({ validate: { cel: { ...PARAMETERS, auditAnnotations: [{ key: 'a', valueExpression: '' }] } } }),
    because: /auditAnnotations\[0\]/,
    taken: ofRule({ validate: { cel: { ...PARAMETERS, auditAnnotations: [{ key: 'a', valueExpression: '\'b\'' }] } } }),
  },
  {
    what: 'an unknown version of the Pod Security Standards',
    refused: ofRule({ validate: { podSecurity: { level: PodSecurityLevel.RESTRICTED, version: '1.30' } } }),
    because: /with the v/,
    taken: ofRule({ validate: { podSecurity: { level: PodSecurityLevel.RESTRICTED, version: 'v1.30' } } }),
  },
]);
