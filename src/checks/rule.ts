import type { CheckContext } from './check-context';
import type { Located, Severity } from './finding';

/** What a rule reports: the place, and what was found there. The rest is the same for every finding of the rule. */
export interface Hit {
  readonly object: Located;
  /** JSON pointer to the place in the object; empty, or left out, for the object as a whole. */
  readonly pointer?: string;
  /** What was found, with the value, as a clause without a full stop. */
  readonly found: string;
  /** How to mend this one, where it can be said better than for the rule. */
  readonly mend?: string;
}

/** What every rule says of itself. `docs/rules.md` is made from it. */
interface RuleText {
  /** `<area>/<PascalCaseName>`; the rule lies in `src/checks/<area>/<kebab-case-name>.ts`. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, in a line. */
  readonly what: string;
  /** Why that matters. */
  readonly why: string;
  /** How to mend it, as a sentence. */
  readonly mend: string;
  /** The upstream page that says so. */
  readonly link: string;
  /** YAML in which the rule finds something. */
  readonly bad: string;
  /** YAML, close to the bad one, in which it finds nothing. */
  readonly good: string;
}

/** Takes what is found. Rules are asked hundreds of times for every time they find something, and an iterator for nothing is not free. */
export type Report = (hit: Hit) => void;

/** A rule that looks at one object at a time. */
export interface ObjectRule extends RuleText {
  /** The kinds that it looks at; all where they are left out. */
  readonly kinds?: readonly string[];
  checkObject(object: Located, report: Report, context: CheckContext): void;
}

/** A rule that looks at the objects of a cluster together. */
export interface SetRule extends RuleText {
  checkSet(context: CheckContext): Iterable<Hit>;
}

export type Rule = ObjectRule | SetRule;
