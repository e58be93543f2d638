import { checkPatternAnchors, checkStringMetadata } from './anchors';
import { checkAttestors } from './check-attestors';
import { checkConditions } from './check-conditions';
import { checkContext } from './check-context';
import { checkOverrides } from './check-overrides';
import { checkPodSecurity } from './check-pod-security';
import type { Spot } from './spot';
import { compareMinor } from '../../values/semver-minor';
import type { KyvernoCel } from '../cel';
import type { KyvernoValidate, KyvernoValidateForeach } from '../validate';

/** What the webhook asks of a validate rule. */
export function checkValidate(spot: Spot, kyverno: string, validate: KyvernoValidate): void {
  spot.one(validate, ['pattern', 'anyPattern', 'deny', 'foreach', 'podSecurity', 'cel', 'manifests']);
  checkOverrides(spot.in('failureActionOverrides'), validate.failureActionOverrides);
  checkPattern(spot.in('pattern'), validate.pattern);
  validate.anyPattern?.forEach((pattern, index) => checkPattern(spot.in('anyPattern').in(index), pattern));
  checkConditions(spot.in('deny.conditions'), validate.deny?.conditions);
  validate.foreach?.forEach((entry, index) => checkForeach(spot.in('foreach').in(index), entry));
  if (validate.podSecurity) checkPodSecurity(spot.in('podSecurity'), validate.podSecurity);
  if (validate.cel) checkCel(spot.in('cel'), kyverno, validate.cel);
  if (validate.manifests) checkAttestors(spot.in('manifests.attestors'), validate.manifests.attestors);
}

function checkPattern(spot: Spot, pattern: object | undefined): void {
  if (!pattern) return;
  checkPatternAnchors(spot, pattern);
  checkLeaves(spot, pattern);
  checkStringMetadata(spot, pattern);
}

function checkLeaves(spot: Spot, value: unknown): void {
  if (Array.isArray(value)) {
    if (value.length === 0) spot.refuse('an empty list', 'a list with the pattern of its elements', 'Write the pattern, or drop the field.');
    value.forEach((item, index) => checkLeaves(spot.in(index), item));
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, item]) => checkLeaves(spot.in(key), item));
  } else if (!['string', 'number', 'boolean'].includes(typeof value) && value !== null) {
    spot.refuse(typeof value, 'strings, numbers, booleans, null, lists and maps', 'Write the value as it would stand in YAML.');
  }
}

function checkForeach(spot: Spot, entry: KyvernoValidateForeach): void {
  if (!entry.list) spot.in('list').refuse('none', 'an expression that gives the list', 'Write it, such as \'request.object.spec.containers\'.');
  spot.one(entry, ['pattern', 'anyPattern', 'deny', 'foreach']);
  checkContext(spot.in('context'), entry.context);
  checkConditions(spot.in('preconditions'), entry.preconditions);
  checkConditions(spot.in('deny.conditions'), entry.deny?.conditions);
  // The webhook looks at no anchors here, but the engine takes the same ones.
  checkPattern(spot.in('pattern'), entry.pattern);
  entry.anyPattern?.forEach((pattern, index) => checkPattern(spot.in('anyPattern').in(index), pattern));
  entry.foreach?.forEach((inner, index) => checkForeach(spot.in('foreach').in(index), inner));
}

function checkCel(spot: Spot, kyverno: string, cel: KyvernoCel): void {
  if (cel.expressions.length === 0) spot.in('expressions').refuse('none', 'at least one expression', 'Write what must hold.');
  const empty = cel.expressions.findIndex(({ expression }) => !expression);
  if (empty >= 0) spot.in('expressions').in(empty).refuse('an empty expression', 'a CEL expression', 'Write it, or drop the entry.');
  if (cel.generate !== undefined && compareMinor(kyverno, '1.14') < 0) {
    spot.in('generate').refuse(`it on Kyverno ${kyverno}`, 'it from Kyverno 1.14', 'Leave it out.');
  }
  if ((cel.paramKind === undefined) !== (cel.paramRef === undefined)) {
    spot.refuse(cel.paramKind ? 'paramKind alone' : 'paramRef alone', 'paramKind and paramRef together', 'Add the other one.');
  }
  if (cel.paramRef) spot.in('paramRef').one(cel.paramRef, ['name', 'selector']);
  cel.auditAnnotations?.forEach(({ key, valueExpression }, index) => {
    if (!(key && valueExpression)) spot.in('auditAnnotations').in(index).refuse({ key, valueExpression }, 'key and valueExpression', 'Write both.');
  });
}
