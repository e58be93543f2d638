import { acknowledge, type AcknowledgeOptions } from './acknowledge';
import { ACKNOWLEDGEMENT_PROBLEMS } from './acknowledgement-problems';
import { check } from './check';
import type { Finding, Located, Severity } from './finding';
import type { FindingText } from './finding-text';
import type { Rule } from './rule';
import { RULE_FAILED } from './rule-failed';
import { RULES } from './rules';
import { READING_PROBLEMS } from '../manifests/reading-problems';
import type { Target } from '../target/target';

/** How the findings of a target are told. */
export interface ReviewOptions {
  /** Ids of rules that are left out. */
  readonly ignore?: readonly string[];
  /** Severities that differ from the rules' own, by id. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Acknowledgements by the path of the construct that gives them. */
  readonly constructs?: AcknowledgeOptions['constructs'];
  /** The day that acknowledgements are held against, as `2027-01-31`; today when left out. */
  readonly today?: string;
  /** The rules; all of them when left out. */
  readonly rules?: readonly Rule[];
}

/** What is said of every id that a finding can have, apart from the ones of single findings. */
export function findingTexts(rules: readonly Rule[] = RULES): FindingText[] {
  return [...rules, ...Object.values(READING_PROBLEMS), ...Object.values(ACKNOWLEDGEMENT_PROBLEMS), RULE_FAILED];
}

/** What is left to tell, and what is known. */
export interface Review {
  readonly findings: Finding[];
  readonly acknowledged: Finding[];
}

/** Checks the objects of one cluster, without what is acknowledged or ignored. Findings come in the order of the objects. */
export function review(objects: readonly Located[], target: Target, options: ReviewOptions = {}): Review {
  const { ignore = [], severities = {}, constructs, today = new Date().toISOString().slice(0, 10), rules = RULES } = options;
  const ids = new Set(findingTexts(rules).map(({ id }) => id));
  const kept = rules.filter(({ id }) => !ignore.includes(id));
  const { findings, acknowledged, problems } = acknowledge(check(objects, target, kept), objects, { ids, constructs, today });
  const told = problems.filter(({ id }) => !ignore.includes(id));
  return {
    findings: (told.length === 0 ? findings : inOrder([...findings, ...told], objects)).map(finding => withSeverity(finding, severities)),
    acknowledged,
  };
}

function withSeverity(finding: Finding, severities: Readonly<Record<string, Severity>>): Finding {
  const severity = Object.hasOwn(severities, finding.id) ? severities[finding.id] : undefined;
  return severity === undefined ? finding : { ...finding, severity };
}

/** A finding about a construct, which is about no object, comes last. */
function inOrder(findings: Finding[], objects: readonly Located[]): Finding[] {
  const position = new Map(objects.map((located, index) => [located, index]));
  const positionOf = ({ object }: Finding) => position.get(object) ?? objects.length;
  return findings.sort((a, b) => positionOf(a) - positionOf(b));
}
