import { CheckContext } from './check-context';
import type { Finding, Located } from './finding';
import type { Hit, ObjectRule, Rule } from './rule';
import { RULE_FAILED } from './rule-failed';
import { RULES } from './rules';
import type { Target } from '../target/target';

/** Everything that the rules find in the objects of one cluster, in the order of the objects. */
export function check(objects: readonly Located[], target: Target, rules: readonly Rule[] = RULES): Finding[] {
  const context = new CheckContext(objects, target);
  const byKind = objectRulesByKind(rules);
  const findings: Finding[] = [];
  // Object by object, so that what several rules read of one is at hand. No generators in between: this runs millions of times.
  for (const object of objects) {
    for (const rule of byKind.get(object.object.kind) ?? []) {
      collect(findings, rule, object, () => rule.checkObject(object, context));
    }
  }
  for (const rule of rules) {
    if ('checkSet' in rule && objects[0]) collect(findings, rule, objects[0], () => rule.checkSet(context));
  }
  const position = new Map(objects.map((located, index) => [located, index]));
  return findings.sort((a, b) => position.get(a.object)! - position.get(b.object)!);
}

function collect(findings: Finding[], rule: Rule, object: Located, look: () => Iterable<Hit>): void {
  try {
    for (const hit of look()) findings.push(finding(rule, hit));
  } catch (error) {
    const { what: _, ...text } = RULE_FAILED;
    findings.push({ ...text, object, pointer: '', found: `${rule.id}: ${error instanceof Error ? error.message : String(error)}` });
  }
}

function objectRulesByKind(rules: readonly Rule[]): ReadonlyMap<string, readonly ObjectRule[]> {
  const byKind = new Map<string, ObjectRule[]>();
  for (const rule of rules) {
    if ('checkSet' in rule) continue;
    for (const kind of rule.kinds) {
      const list = byKind.get(kind);
      if (list) list.push(rule);
      else byKind.set(kind, [rule]);
    }
  }
  return byKind;
}

function finding({ id, severity, why, mend, link }: Rule, hit: Hit): Finding {
  return { id, severity, object: hit.object, pointer: hit.pointer ?? '', found: hit.found, why, mend: hit.mend ?? mend, link };
}
