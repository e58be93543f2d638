import { compileQuery, NotFound } from './jmespath';
import { copy, Dict, isDict } from './json';
import { Unsupported } from './unsupported';

/** A variable, innermost first where variables nest; a backslash in front makes it plain text. */
const VARIABLE = /(?<!\\)\{\{(?:\{[^{}]*\}|[^{}])*\}\}/;
const REFERENCE = /(?:^|[^\\])\$\(.[^ ]*\)/;
const USER = /\brequest\.(userInfo|roles|clusterRoles)\b|\bserviceAccount(Name|Namespace)\b/;

/**
 * What variables resolve to while a rule runs.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/variables/
 */
export class Scope {
  public constructor(private readonly values: Dict) {}

  public with(values: Dict): Scope {
    return new Scope({ ...this.values, ...values });
  }

  /** Evaluates a query. Throws QueryError where Kyverno would report a rule error. */
  public query(expression: string): unknown {
    // On DELETE there is no new object, and Kyverno rewrites every query to read the old one.
    const deleting = this.values.request?.operation === 'DELETE';
    const query = deleting ? expression.replaceAll('request.object', 'request.oldObject') : expression;
    if (/\bimages\b/.test(query)) {
      throw new Unsupported(`the images variable ('${expression}')`);
    }
    if (USER.test(query) && this.values.request?.userInfo === undefined) {
      throw new Unsupported(`'${expression}' in a request without userInfo: say in the test who asks`);
    }
    return compileQuery(query)(this.values) ?? null;
  }

  /** Replaces the variables in every key and text of a document. A text that is nothing but a variable takes the variable's type. */
  public substitute(document: unknown): any {
    if (typeof document === 'string') {
      return this.substituteText(document);
    }
    if (Array.isArray(document)) {
      return document.map((item) => this.substitute(item));
    }
    return isDict(document)
      ? Object.fromEntries(Object.entries(document).map(([key, value]) => [this.substitute(key), this.substitute(value)]))
      : document;
  }

  /** The scope of a rule with its own context entries. Kyverno loads them when they are first used, so a missing value is no error here. */
  public withContext(entries: Dict[]): Scope {
    return entries.reduce<Scope>((scope, entry) => scope.withEntry(entry), this);
  }

  private withEntry(entry: Dict): Scope {
    if (!isDict(entry.variable)) {
      throw new Unsupported(`the context entry '${entry.name}': it is read from the cluster`);
    }
    const { value, jmesPath, default: fallback } = entry.variable;
    try {
      const root = value === undefined ? this : new Scope(this.substitute(copy(value)));
      const found = jmesPath === undefined ? this.substitute(copy(value)) : root.query(jmesPath);
      return this.with({ [entry.name]: found ?? this.substitute(copy(fallback)) ?? null });
    } catch (error) {
      if (!(error instanceof NotFound)) {
        throw error;
      }
      return fallback === undefined ? this : this.with({ [entry.name]: this.substitute(copy(fallback)) });
    }
  }

  private substituteText(text: string): unknown {
    if (REFERENCE.test(text)) {
      throw new Unsupported(`references to other parts of the policy ('${text}')`);
    }
    let result = text;
    for (let match = VARIABLE.exec(result); match; match = VARIABLE.exec(result)) {
      const variable = match[0];
      const value = this.query(variable.slice(2, -2).replace(/^-/, '').trim());
      if (variable === result) {
        return copy(value);
      }
      result = result.replace(variable, () => (typeof value === 'string' ? value : JSON.stringify(value)));
    }
    return result.replaceAll('\\{{', '{{');
  }
}
