import { checkPatchAnchors, checkStringMetadata } from './anchors';
import { checkConditions } from './check-conditions';
import { checkContext } from './check-context';
import type { Spot } from './spot';
import { hasVariable } from '../../values/kyverno-variables';
import { type KyvernoJsonPatch, KyvernoJsonPatchOp, type KyvernoMutate, type KyvernoMutateForeach } from '../mutate';

const NEEDS_VALUE = [KyvernoJsonPatchOp.ADD, KyvernoJsonPatchOp.REPLACE, KyvernoJsonPatchOp.TEST];
const NEEDS_FROM = [KyvernoJsonPatchOp.MOVE, KyvernoJsonPatchOp.COPY];

/** What the webhook asks of a mutate rule. */
export function checkMutate(spot: Spot, mutate: KyvernoMutate): void {
  spot.one(mutate, ['patchStrategicMerge', 'patchesJson6902', 'foreach']);
  checkPatches(spot, mutate.patchStrategicMerge, mutate.patchesJson6902);
  mutate.patchesJson6902?.forEach(({ path }, index) => {
    if (hasVariable(path)) {
      spot.in('patchesJson6902').in(index).in('path').refuse(path, 'paths without variables outside foreach', 'Use `foreach`, or a strategic merge.');
    }
  });
  mutate.foreach?.forEach((entry, index) => checkForeach(spot.in('foreach').in(index), entry));
  spot.in('targets').filled(mutate.targets, 'target');
  mutate.targets?.forEach((target, index) => {
    checkContext(spot.in('targets').in(index).in('context'), target.context);
    checkConditions(spot.in('targets').in(index).in('preconditions'), target.preconditions);
  });
}

function checkForeach(spot: Spot, entry: KyvernoMutateForeach): void {
  if (!entry.list) spot.in('list').refuse('none', 'an expression that gives the list', 'Write it, such as \'request.object.spec.containers\'.');
  spot.one(entry, ['patchStrategicMerge', 'patchesJson6902', 'foreach']);
  if (entry.foreach && (entry.context ?? entry.preconditions)) {
    spot.refuse('foreach with context or preconditions', 'nothing but list and order beside a foreach within', 'Move them into the inner entries.');
  }
  checkContext(spot.in('context'), entry.context);
  checkConditions(spot.in('preconditions'), entry.preconditions);
  checkPatches(spot, entry.patchStrategicMerge, entry.patchesJson6902);
  entry.foreach?.forEach((inner, index) => checkForeach(spot.in('foreach').in(index), inner));
}

function checkPatches(spot: Spot, merge: object | undefined, patches: KyvernoJsonPatch[] | undefined): void {
  checkPatchAnchors(spot.in('patchStrategicMerge'), merge);
  checkStringMetadata(spot.in('patchStrategicMerge'), merge);
  patches?.forEach((patch, index) => checkPatch(spot.in('patchesJson6902').in(index), patch));
}

function checkPatch(spot: Spot, { op, path, value, from }: KyvernoJsonPatch): void {
  if (!path.startsWith('/')) spot.in('path').refuse(path, 'a path that starts with /', 'Write it like /metadata/labels/team.');
  if (NEEDS_VALUE.includes(op) && value === undefined) spot.in('value').refuse('nothing', `a value for ${op}`, 'Add it; null is one.');
  if (NEEDS_FROM.includes(op) && !from?.startsWith('/')) spot.in('from').refuse(from, `a path for ${op} that starts with /`, 'Say where from.');
}
