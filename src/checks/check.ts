import { CheckContext } from './check-context';
import type { Finding, Located } from './finding';
import type { Hit, Rule } from './rule';
import { RULES } from './rules';
import type { Target } from '../target/target';

/** Everything that the rules find in the objects of one cluster, in the order of the objects. */
export function check(objects: readonly Located[], target: Target, rules: readonly Rule[] = RULES): Finding[] {
  const context = new CheckContext(objects, target);
  const position = new Map(objects.map((located, index) => [located, index]));
  return rules
    .flatMap(rule => [...hits(rule, context)].map(hit => finding(rule, hit)))
    .sort((a, b) => position.get(a.object)! - position.get(b.object)!);
}

function* hits(rule: Rule, context: CheckContext): Iterable<Hit> {
  if ('checkSet' in rule) yield* rule.checkSet(context);
  else for (const object of context.ofKind(...rule.kinds)) yield* rule.checkObject(object, context);
}

function finding({ id, severity, why, mend, link }: Rule, hit: Hit): Finding {
  return { id, severity, object: hit.object, pointer: hit.pointer ?? '', found: hit.found, why, mend: hit.mend ?? mend, link };
}
