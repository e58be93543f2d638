import { ADDRESS_OF_NAME, PODS_IN_BLOCK, SOME_ADDRESS } from './address-block';
import { matchOf } from './cases';
import type { EndCase } from './halves';
import type { Match } from './party';
import { UNKNOWN_LABELS } from './read-selector';
import { remember } from './remember';
import { UNKNOWN_PORT_NAMES } from './resolve-ports';
import type { Rule } from './rule';

/** Whether a rule is about a peer, by what it says of each of those whom the peer may be, and else on which of its blocks it depends. */
export function matchInCases(rule: Rule, cases: readonly EndCase[], inCases: readonly Match[]): Match {
  if (inCases.length === 1) return namingBlocks(rule, inCases[0]!);
  // What is denied for some is a condition, be they such as count or not; where a peer is free, no allow is asked.
  const asked = cases.flatMap((one, index) => (
    rule.deny || one.free !== true ? [{ ...one, counts: one.counts || rule.deny, match: inCases[index]! }] : []
  ));
  return namingBlocks(rule, matchOf(asked, asked.map(({ match }) => match)));
}

const NAME_LEADS_TO = 'the name leads to an address in';
const OF_BLOCKS = new Map([
  [SOME_ADDRESS, 'the address is in'],
  [ADDRESS_OF_NAME, NAME_LEADS_TO],
  [PODS_IN_BLOCK, 'the pods have an address in'],
]);

function namingBlocks(rule: Rule, match: Match): Match {
  const head = typeof match === 'string' ? OF_BLOCKS.get(match) : undefined;
  const blocks = head === undefined ? '' : remember(blockTexts, rule, blocksText);
  return blocks === '' ? match : `${head} ${blocks}`;
}

const blockTexts = new WeakMap<Rule, string>();

function blocksText({ peers }: Rule): string {
  return someOf(peers.flatMap(({ blocks = [] }) => blocks.map(({ text }) => text)));
}

/** Whether it depends on the address of a name. */
export function isAddressOfName(condition: string): boolean {
  return condition.startsWith(`${NAME_LEADS_TO} `);
}

const SHOWN = 3;
const HEADS = [UNKNOWN_LABELS, UNKNOWN_PORT_NAMES, ...OF_BLOCKS.values()];

/** Each condition once; of many that differ in what they name only, one that names the first few. */
export function joinConditions(conditions: readonly string[]): string[] {
  const byHead = new Map<string, string[]>();
  for (const condition of new Set(conditions)) {
    const head = HEADS.find(one => condition.startsWith(`${one} `));
    const key = head ?? condition;
    byHead.set(key, [...byHead.get(key) ?? [], head === undefined ? '' : condition.slice(head.length + 1)]);
  }
  return [...byHead].map(([head, named]) => `${head} ${someOf(named)}`.trimEnd());
}

/** The first few of several texts, joined with `or`. */
function someOf(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  const shown = all.length > SHOWN + 1 ? [...all.slice(0, SHOWN), `${all.length - SHOWN} others`] : all;
  return shown.join(' or ');
}
