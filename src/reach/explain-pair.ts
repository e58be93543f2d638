import type { Answer, Reason, Verdict } from './answer';
import { together } from './connection';
import { explainHalf, type HalfExplained, type Probe } from './explain';
import type { Halves } from './halves';
import { isSame, type Party, titleOf } from './party';
import { PortSet } from './port-set';
import { portSetText } from './resolve-ports';
import type { Direction } from './rule';
import { joinConditions } from './rule-condition';

/** Whether a connection between two parties of a set passes, and why. */
export function explainPair(halves: Halves, from: Party, to: Party, probe: Probe): Answer {
  const isSelf = isSame(from, to) && from.type === 'workload' && !from.endpoint.replicated;
  const egress = isSelf ? ownHalf('egress', from) : half(halves, 'egress', from, to, probe);
  const ingress = isSelf ? ownHalf('ingress', to) : half(halves, 'ingress', to, from, probe);
  const verdict = verdictOf(egress.answer.verdict, ingress.answer.verdict);
  const reasons = [egress.answer, ingress.answer].filter(({ verdict: own }) => own === 'depends').flatMap(answer => answer.reasons);
  return {
    from: titleOf(from),
    to: titleOf(to),
    port: portSetText(PortSet.range(probe.protocol, probe.port, probe.port)),
    verdict,
    conditions: verdict === 'depends' ? joinConditions(reasons.flatMap(({ condition }) => condition ?? [])) : [],
    requests: verdict === 'allowed' ? bothRequests(egress.requests, ingress.requests) : [],
    egress: egress.answer,
    ingress: ingress.answer,
  };
}

/** Traffic of a pod to itself never leaves it. */
function ownHalf(direction: Direction, party: Party): HalfExplained {
  const reasons: Reason[] = [{ effect: 'free', text: 'a pod reaches itself, whatever policies say' }];
  return { answer: { direction, subject: titleOf(party), verdict: 'allowed', reasons }, requests: [] };
}

function half(halves: Halves, direction: Direction, subject: Party, peer: Party, probe: Probe): HalfExplained {
  const destination = direction === 'egress' ? peer : subject;
  const cases = halves.cases(direction, subject, peer);
  return explainHalf(halves.half(direction, subject), { subject, peer, destination, cases }, probe);
}

function verdictOf(egress: Verdict, ingress: Verdict): Verdict {
  if (egress === 'denied' || ingress === 'denied') return 'denied';
  return egress === 'depends' || ingress === 'depends' ? 'depends' : 'allowed';
}

function bothRequests(a: readonly string[], b: readonly string[]): string[] {
  return a.length === 0 || b.length === 0 ? [...a, ...b] : together(a, b);
}
