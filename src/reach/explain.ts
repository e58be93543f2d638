import { likeness } from './alike';
import type { HalfAnswer, Reason, Verdict } from './answer';
import { matchOf } from './cases';
import type { Half } from './half';
import type { EndCase } from './halves';
import type { Request } from './l7';
import { allMatch, anyMatch, anyOf, type Match, type Party, titleOf } from './party';
import type { Protocol } from './port-set';
import { remember } from './remember';
import { portsBetween, portsText, unknownPorts, unknownPortsIf } from './resolve-ports';
import type { PortRule, Required, Rule } from './rule';
import { matchInCases } from './rule-condition';
import { ruleMatches } from './rule-matches';
import { locate } from '../manifests/locate';

/** One port and what is sent to it. */
export interface Probe {
  readonly protocol: Protocol;
  readonly port: number;
  readonly request: Request;
}

/** Both ends of a connection, from the side of one. */
export interface Ends {
  readonly subject: Party;
  readonly peer: Party;
  readonly destination: Party;
  /** Whom the peer may turn out to be. */
  readonly cases: readonly EndCase[];
}

const SHOWN_MISSES = 5;
const SHOWN_PEERS = 20;

/** What one end says, and the requests that pass where only some do. */
export interface HalfExplained {
  readonly answer: HalfAnswer;
  readonly requests: readonly string[];
}

const told = new WeakMap<Half, Map<string, HalfExplained>>();

/** What one end says of a connection, with every rule that had a part in it. */
export function explainHalf(half: Half, ends: Ends, probe: Probe): HalfExplained {
  const key = likeness(half, ends, probe);
  if (key === undefined) return tell(half, ends, probe);
  return remember(remember(told, half, () => new Map<string, HalfExplained>()), key, () => tell(half, ends, probe));
}

function tell(half: Half, ends: Ends, probe: Probe): HalfExplained {
  const { direction } = half;
  const denies = half.deny.map(({ rule, about }) => judge(rule, about, half, ends, probe)).filter(({ match }) => match !== false);
  const isAsked = half.isolated !== false && ends.cases.some(({ free }) => free !== true);
  const allows = isAsked ? half.allow.map(({ rule, about }) => judge(rule, about, half, ends, probe)) : [];
  const verdict = verdictOf(half, ends, denies, allows);
  const subject = titleOf(ends.subject);
  const end = (reasons: Reason[], requests: string[] = []) => ({ answer: { direction, subject, verdict, reasons }, requests });
  const denying = denies.map(judgement => ruleReason('denies', judgement));
  if (ends.cases.every((_, index) => denies.some(({ inCases }) => inCases[index] === true))) return end(denying);

  const free = matchOf(ends.cases, ends.cases.map(one => one.free));
  if (free === true) return end([...denying, freeReason(ends)]);
  if (half.isolated === false) return end([...denying, notIsolated(half, ends)]);
  const sure = allows.filter(({ match }) => match === true);
  const perhaps = allows.filter(({ match }) => typeof match === 'string');
  const limits = sure.length + perhaps.length > 0 ? limitsOf(sure.length > 0 ? sure : perhaps, probe) : [];
  // Beside a rule that lets everything through, what another one may do changes nothing.
  const allowing = [...sure, ...sure.length > 0 && limits.length === 0 ? [] : perhaps].map(judgement => ruleReason('allows', judgement));
  const ifFree = typeof free === 'string' ? [{ ...freeReason(ends), condition: free, text: `allowed if ${free}, since ${freeReason(ends).text}` }] : [];
  if (sure.length > 0 || verdict === 'allowed') return end([...denying, ...allowing, ...ifFree, ...ifFree.length > 0 ? hintsAt(half, ends) : []], limits);
  const stopping = [...isolatingReasons(half, ends), ...half.required(false).map(requiredReason), ...missReasons(allows)];
  return end([...denying, ...allowing, ...ifFree, ...hintsAt(half, ends), ...stopping]);
}

/** Why a rule that seems to mean the peer does not. */
function hintsAt(half: Half, { subject, peer }: Ends): Reason[] {
  if (peer.type === 'workload' && peer.endpoint.hostNetwork) {
    return [{ effect: 'misses', text: `${titleOf(peer)} has hostNetwork: policies see the node that it is on, and not its labels` }];
  }
  const isNamed = peer.type === 'name' && half.allow.some(({ rule }) => rule.peers.some(({ names }) => names));
  if (!isNamed || half.mayAsk(peer.name) !== false) return [];
  return [{ effect: 'misses', text: `no DNS rule lets ${titleOf(subject)} ask for ${peer.name}, so its addresses are never learnt` }];
}

