import { rulesWithAutogen } from './admission/autogen';
import { Call, callOf, Request, scopeOf } from './admission/call';
import { generateRule } from './admission/generate';
import { QueryError } from './admission/jmespath';
import { copy, Dict, items } from './admission/json';
import { ruleApplies } from './admission/match';
import { mutateRule } from './admission/mutate';
import { Outcome } from './admission/outcome';
import { selects } from './admission/selector';
import { messageOf, validateRule } from './admission/validate';
import { atLeast } from './admission/version';
import { wildcard } from './admission/wildcard';

export type { Request, UserInfo } from './admission/call';
export { Unsupported } from './admission/unsupported';
export { webhookProblems } from './admission/webhook-problems';

export interface AdmissionOptions {
  /** @default '1.19' */
  readonly kyvernoVersion?: string;
  /** Namespace objects, for their labels. @default - none */
  readonly namespaces?: any[];
}

export interface Review {
  readonly allowed: boolean;
  /** What blocks the request, as `policy/rule: message`. */
  readonly denied: string[];
  /** What only a report would say: failures of Audit rules, and generate rules that could not be evaluated. */
  readonly warned: string[];
  /** Rules that matched and had nothing to say. */
  readonly skipped: string[];
  /** The object after mutation. */
  readonly object: any;
  /** Objects that Kyverno makes because of the request. */
  readonly generated: any[];
}

type Findings = { -readonly [key in keyof Omit<Review, 'allowed'>]: Review[key] };

/**
 * What Kyverno would say about a request, given its ClusterPolicies. It covers what the constructs emit and throws Unsupported on the
 * rest. Kyverno's own filters (resourceFilters, the webhook's namespaceSelector) are not part of it.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/
 */
export class Admission {
  private readonly policies: Dict[];
  private readonly namespaces: Dict[];
  private readonly version: string;

  public constructor(policies: any[], options: AdmissionOptions = {}) {
    this.policies = copy(policies);
    this.namespaces = options.namespaces ?? [];
    this.version = options.kyvernoVersion ?? '1.19';
    for (const { apiVersion, kind } of this.policies) {
      if (apiVersion !== 'kyverno.io/v1' || kind !== 'ClusterPolicy' || atLeast(this.version, '1.20')) {
        throw new Error(`Admission: ${apiVersion} ${kind} with Kyverno ${this.version}; it reads kyverno.io/v1 ClusterPolicy up to 1.19`);
      }
    }
  }

  public review(request: Request): Review {
    const findings: Findings = { denied: [], warned: [], skipped: [], object: copy(request.object), generated: [] };
    const call = callOf(request, this.namespaces);
    const active = this.policies.filter((policy) => policy.spec.admission !== false);
    if (call.operation !== 'DELETE') {
      active.forEach((policy) => this.mutate(policy, call, findings));
    }
    const mutated: Call = { ...call, subject: call.operation === 'DELETE' ? call.subject : findings.object };
    active.forEach((policy) => this.validate(policy, mutated, findings));
    const allowed = findings.denied.length === 0;
    if (allowed && call.operation !== 'DELETE') {
      active.forEach((policy) => this.generate(policy, mutated, findings));
    }
    return { allowed, ...findings };
  }

  public allows(request: Request): boolean {
    return this.review(request).allowed;
  }

  public denies(request: Request): boolean {
    return !this.allows(request);
  }

  private mutate(policy: Dict, call: Call, findings: Findings): void {
    for (const rule of this.rules(policy, 'mutate')) {
      const now: Call = { ...call, subject: findings.object };
      if (ruleApplies(rule, now)) {
        const { outcome, object } = mutateRule(rule, findings.object, (subject) => scopeOf({ ...call, subject }));
        findings.object = object;
        record(policy, rule, outcome, outcome.why, outcome.status === 'error' && failsClosed(policy), findings);
        if (policy.spec.applyRules === 'One' && outcome.status !== 'skip') {
          return;
        }
      }
    }
  }

