import { parseKind } from '../../values/kyverno-kind';
import { wildcardMatches } from '../../values/kyverno-wildcard';
import { selectorMatches } from '../../values/selector';
import type { CheckContext } from '../check-context';
import { namespacesOf } from '../kubernetes/namespaces';
import { readSelector } from '../kubernetes/read-selector';
import { plainText } from '../kubernetes/text';
import { asList, asObject } from '../read';

type Fields = Record<string, unknown>;

/** Yes, no, or nothing where the set does not tell. */
type Verdict = boolean | undefined;

interface Namespace {
  readonly name: string;
  /** Nothing where the Namespace is not in the set. */
  readonly labels?: Record<string, string>;
}

const answers = new WeakMap<CheckContext, WeakMap<Fields, Map<string, Verdict>>>();

/** Whether a rule of Kyverno is about a Namespace when it is created or changed. Worked out once for each. */
export function isTriggeredBy(context: CheckContext, rule: Fields, name: string): Verdict {
  let rules = answers.get(context);
  if (!rules) answers.set(context, rules = new WeakMap());
  let known = rules.get(rule);
  if (!known) rules.set(rule, known = new Map());
  if (!known.has(name)) known.set(name, triggers(rule, { name, labels: namespacesOf(context).get(name)?.labels }));
  return known.get(name);
}

function triggers({ match, exclude, preconditions, celPreconditions }: Fields, namespace: Namespace): Verdict {
  const conditions = preconditions === undefined && celPreconditions === undefined ? true : undefined;
  const left = inBlock(exclude, namespace, true);
  return every([inBlock(match, namespace, false), left === undefined ? undefined : !left, conditions]);
}

function inBlock(block: unknown, namespace: Namespace, isExclude: boolean): Verdict {
  const { any, all, ...plain } = asObject(block) ?? {};
  const inEach = (list: unknown) => asList(list).map(filter => inFilter(asObject(filter) ?? {}, namespace, isExclude));
  if (asList(all).length > 0) return every(inEach(all));
  return some(asList(any).length > 0 ? inEach(any) : Object.keys(plain).length > 0 ? inEach([plain]) : []);
}

function inFilter({ resources, ...others }: Fields, { name, labels }: Namespace, isExclude: boolean): Verdict {
  const { kinds, names, name: single, namespaces, selector, operations, ...more } = asObject(resources) ?? {};
  const isAnyKind = isExclude && asList(kinds).length === 0;
  return every([
    isAnyKind || some(asList(kinds).map(isNamespace)),
    inList(single === undefined ? names : [single], text => wildcardMatches(text, name)),
    // Of a Namespace, its own name.
    inList(namespaces, text => wildcardMatches(text, name)),
    inList(operations, text => text === 'CREATE' || text === 'UPDATE'),
    selected(selector, labels),
    // A namespaceSelector never matches what lies in no namespace.
    more.namespaceSelector === undefined ? true : false,
    // Who asks, and which annotations there are, only the cluster knows.
    [...Object.keys(others), ...Object.keys(more)].every(field => field === 'namespaceSelector') ? true : undefined,
  ]);
}

function isNamespace(text: unknown): Verdict {
  const kind = plainText(text);
  if (kind === undefined) return undefined;
  const parsed = parseKind(kind);
  return parsed !== undefined && parsed.subresource === undefined
    && ['', '*'].includes(parsed.group) && wildcardMatches(parsed.kind, 'Namespace');
}

/** Whether one of a list fits; a list that is left out asks for nothing. */
function inList(list: unknown, fits: (text: string) => boolean): Verdict {
  const entries = asList(list).map(plainText);
  return entries.length === 0 || some(entries.map(text => (text === undefined ? undefined : fits(text))));
}

function selected(selector: unknown, labels: Record<string, string> | undefined): Verdict {
  if (selector === undefined) return true;
  const wanted = readSelector(selector);
  // Kyverno takes wildcards in keys and values, which Kubernetes does not.
  if (!wanted || !labels || Object.entries(wanted.matchLabels ?? {}).some(pair => /[*?]/.test(pair.join()))) return undefined;
  return selectorMatches(wanted, labels);
}

function every(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
}

function some(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
}