/** What holds in every case, or else `depends`. */
function verdictOf(half: Half, { cases }: Ends, denies: readonly Judgement[], allows: readonly Judgement[]): Verdict {
  const verdicts = cases.map(({ free }, index): Verdict => {
    const denied = anyOf(denies, ({ inCases }) => inCases[index]!);
    if (denied === true) return 'denied';
    const allowed = free === true || half.isolated === false || anyOf(allows, ({ inCases }) => inCases[index]!);
    if (allowed === true) return denied === false ? 'allowed' : 'depends';
    return allowed === false && half.isolated === true && free === false ? 'denied' : 'depends';
  });
  if (verdicts.every(verdict => verdict === 'denied')) return 'denied';
  return cases.every(({ counts }, index) => !counts || verdicts[index] === 'allowed') ? 'allowed' : 'depends';
}

interface Judgement {
  readonly rule: Rule;
  /** Whether it is about the connection, request and all. */
  readonly match: Match;
  /** The same for each of those whom the peer may turn out to be. */
  readonly inCases: readonly Match[];
  readonly peer: Match;
  readonly port: boolean;
  /** Of those that have the port, the ones that take the request, or else all. */
  readonly portRules: readonly PortRule[];
}

function judge(rule: Rule, about: Match, half: Half, { peer, destination, cases }: Ends, { protocol, port, request }: Probe): Judgement {
  const peers = cases.map(({ party }) => ruleMatches(rule, party, half));
  const sure = having(rule.ports, ({ ports }) => portsBetween(ports, peer, destination).has(protocol, port));
  const withPort = sure.length > 0 ? sure : having(rule.ports, ({ ports }) => unknownPorts(ports, destination).has(protocol, port));
  const portMatch: Match = sure.length > 0 || unknownPortsIf(withPort);
  const authenticated: Match = rule.authenticated ? 'both ends authenticate' : true;
  const taken = withPort.map(({ l7 }) => l7?.matches(request) ?? true);
  const request7 = anyMatch(taken);
  const good = request7 === false ? [] : withPort.filter((_, index) => taken[index] === request7);
  const others = allMatch(about, allMatch(portMatch, allMatch(request7, authenticated)));
  const [only] = peers;
  const inCases = peers.length === 1 ? [allMatch(others, only!)] : cases.map(({ party }, index) => {
    // Types of ICMP are those of one family.
    const isOfFamily = sure.length === 0 || sure.some(({ ports }) => portsBetween(ports, party, destination).has(protocol, port));
    return isOfFamily && allMatch(others, peers[index]!);
  });
  return {
    rule,
    match: matchInCases(rule, cases, inCases),
    inCases,
    peer: matchInCases(rule, cases, peers),
    port: withPort.length > 0,
    portRules: good.length > 0 ? good : withPort,
  };
}

const NO_PORTS: readonly PortRule[] = [];

/** Most rules have one list of ports, and there are many rules to ask. */
function having(rules: readonly PortRule[], isMeant: (rule: PortRule) => boolean): readonly PortRule[] {
  if (rules.length === 1) return isMeant(rules[0]!) ? rules : NO_PORTS;
  return rules.filter(isMeant);
}

/** The requests that pass, where nothing lets all of them through. */
function limitsOf(judgements: readonly Judgement[], { request }: Probe): string[] {
  const ports = judgements.flatMap(({ portRules }) => portRules);
  if (ports.some(({ l7 }) => l7 === undefined)) return [];
  const isAsked = (text: string) => text.split(' and ')
    .every(part => (part.startsWith('sni ') ? request.sni : request.http ?? request.dns ?? request.kafka) !== undefined);
  return [...new Set(ports.flatMap(({ l7 }) => l7?.texts ?? []))].filter(text => !isAsked(text)).sort();
}

function ruleReason(effect: 'allows' | 'denies', { rule, match, portRules }: Judgement): Reason {
  const { policy, list, index, pointer } = rule;
  const who = peersText(rule);
  const ports = [...new Set(portRules.map(portRule => portsText(portRule.ports)))].join(' or ');
  const requests = portRules.some(({ l7 }) => l7 === undefined) ? [] : portRules.flatMap(({ l7 }) => l7?.texts ?? []);
  const condition = typeof match === 'string' ? match : undefined;
  const limit = requests.length > 0 ? `, only ${requests.join(', ')}` : '';
  return {
    effect,
    text: `${policy.title} ${effect} it${condition === undefined ? '' : ` if ${condition}`}: ${list}[${index}], ${who}, ${ports}${limit}`,
    policy: policy.title,
    pointer,
    list,
    index,
    peer: who,
    ports,
    condition,
    // To find line and column the document is read once more: only for who prints them.
    get source() { return locate(policy.located, pointer); },
  };
}