  private validate(policy: Dict, call: Call, findings: Findings): void {
    const rules = this.rules(policy, 'validate');
    const enforced = rules.some((rule) => this.enforces(policy, rule, call));
    for (const rule of rules.filter((candidate) => ruleApplies(candidate, call))) {
      const scope = scopeOf(call);
      const enforces = this.enforces(policy, rule, call);
      const outcome = withExisting(rule, call, enforces, validateRule(rule, patternTarget(call), scope));
      // A policy with an Enforce rule is evaluated while the request waits, so an error in any of its rules holds the request up.
      const blocks = outcome.status === 'error' ? enforced && failsClosed(policy) : enforces;
      record(policy, rule, outcome, outcome.status === 'fail' ? messageOf(rule, scope, outcome.why) : outcome.why, blocks, findings);
      if (policy.spec.applyRules === 'One' && outcome.status !== 'skip') {
        return;
      }
    }
  }

  private generate(policy: Dict, call: Call, findings: Findings): void {
    for (const rule of items(policy.spec.rules).filter((candidate) => candidate.generate !== undefined && ruleApplies(candidate, call))) {
      try {
        findings.generated.push(...generateRule(policy.metadata.name, rule, call, scopeOf(call)));
      } catch (error) {
        if (!(error instanceof QueryError)) {
          throw error;
        }
        findings.warned.push(`${policy.metadata.name}/${rule.name}: error: ${error.message}`);
      }
    }
  }

  private rules(policy: Dict, type: 'mutate' | 'validate'): Dict[] {
    return rulesWithAutogen(policy, this.version).filter((rule) => rule[type] !== undefined);
  }

  private enforces(policy: Dict, rule: Dict, call: Call): boolean {
    // Up to 1.18 the first rule that has an action decides for the whole policy.
    const deciding = atLeast(this.version, '1.19')
      ? rule
      : items(policy.spec.rules).find(({ validate }) => validate?.failureAction ?? validate?.failureActionOverrides) ?? rule;
    const { failureAction, failureActionOverrides } = deciding.validate;
    const { validationFailureAction = 'Audit', validationFailureActionOverrides } = policy.spec;
    const action = overriding(failureActionOverrides, call) ?? failureAction
      ?? overriding(validationFailureActionOverrides, call) ?? validationFailureAction;
    return `${action}`.toLowerCase() === 'enforce';
  }
}

function overriding(overrides: unknown, call: Call): string | undefined {
  const namespace: string = call.subject.metadata?.namespace ?? '';
  return items(overrides).find(({ namespaces, namespaceSelector }) => (
    (namespaces === undefined || items(namespaces).some((pattern) => wildcard(pattern, namespace)))
    && (namespaceSelector === undefined || selects(namespaceSelector, call.namespaceLabels ?? {}))
  ))?.action;
}

function failsClosed({ spec }: Dict): boolean {
  return (spec.webhookConfiguration?.failurePolicy ?? spec.failurePolicy ?? 'Fail') === 'Fail';
}

function patternTarget(call: Call): Dict | undefined {
  return call.operation === 'DELETE' ? undefined : call.subject;
}

/** An update of an object that broke the rule before is let through, unless the rule says otherwise. */
function withExisting(rule: Dict, call: Call, enforces: boolean, outcome: Outcome): Outcome {
  const tolerant = call.operation === 'UPDATE' && enforces && rule.validate.allowExistingViolations !== false;
  if (outcome.status !== 'fail' || !tolerant || !call.oldObject) {
    return outcome;
  }
  const before: Call = { ...call, operation: 'CREATE', subject: call.oldObject, oldObject: undefined };
  return ruleApplies(rule, before) && validateRule(rule, before.subject, scopeOf(before)).status === 'fail'
    ? { status: 'skip', why: 'the object broke the rule before the update' }
    : outcome;
}

function record(policy: Dict, rule: Dict, outcome: Outcome, why: string, blocks: boolean, findings: Findings): void {
  const where = `${policy.metadata.name}/${rule.name}`;
  if (outcome.status === 'skip') {
    findings.skipped.push(`${where}: ${why}`);
  } else if (outcome.status !== 'pass') {
    (blocks ? findings.denied : findings.warned).push(`${where}: ${outcome.status === 'error' ? `error: ${why}` : why}`);
  }
}
