import { CheckContext } from './check-context';
import type { Finding, Located } from './finding';
import type { Hit, ObjectRule, Report, Rule, SetRule } from './rule';
import { RULE_FAILED } from './rule-failed';
import { RULES } from './rules';
import type { Target } from '../target/target';

/** Everything that the rules find in the objects of one cluster, in the order of the objects. */
export function check(objects: readonly Located[], target: Target, rules: readonly Rule[] = RULES): Finding[] {
  const context = new CheckContext(objects, target);
  const findings = new Map(rules.map(rule => [rule, [] as Finding[]]));
  // All rules of an object one after the other, while it is in the processor's cache.
  for (const [kind, ofKind] of context.byKind) {
    const looking = rules.filter((rule): rule is ObjectRule => 'checkObject' in rule && (rule.kinds?.includes(kind) ?? true));
    const lists = looking.map(rule => findings.get(rule)!);
    const reports = looking.map((rule, at): Report => hit => lists[at]!.push(finding(rule, hit)));
    for (const object of ofKind) {
      for (let at = 0; at < looking.length; at++) {
        const rule = looking[at]!;
        try {
          rule.checkObject(object, reports[at]!, context);
        } catch (error) {
          // What a rule fails at does not keep it from the other objects.
          lists[at]!.push(failure(rule, object, error));
        }
      }
    }
  }
  for (const rule of rules) if ('checkSet' in rule) collectFromSet(findings.get(rule)!, rule, context);
  return inOrder([...findings.values()].flat(), objects);
}

/** By object, and those of an object in the order of the rules. */
function inOrder(findings: readonly Finding[], objects: readonly Located[]): Finding[] {
  const byObject = new Map<Located, Finding[]>();
  for (const found of findings) {
    const list = byObject.get(found.object);
    if (list) list.push(found);
    else byObject.set(found.object, [found]);
  }
  if (byObject.size === 0) return [];
  return [...new Set(objects)].flatMap(object => byObject.get(object) ?? []);
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

function failure(rule: Rule, object: Located, error: unknown): Finding {
  const { what: _, ...text } = RULE_FAILED;
  return { ...text, object, pointer: '', found: `${rule.id}: ${error instanceof Error ? error.message : String(error)}` };
}

function finding({ id, severity, why, mend, link }: Rule, hit: Hit): Finding {
  return { id, severity, object: hit.object, pointer: hit.pointer ?? '', found: hit.found, why, mend: hit.mend ?? mend, link };
}
