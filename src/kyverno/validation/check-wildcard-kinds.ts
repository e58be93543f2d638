import type { Spot } from './spot';
import { withoutAnchor } from '../../values/kyverno-anchor';
import { parseKind } from '../../values/kyverno-kind';
import type { KyvernoMatch } from '../match';
import type { KyvernoRule } from '../rule';

/** A rule for kinds with a `*` costs a webhook call for everything: Kyverno takes it for metadata only, and not in the background. */
export function checkWildcardKinds(spot: Spot, rule: KyvernoRule, background: boolean): void {
  const wild = [...kindLists(rule.match), ...kindLists(rule.exclude)].find(kinds => kinds.some(isWildcard));
  if (!wild) return;
  const at = spot.in('match');
  if (background) {
    at.refuse(`the kind ${wild.find(isWildcard)}`, 'kinds without `*` in a policy that runs in the background', 'Name the kinds, or set `background: false`.');
  }
  if (wild.length > 1) at.refuse(wild, 'a kind with `*` alone in its list', 'Drop the other kinds, or name every kind.');
  const kind = rule.generate ? 'generate' : rule.verifyImages ? 'verifyImages' : rule.validate?.foreach ? 'validate.foreach' : undefined;
  if (kind) at.refuse(`a kind with \`*\` in a rule with ${kind}`, 'kinds without `*`', 'Name the kinds.');
  checkMetadataOnly(spot, rule);
}

function kindLists(match: KyvernoMatch | undefined): string[][] {
  return [...match?.any ?? [], ...match?.all ?? []].map(filter => filter.resources?.kinds ?? []);
}

function isWildcard(kind: string): boolean {
  return parseKind(kind)?.kind.includes('*') ?? false;
}

function checkMetadataOnly(spot: Spot, { validate, mutate }: KyvernoRule): void {
  const shapes = [validate?.pattern, ...validate?.anyPattern ?? [], mutate?.patchStrategicMerge].filter(shape => shape !== undefined);
  const field = shapes.flatMap(shape => Object.keys(shape)).find(key => withoutAnchor(key) !== 'metadata');
  const path = mutate?.patchesJson6902?.map(patch => patch.path).find(pointer => !pointer.startsWith('/metadata'));
  const outside = field ?? path;
  if (outside !== undefined) {
    spot.refuse(`${outside} in a rule for kinds with \`*\``, 'metadata, the only field that every kind has', 'Name the kinds.');
  }
}
