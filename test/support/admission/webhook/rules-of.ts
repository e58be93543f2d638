import { Dict, isDict, items } from '../json';

export function rulesOf(policy: Dict): Dict[] {
  return items(policy.spec?.rules);
}

/** Collects problems of each rule, with the rule's name in front. */
export function eachRule(policy: Dict, problems: (rule: Dict) => string[]): string[] {
  return rulesOf(policy).flatMap((rule) => problems(rule).map((problem) => `rule ${rule.name}: ${problem}`));
}

/** A match or exclude block and its filters, each with the place where it stands. */
export function filtersOf(rule: Dict): { place: 'match' | 'exclude'; filter: Dict }[] {
  return (['match', 'exclude'] as const).filter((place) => isDict(rule[place])).flatMap((place) => (
    [rule[place], ...items(rule[place].any), ...items(rule[place].all)].map((filter) => ({ place, filter }))
  ));
}

/** The problem if it is one. */
export function when(condition: boolean, problem: string): string[] {
  return condition ? [problem] : [];
}

export function runsInBackground({ spec }: Dict): boolean {
  return spec.background !== false;
}

/** How many of these keys a map has. */
export function present(map: unknown, keys: string[]): string[] {
  return isDict(map) ? keys.filter((key) => map[key] !== undefined && map[key] !== null) : [];
}
