import { AnchorKind, parseAnchor } from '../anchor';
import { Dict, isDict, items } from '../json';
import { atLeast } from '../version';
import { eachRule, present, when } from './rules-of';

const CONTAINER_CONTROLS = ['Capabilities', 'Privileged Containers', 'Host Ports', '/proc Mount Type', 'Privilege Escalation'];
const POD_CONTROLS = ['Host Namespaces', 'HostPath Volumes', 'Sysctls', 'Volume Types'];
const RESTRICTED_CONTROLS = ['Volume Types', 'Privilege Escalation', 'Running as Non-root', 'Running as Non-root user'];
const ALLOWED_ANCHORS: AnchorKind[] = ['condition', 'existence', 'equality', 'negation', 'global'];

/** What the webhook refuses about validate rules. */
export function validateProblems(policy: Dict, kyvernoVersion: string): string[] {
  return eachRule(policy, ({ validate, celPreconditions }) => (isDict(validate) ? [
    ...oneCheck(validate, kyvernoVersion),
    ...when(celPreconditions !== undefined && validate.cel === undefined, 'celPreconditions go with validate.cel'),
    ...when(validate.anyPattern !== undefined && !Array.isArray(validate.anyPattern), 'anyPattern is not a list'),
    ...[validate.pattern, ...items(validate.anyPattern)].flatMap(anchorProblems),
    ...items(validate.foreach).flatMap(foreachProblems),
    ...(isDict(validate.podSecurity) ? podSecurityProblems(validate.podSecurity) : []),
    ...(isDict(validate.cel) ? celProblems(validate.cel) : []),
  ] : []));
}

function oneCheck(validate: Dict, kyvernoVersion: string): string[] {
  const checks = ['pattern', 'anyPattern', 'deny', 'foreach', 'podSecurity', 'cel'];
  const legacy = atLeast(kyvernoVersion, '1.19') ? [] : ['assert'];
  const found = present(validate, [...checks, ...legacy]);
  const signed = items(validate.manifests?.attestors).length > 0 ? ['manifests'] : [];
  return when(found.length + signed.length !== 1, `validate needs exactly one of ${[...checks, ...legacy, 'manifests'].join(', ')}`);
}

function anchorProblems(pattern: unknown): string[] {
  if (Array.isArray(pattern)) {
    return pattern.flatMap(anchorProblems);
  }
  return isDict(pattern) ? Object.entries(pattern).flatMap(([key, value]) => {
    const kind = parseAnchor(key)?.kind;
    return [
      ...when(kind !== undefined && !ALLOWED_ANCHORS.includes(kind), `the anchor ${key} is not for validate`),
      ...when(kind === 'existence' && items(value).length === 0, `the existence anchor ${key} needs a list`),
      ...anchorProblems(value),
    ];
  }) : [];
}

function foreachProblems(entry: Dict): string[] {
  return [
    ...when(!entry.list, 'foreach needs a list'),
    ...when(present(entry, ['pattern', 'anyPattern', 'deny', 'foreach']).length !== 1, 'foreach needs one of pattern, anyPattern, deny, foreach'),
    ...items(entry.foreach).flatMap(foreachProblems),
  ];
}

function podSecurityProblems({ level, exclude }: Dict): string[] {
  return items(exclude).flatMap(({ controlName, images, restrictedField, values }) => {
    const hasImages = items(images).length > 0;
    return [
      ...when(CONTAINER_CONTROLS.includes(controlName) && !hasImages, `podSecurity.exclude of ${controlName} needs images`),
      ...when(POD_CONTROLS.includes(controlName) && hasImages, `podSecurity.exclude of ${controlName} takes no images`),
      ...when(Boolean(restrictedField) !== items(values).length > 0, 'podSecurity.exclude needs restrictedField and values together'),
      ...when(level === 'baseline' && RESTRICTED_CONTROLS.includes(controlName), `the level baseline does not have ${controlName}`),
    ];
  });
}

function celProblems({ expressions, paramKind, paramRef, auditAnnotations }: Dict): string[] {
  return [
    ...when(items(expressions).some(({ expression }) => !expression), 'a CEL expression is empty'),
    ...when(isDict(paramKind) !== isDict(paramRef), 'paramKind and paramRef go together'),
    ...when(isDict(paramKind) && present(paramKind, ['apiVersion', 'kind']).length < 2, 'paramKind needs apiVersion and kind'),
    ...when(
      isDict(paramRef) && (present(paramRef, ['name', 'selector']).length !== 1 || !paramRef.parameterNotFoundAction),
      'paramRef needs one of name and selector, and parameterNotFoundAction',
    ),
    ...when(items(auditAnnotations).some(({ key, valueExpression }) => !key || !valueExpression), 'an audit annotation needs key and valueExpression'),
  ];
}
