import { PodSecurityLevel } from './pod-security-level';
import { RemovalPolicy } from './removal-policy';
import { TenantEgress } from './tenant-egress';
import type { TenantNamespaceProps } from './tenant-namespace-props';
import { TenantSize } from './tenant-size';
import { choiceProblem } from '../values/choice';
import { insist } from '../values/guardrails-error';
import { labelValueProblem } from '../values/labels';
import { problem } from '../values/problem';

/** Stops what a compiler would have stopped, and what it cannot know. */
export function checkProps(at: string, props: TenantNamespaceProps): void {
  const { team, removal, size, podSecurity, egress } = props;
  insist(at, 'team', labelValueProblem(team) ?? notEmpty(team));
  // Left out in plain JavaScript, it would have Flux delete the namespace with all that is in it.
  insist(at, 'removal', choiceProblem(removal, 'RemovalPolicy', RemovalPolicy));
  if (size !== undefined) insist(at, 'size', choiceProblem(size, 'TenantSize', TenantSize));
  if (podSecurity !== undefined) insist(at, 'podSecurity', choiceProblem(podSecurity, 'PodSecurityLevel', PodSecurityLevel));
  if (egress !== undefined) insist(at, 'egress', choiceProblem(egress, 'TenantEgress', TenantEgress));
}

function notEmpty(team: string) {
  return team === '' ? problem(team, 'the name of a team', 'Name the team that owns the namespace.') : undefined;
}
