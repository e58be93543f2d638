import { POLICY_ENFORCEMENT_MODES } from './cni-of';
import type { PlatformFacts } from './platform-facts';
import { insistPodTemplates } from './pod-templates';
import { isTargetObject } from './target-object';
import { cidrProblem } from '../values/cidr';
import { insist, refuse } from '../values/guardrails-error';
import { hostProblem } from '../values/http';
import { dnsLabelProblem } from '../values/names';
import { portNumberProblem } from '../values/ports';
import { type Problem, problem } from '../values/problem';

type ObjectReader = (at: string, what: string, value: unknown) => asserts value is object;

type Reader = (at: string, what: string, value: unknown) => void;

const FLAG: Reader = (at, what, value) => {
  if (typeof value !== 'boolean') refuse(at, what, problem(value, 'true or false', 'Write it without quotes.'));
};

// Whether a version is one that is known is asked where the target is made.
const VERSION: Reader = (at, what, value) => {
  if (typeof value === 'string') return;
  refuse(at, what, problem(value, 'a version in quotes, such as \'1.18\'', 'Quote it: YAML reads 1.20 as the number 1.2.'));
};

const CIDRS = list(cidrProblem);

const CILIUM: ObjectReader = object({
  version: VERSION,
  nodeSelectors: FLAG,
  mutualAuthentication: FLAG,
  sctp: FLAG,
  hostFirewall: FLAG,
  normalizedPaths: FLAG,
  cidrMatchesNodes: FLAG,
  cidrMatchesPods: FLAG,
  policyEnforcementMode: text(mode => (
    POLICY_ENFORCEMENT_MODES.includes(mode) ? undefined : problem(mode, POLICY_ENFORCEMENT_MODES.join(', '), 'Write what the agents are told.')
  )),
});

const FACTS: ObjectReader = object({
  kubernetes: VERSION,
  kyverno: VERSION,
  flux: VERSION,
  cni: textOr(object({ name: text(() => undefined), enforcesNetworkPolicy: FLAG }, ['name', 'enforcesNetworkPolicy'])),
  cilium: (at, what, value) => (typeof value === 'object' ? CILIUM : VERSION)(at, what, value),
  clusterName: text(name => dnsLabelProblem(name, 32)),
  clusterDomain: text(hostProblem),
  searchDomains: list(hostProblem),
  podCidrs: CIDRS,
  serviceCidrs: CIDRS,
  nodeCidrs: CIDRS,
  apiServer: object({ cidrs: CIDRS, port: (at, what, value) => insist(at, what, portNumberProblem(value as number)), tunnelled: FLAG }),
  podTemplates: (at, what, value) => insistPodTemplates(at, what, value),
  systemNamespaces: list(dnsLabelProblem),
  fluxLockdown: FLAG,
});

/**
 * The facts in the data of a target file.
 *
 * @param file the file's name, for messages
 * @throws GuardrailsError for a key that is not known, and for a value of the wrong form
 */
export function readPlatformFacts(data: unknown, file: string): PlatformFacts {
  const facts = isTargetObject(data) ? data.spec : data;
  if (facts === null || facts === undefined) return {};
  FACTS(file, 'the file', facts);
  return facts;
}

function object(fields: Record<string, Reader>, required: readonly string[] = []): ObjectReader {
  return (at, what, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return refuse(at, what, problem(value, `a mapping of ${Object.keys(fields).join(', ')}`, 'Write it as `key: value` lines.'));
    }
    for (const [key, part] of Object.entries(value)) {
      const reader = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (!reader) return refuse(at, key, problem(key, Object.keys(fields).join(', '), 'Take the key out, or mend its spelling.'));
      reader(at, key, part);
    }
    const missing = required.find(key => !Object.hasOwn(value, key));
    if (missing !== undefined) refuse(at, what, problem(value, `a mapping with ${required.join(' and ')}`, `Add ${missing}.`));
  };
}

function text(check: (text: string) => Problem | undefined): Reader {
  return (at, what, value) => {
    if (typeof value !== 'string') return refuse(at, what, problem(value, 'text', 'Put it in quotes.'));
    insist(at, what, check(value));
  };
}

function textOr(other: Reader): Reader {
  return (at, what, value) => typeof value === 'string' ? undefined : other(at, what, value);
}

function list(check: (text: string) => Problem | undefined): Reader {
  const item = text(check);
  return (at, what, value) => {
    if (!Array.isArray(value)) return refuse(at, what, problem(value, 'a list', 'Write it as `- item` lines.'));
    value.forEach(entry => item(at, what, entry));
  };
}
