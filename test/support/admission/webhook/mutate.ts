import { parse } from 'yaml';
import { Dict, isDict, items } from '../json';
import { atLeast } from '../version';
import { eachRule, present, when } from './rules-of';

const PATCHES = ['patchStrategicMerge', 'patchesJson6902'];
const OPS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** What the webhook refuses about mutate rules. Anchors are not looked at. */
export function mutateProblems(policy: Dict, kyvernoVersion: string): string[] {
  return eachRule(policy, ({ mutate, celPreconditions }) => (isDict(mutate) ? [
    ...when(present(mutate, [...PATCHES, 'foreach']).length > 1, `mutate has more than one of ${PATCHES.join(', ')}, foreach`),
    ...when(celPreconditions !== undefined && atLeast(kyvernoVersion, '1.15'), 'celPreconditions are not for mutate'),
    ...items(mutate.foreach).flatMap(foreachProblems),
    ...(mutate.patchesJson6902 === undefined ? [] : jsonPatchProblems(mutate.patchesJson6902)),
  ] : []));
}

function foreachProblems(entry: Dict): string[] {
  const others = Object.keys(entry).filter((key) => !['list', 'order', 'foreach'].includes(key));
  return entry.foreach === undefined
    ? when(present(entry, PATCHES).length !== 1, `an entry of mutate.foreach needs one of ${PATCHES.join(', ')}`)
    : [
      ...when(others.length > 0, `an entry of mutate.foreach that nests another may hold nothing else, and has ${others.join(', ')}`),
      ...items(entry.foreach).flatMap(foreachProblems),
    ];
}

function jsonPatchProblems(text: string): string[] {
  const patch: unknown = parse(text.replace(/\{\{.*?\}\}/g, 'x'));
  return Array.isArray(patch) ? patch.flatMap((step: Dict) => [
    ...when(!OPS.includes(step.op), `'${step.op}' is not a JSON patch operation`),
    ...when(!`${step.path}`.startsWith('/'), `the JSON patch path '${step.path}' does not start with /`),
    ...when(['add', 'replace', 'test'].includes(step.op) && step.value === undefined, `the JSON patch operation ${step.op} needs a value`),
  ]) : ['patchesJson6902 is not a list of operations'];
}
