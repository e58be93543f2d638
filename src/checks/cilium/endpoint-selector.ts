import { type Fields, type RuleReading } from './read-policy';
import { asText } from './values';
import { isTemplate } from '../kubernetes/text';
import { asList, asObject, asString } from '../read';

const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels';

/** What a selector says about pods, as far as it names labels and namespaces outright. */
export interface EndpointSelector {
  /** Names of namespaces of which one is meant; `undefined` where the selector does not say by name. */
  readonly namespaces?: readonly string[];
  /** Whether anything is said about the namespace, by name or by its labels. */
  readonly saysNamespace: boolean;
  readonly labels: ReadonlyMap<string, string>;
  /** Whether there are requirements beyond `labels` and `namespaces`. */
  readonly hasExpressions: boolean;
  /** Whether it is about `reserved:` identities. */
  readonly reserved: boolean;
}

const ANY: EndpointSelector = { saysNamespace: false, labels: new Map(), hasExpressions: false, reserved: false };

const parsed = new WeakMap<object, EndpointSelector>();

/** Parsed once for each selector object. */
export function endpointSelector(value: unknown): EndpointSelector {
  const fields = asObject(value);
  if (!fields) return ANY;
  let selector = parsed.get(fields);
  if (!selector) {
    selector = parse(fields);
    parsed.set(fields, selector);
  }
  return selector;
}

/** The pods that a rule is for, or `undefined` for a rule about nodes. */
export function subjectOf(rule: RuleReading): EndpointSelector | undefined {
  return asObject(rule.fields.endpointSelector) && endpointSelector(rule.fields.endpointSelector);
}

/** Whether a selector is there and requires nothing. */
export function selectsEverything(value: unknown): boolean {
  const fields = asObject(value);
  return fields !== undefined && selectorKeys(fields).length === 0;
}

/** Every key that a selector names, with its value where it is a `matchLabels` entry. */
export function selectorKeys(selector: Fields): string[] {
  return [
    ...Object.keys(asObject(selector.matchLabels) ?? {}),
    ...asList(selector.matchExpressions).flatMap(entry => asString(asObject(entry)?.key) ?? []),
  ];
}

/** A key without the source that Cilium lets people write before it. */
export function withoutSource(key: string): string {
  return key.startsWith('k8s:') || key.startsWith('any:') ? key.slice(4) : key;
}

/** Whether every pod that the narrow selector picks is picked by the wide one too, as far as labels tell. */
export function coversLabels(wide: EndpointSelector, narrow: EndpointSelector): boolean {
  if (wide.hasExpressions) return false;
  for (const [key, value] of wide.labels) if (narrow.labels.get(key) !== value) return false;
  return true;
}

function parse(selector: Fields): EndpointSelector {
  const labels = new Map<string, string>();
  let namespaces: readonly string[] | undefined;
  let hasExpressions = false;
  for (const [key, value] of Object.entries(asObject(selector.matchLabels) ?? {})) {
    const bare = withoutSource(key);
    if (bare === POD_NAMESPACE) namespaces = names([value]);
    else labels.set(bare, asText(value));
  }
  for (const entry of asList(selector.matchExpressions)) {
    const { key, operator, values } = asObject(entry) ?? {};
    if (withoutSource(asString(key) ?? '') === POD_NAMESPACE && operator === 'In') namespaces ??= names(asList(values));
    else hasExpressions = true;
  }
  const keys = selectorKeys(selector).map(withoutSource);
  return {
    namespaces,
    saysNamespace: keys.some(key => key === POD_NAMESPACE || key.startsWith(NAMESPACE_LABEL)),
    labels,
    hasExpressions,
    reserved: keys.some(key => key.startsWith('reserved:')),
  };
}

function names(values: readonly unknown[]): string[] | undefined {
  const texts = values.flatMap(value => asString(value) ?? []);
  return texts.length === 0 || texts.some(isTemplate) ? undefined : texts;
}
