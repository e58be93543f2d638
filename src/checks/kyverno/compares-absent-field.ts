import type { ObjectRule } from '../rule';
import { below, shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';
import { anchorOf } from '../../values/kyverno-anchor';

const sample = (limit: string) => clusterPolicy(validateRule(
  `pattern: { spec: { containers: [{ resources: { limits: { memory: "${limit}" } } }], =(initContainers): [{ resources: { limits: { memory: "${limit}" } } }] } }`, 'Pod',
));

/** `<=4Gi`, `<5`: what holds for nothing as well, since Kyverno takes it for 0. */
const AT_MOST = /^<=?\s*\d/;

export const comparesAbsentField: ObjectRule = {
  id: 'kyverno/ComparesAbsentField',
  severity: 'warning',
  what: 'A pattern asks that a number or quantity be at most something, and not that it be there.',
  why: 'Kyverno takes an absent field for 0, so a container without a limit passes the rule that limits it.',
  mend: 'Ask for both, as in `?* & <=4Gi`; write `=(field)` where absence is meant to pass.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#operators',
  bad: sample('<=4Gi'),
  good: sample('?* & <=4Gi'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const pattern of rule.patterns) {
        visitPlainLeaves(pattern.value, [], (value, path) => {
          if (!value.split('|').some(passesNothing)) return;
          report({ object, pointer: below(pattern.pointer, ...path), found: `${shown(value)} in the rule ${rule.name}` });
        });
      }
    }
  },
};

function passesNothing(alternative: string): boolean {
  const atoms = alternative.split('&').map(atom => atom.trim());
  return atoms.every(atom => AT_MOST.test(atom) && !/^<\s*0+$/.test(atom));
}

/** The texts of a pattern whose own field is plain, outside conditions. The API server writes the replicas that nobody did. */
function visitPlainLeaves(value: unknown, path: string[], visit: (text: string, path: readonly string[]) => void): void {
  if (typeof value !== 'object' || value === null || path.length > 100) return;
  for (const key of Object.keys(value)) {
    const anchor = anchorOf(key);
    if (anchor === '(' || anchor === '<(') continue;
    const item = (value as Record<string, unknown>)[key];
    path.push(key);
    if (typeof item === 'string' && !anchor && key !== 'replicas') visit(item, path);
    else visitPlainLeaves(item, path, visit);
    path.pop();
  }
}
