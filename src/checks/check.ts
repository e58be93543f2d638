import { CheckContext } from './check-context';
import type { Finding, Located } from './finding';
import type { Hit, ObjectRule, Rule, SetRule } from './rule';
import { RULE_FAILED } from './rule-failed';
import { RULES } from './rules';
import type { Target } from '../target/target';

/** Everything that the rules find in the objects of one cluster, in the order of the objects. */
export function check(objects: readonly Located[], target: Target, rules: readonly Rule[] = RULES): Finding[] {
  const context = new CheckContext(objects, target);
  const findings: Finding[] = [];
  for (const rule of rules) {
    if ('checkSet' in rule) collectFromSet(findings, rule, context);
    else for (const kind of rule.kinds) collectFromObjects(findings, rule, context.ofKind(kind), context);
  }
  const position = new Map(objects.map((located, index) => [located, index]));
  return findings.sort((a, b) => position.get(a.object)! - position.get(b.object)!);
}

function collectFromSet(findings: Finding[], rule: SetRule, context: CheckContext): void {
  const [first] = context.objects;
  if (!first) return;
  try {
    for (const hit of rule.checkSet(context)) findings.push(finding(rule, hit));
  } catch (error) {
    findings.push(failure(rule, first, error));
  }
}

/** All objects of a kind in one loop, which the engine gets fast at; what a rule fails at does not keep it from the others. */
function collectFromObjects(findings: Finding[], rule: ObjectRule, objects: readonly Located[], context: CheckContext): void {
  for (let at = 0; at < objects.length; at++) {
    try {
      for (; at < objects.length; at++) {
        for (const hit of rule.checkObject(objects[at]!, context)) findings.push(finding(rule, hit));
      }
    } catch (error) {
      findings.push(failure(rule, objects[at]!, error));
    }
  }
}

function failure(rule: Rule, object: Located, error: unknown): Finding {
  const { what: _, ...text } = RULE_FAILED;
  return { ...text, object, pointer: '', found: `${rule.id}: ${error instanceof Error ? error.message : String(error)}` };
}

function finding({ id, severity, why, mend, link }: Rule, hit: Hit): Finding {
  return { id, severity, object: hit.object, pointer: hit.pointer ?? '', found: hit.found, why, mend: hit.mend ?? mend, link };
}
