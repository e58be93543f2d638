import { insist, refuse } from '../values/guardrails-error';
import { type Problem, problem } from '../values/problem';

/** Where a kind has its pod template: the names of fields with dots between them. */
export function podTemplateProblem(kind: string, path: unknown): Problem | undefined {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(kind)) return problem(kind, 'a kind such as Rollout', 'Write the kind as its objects do, without the group.');
  if (typeof path === 'string' && /^[A-Za-z][\w-]*(\.[A-Za-z][\w-]*)*$/.test(path)) return undefined;
  return problem(path, 'the path of a pod template, such as spec.template', 'Write the names of the fields with dots between them.');
}

/** @throws GuardrailsError for what is no mapping of kinds to paths */
export function insistPodTemplates(at: string, what: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(at, what, problem(value, 'a mapping of kinds to paths', 'Write it as `Rollout: spec.template` lines.'));
  }
  for (const [kind, path] of Object.entries(value)) insist(at, what, podTemplateProblem(kind, path));
}