/** Why the rules that allow something do not allow this, those first that come close. */
function missReasons(judgements: readonly Judgement[]): Reason[] {
  const distance = ({ peer, port }: Judgement) => (peer !== false ? (port ? 0 : 1) : port ? 2 : 3);
  return judgements.filter(({ match }) => match === false).sort((a, b) => distance(a) - distance(b)).slice(0, SHOWN_MISSES).map(missReason);
}

function requiredReason({ policy, peer, about }: Required): Reason {
  const condition = typeof about === 'string' ? ` if ${about}` : '';
  return {
    effect: 'limits',
    text: `${policy.title} asks of every peer that a rule names by a selector${condition}: ${peer.text}`,
    policy: policy.title,
    get source() { return locate(policy.located, '/spec'); },
  };
}

const requestMisses = new WeakMap<Rule, Reason>();
const portMisses = new WeakMap<Rule, Reason>();
const peerMisses = new WeakMap<Rule, Reason>();
const farMisses = new WeakMap<Rule, Reason>();

/** The same for every connection that misses the rule in the same way. */
function missReason({ rule, peer, port, portRules }: Judgement): Reason {
  if (peer === false) {
    return port ? remember(peerMisses, rule, () => miss('misses', rule, `the port matches, the peer does not: only ${peersText(rule)}`))
      : remember(farMisses, rule, () => miss('misses', rule, `only ${peersText(rule)}, ${allPortsText(rule)}`));
  }
  if (!port) return remember(portMisses, rule, () => miss('misses', rule, `the peer matches, the port does not: only ${allPortsText(rule)}`));
  const requests = portRules.flatMap(({ l7 }) => l7?.texts ?? []).join(', ');
  const make = () => miss('limits', rule, `the peer and the port match, the request does not: only ${requests}`);
  return rule.ports.length === 1 ? remember(requestMisses, rule, make) : make();
}

function miss(effect: Reason['effect'], rule: Rule, why: string): Reason {
  const { policy, list, index, pointer } = rule;
  return {
    effect,
    text: `${policy.title} ${list}[${index}] does not allow it: ${why}`,
    policy: policy.title,
    pointer,
    list,
    index,
    peer: peersText(rule),
    ports: allPortsText(rule),
    get source() { return locate(policy.located, pointer); },
  };
}

const peerTexts = new WeakMap<Rule, string>();
const portTexts = new WeakMap<Rule, string>();

function peersText(rule: Rule): string {
  return remember(peerTexts, rule, ({ peers }) => {
    if (peers.length === 0) return 'anybody';
    const others = peers.length > SHOWN_PEERS + 1 ? [`${peers.length - SHOWN_PEERS} others`] : [];
    return [...peers.slice(0, others.length > 0 ? SHOWN_PEERS : undefined).map(({ text }) => text), ...others].join(' or ');
  });
}

function allPortsText(rule: Rule): string {
  return remember(portTexts, rule, ({ ports }) => [...new Set(ports.map(portRule => portsText(portRule.ports)))].join(' or ') || 'no port');
}

const isolations = new WeakMap<Half, Map<string, Reason[]>>();

function isolatingReasons(half: Half, { subject }: Ends): Reason[] {
  const bySubject = remember(isolations, half, () => new Map<string, Reason[]>());
  const title = titleOf(subject);
  const known = bySubject.get(title) ?? isolating(half, title);
  bySubject.set(title, known);
  return known;
}

function isolating({ direction, policies }: Half, title: string): Reason[] {
  return policies.filter(({ policy }) => policy[direction].isolates).map(({ policy, match }) => ({
    effect: 'isolates' as const,
    text: `${policy.title} isolates ${title}${typeof match === 'string' ? ` if ${match}` : ''}: ${direction} is denied unless a rule allows it`,
    policy: policy.title,
    condition: typeof match === 'string' ? match : undefined,
    get source() { return locate(policy.located, '/spec'); },
  }));
}

function notIsolated({ direction }: Half, { subject }: Ends): Reason {
  const whose = subject.type === 'workload' && subject.endpoint.stranger ? ' of this set' : '';
  return { effect: 'free', text: `no policy${whose} isolates ${titleOf(subject)} for ${direction}` };
}

function isOfNode(party: Party): boolean {
  return party.type === 'node' || (party.type === 'entity' && party.entity !== 'world') || (party.type === 'workload' && party.endpoint.hostNetwork);
}

function freeReason({ subject, peer, cases }: Ends): Reason {
  const text = subject.type !== 'workload' ? `${titleOf(subject)} is not subject to policies`
    : subject.endpoint.hostNetwork ? `${titleOf(subject)} is on the host network, which policies pass by`
      : isOfNode(peer) || cases.some(({ party, free }) => free === true && isOfNode(party)) ? `${titleOf(peer)} always reaches the pods of its own node` : 'policies are not enforced in this cluster';
  return { effect: 'free', text };
}
