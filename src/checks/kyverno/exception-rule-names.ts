import { word } from '../../manifests/word';
import { wildcardMatches } from '../../values/kyverno-wildcard';
import type { CheckContext } from '../check-context';
import { asList, asObject, asString, isKind } from '../read';
import type { SetRule } from '../rule';
import { CONTROLLERS } from './autogen';
import { below, type Fields, jsonOf } from './fields';
import { POLICY_KINDS, type Policy, policyIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const POLICY = clusterPolicy(validateRule('pattern: { metadata: { labels: { team: "?*" } } }', 'Pod'));

export const exceptionRuleNames: SetRule = {
  id: 'kyverno/ExceptionRuleNames',
  severity: 'warning',
  what: 'An exception names a rule that its policy does not have, or forgets the rules that Kyverno makes for controllers.',
  why: 'An exception holds for the rules that it names: for a Deployment that is `autogen-` and the name, for a CronJob `autogen-cronjob-` and the name.',
  mend: 'Name the rules as the policy does, and those with `autogen-` before it for controllers; `*` takes all of them.',
  link: 'https://kyverno.io/docs/exceptions/',
  bad: sample('[sample]'),
  good: sample('[sample, autogen-sample]'),
  *checkSet(context) {
    const policies = policiesByName(context);
    for (const object of context.ofKind('PolicyException').filter(located => isKind(located, 'kyverno.io', 'PolicyException'))) {
      const spec = asObject(object.object.spec) ?? {};
      const forControllers = jsonOf(spec.match) ?? '';
      const controller = CONTROLLERS.find(kind => forControllers.includes(`${kind}"`));
      for (const [index, item] of asList(spec.exceptions).entries()) {
        const policy = policies.get(asString(asObject(item)?.policyName) ?? '');
        const found = policy && problemOf(policy, asObject(item) ?? {}, controller);
        if (found) yield { object, pointer: below('/spec/exceptions', index, 'ruleNames'), found };
      }
    }
  },
};

function policiesByName(context: CheckContext): Map<string, Policy> {
  const policies = new Map<string, Policy>();
  for (const object of context.ofKind(...POLICY_KINDS)) {
    const policy = policyIn(object);
    const metadata = asObject(object.object.metadata) ?? {};
    const name = object.object.kind === 'Policy' ? `${word(metadata.namespace)}/${word(metadata.name)}` : word(metadata.name);
    if (policy) policies.set(name, policy);
  }
  return policies;
}

function problemOf({ rules }: Policy, exception: Fields, controller: string | undefined): string | undefined {
  const names = asList(exception.ruleNames).filter(name => typeof name === 'string');
  const plain = (name: string): string => name.replace(/^autogen-(cronjob-)?/, '');
  // A name that Kyverno had to cut is not judged.
  const lost = names.find(name => name.length < 63
    && !rules.some(rule => wildcardMatches(name, rule.name) || wildcardMatches(plain(name), rule.name)));
  if (lost !== undefined) return `${lost}, which is no rule of ${word(exception.policyName)}`;
  const isForPods = rules.some(rule => names.includes(rule.name) && rule.kinds.length === 1 && rule.kinds[0] === 'Pod');
  const hasAutogen = names.some(name => name.startsWith('autogen-') || name.includes('*'));
  return controller && isForPods && !hasAutogen ? `a ${controller}, and no rule with autogen-` : undefined;
}

function sample(ruleNames: string): string {
  return `${POLICY}---
apiVersion: kyverno.io/v2
kind: PolicyException
metadata: { name: legacy, namespace: shop }
spec:
  exceptions: [{ policyName: sample, ruleNames: ${ruleNames} }]
  match: { any: [{ resources: { kinds: [Pod, Deployment], namespaces: [shop], names: ["legacy*"] } }] }
`;
}
