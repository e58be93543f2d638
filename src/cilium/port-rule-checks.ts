import type { IConstruct } from 'constructs';
import type { CiliumPortRule } from './cilium-port-rule';
import { EnvoyConfigKind } from './envoy-listener';
import type { KafkaRule } from './kafka-rule';
import type { PolicyContext } from './render-policy';
import { secretProblem } from './secret-problem';
import type { Direction } from '../network/rule-checks';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { KAFKA_RULES, MULTI_LEVEL_DNS_WILDCARD, NODE_POLICY_DNS_RULES, SNI_WILDCARDS } from '../target/cilium-features';
import { insist, refuse } from '../values/guardrails-error';
import { dnsSubdomainProblem } from '../values/names';
import { problem } from '../values/problem';

/**
 * What the agent refuses about ports and what may be said on them. It drops the whole policy for any of these, with no word to
 * kubectl.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/
 */
export function checkPortRule(construct: IConstruct, direction: Direction, rule: CiliumPortRule, context: PolicyContext): void {
  const at = where(construct);
  if (rule.ports.length === 0) {
    refuse(at, 'ports', { given: 'an empty list', allowed: 'at least one port', mend: 'Leave the entry out, or write Port.all() if every port is meant.' });
  }
  const kinds = (['http', 'dns', 'kafka'] as const).filter(kind => rule[kind] !== undefined);
  if (kinds.length > 1) {
    refuse(at, 'rules', { given: kinds.join(' and '), allowed: 'one of http, dns and kafka for the same ports', mend: 'Write a rule for each, on ports of its own.' });
  }
  const [kind] = kinds;
  if (kind !== undefined) {
    if (rule[kind]!.length === 0) {
      refuse(at, kind, { given: 'an empty list', allowed: 'at least one rule', mend: 'Cilium reads an empty list as everything; leave the field out if that is meant.' });
    }
    checkL7Ports(at, kind, rule);
    checkL7Place(construct, direction, kind, context);
  }
  if (rule.http) checkHttp(construct, rule);
  if (rule.dns) checkDns(construct, rule);
  if (rule.kafka) rule.kafka.forEach(kafka => checkKafka(construct, kafka));
  checkServerNames(construct, rule, kind !== undefined);
  checkTls(at, rule);
  checkListener(at, direction, rule, kind !== undefined, context);
}

function checkL7Ports(at: string, kind: 'http' | 'dns' | 'kafka', { ports }: CiliumPortRule): void {
  for (const port of ports) {
    const spec = port._portSpec;
    const protocol = 'protocol' in spec ? spec.protocol : undefined;
    if (spec.kind === 'all' || spec.kind === 'protocol') {
      refuse(at, 'ports', problem(port.toString(), `single ports under ${kind} rules`, `Name the port that speaks ${kind}.`));
    }
    if (kind !== 'dns' && protocol !== 'TCP') {
      refuse(at, 'ports', problem(port.toString(), `TCP ports under ${kind} rules`, 'Allow the other ports in a rule of their own.'));
    }
    if (kind === 'dns' && spec.kind === 'number' && spec.endPort !== undefined) {
      refuse(at, 'ports', problem(port.toString(), 'single ports under DNS rules', 'List the ports, which are mostly UDP and TCP 53.'));
    }
  }
}

function checkL7Place(construct: IConstruct, direction: Direction, kind: 'http' | 'dns' | 'kafka', { scope }: PolicyContext): void {
  const at = where(construct);
  if (kind === 'dns' && direction === 'ingress') {
    refuse(at, 'dns', { given: 'DNS rules on ingress', allowed: 'DNS rules on egress', mend: 'Write them for the pods that ask, not for the resolver.' });
  }
  if (scope === 'nodes') {
    if (kind !== 'dns') {
      refuse(at, kind, { given: `${kind} rules in a policy for nodes`, allowed: 'ports without them', mend: 'Write them in a policy for the pods.' });
    }
    Platform.of(construct)._requireCiliumFeature(construct, NODE_POLICY_DNS_RULES);
  }
}

function checkHttp(construct: IConstruct, { http }: CiliumPortRule): void {
  const path = http!.find(rule => rule._path?._needsNormalizedPaths)?._path;
  if (path && !Platform.of(construct).cni._cilium.normalizedPaths) {
    refuse(where(construct), 'path', problem(
      path.expression,
      'paths without a prefix, since the platform says that Cilium does not normalise paths',
      'With dot segments in it a request leaves the prefix: turn on http-normalize-path, or list the paths with HttpPath.exact.',
    ));
  }
}

function checkDns(construct: IConstruct, { dns }: CiliumPortRule): void {
  if (dns!.some(rule => rule._value.startsWith('**.'))) {
    Platform.of(construct)._requireCiliumFeature(construct, MULTI_LEVEL_DNS_WILDCARD);
  }
}

function checkKafka(construct: IConstruct, { role, apiKey, apiVersion, topic }: KafkaRule): void {
  const at = where(construct);
  Platform.of(construct)._requireCiliumFeature(construct, KAFKA_RULES);
  if (role !== undefined && apiKey !== undefined) {
    refuse(at, 'kafka', { given: 'role and apiKey', allowed: 'one of them', mend: 'A role covers the requests that it takes; keep it.' });
  }
  if (apiVersion !== undefined && !/^\d+$/.test(apiVersion)) {
    refuse(at, 'kafka apiVersion', problem(apiVersion, 'a number', 'Write it as digits, such as \'1\'.'));
  }
  if (topic !== undefined && !/^[a-zA-Z0-9._-]{1,255}$/.test(topic)) {
    refuse(at, 'kafka topic', problem(topic, '1 to 255 letters, digits, dots, underscores and hyphens', 'Name one topic; there are no wildcards.'));
  }
}

function checkServerNames(construct: IConstruct, { serverNames, terminatingTls }: CiliumPortRule, hasL7: boolean): void {
  if (serverNames === undefined) return;
  const at = where(construct);
  if (serverNames.length === 0) {
    refuse(at, 'serverNames', { given: 'an empty list', allowed: 'at least one name', mend: 'Leave the field out if any name is meant.' });
  }
  for (const name of serverNames) {
    if (name.length > 255 || !/^(\*\*?\.)?[-a-zA-Z0-9_]+(\.[-a-zA-Z0-9_]+)*\.?$/.test(name)) {
      refuse(at, 'serverNames', problem(name, 'a host name, with at most a leading `*.` or `**.`', 'Write each name in full.'));
    }
    if (name.startsWith('*')) Platform.of(construct)._requireCiliumFeature(construct, SNI_WILDCARDS);
  }
  if (hasL7 && terminatingTls === undefined) {
    refuse(at, 'serverNames', {
      given: 'server names beside L7 rules, without terminatingTls',
      allowed: 'one of them, or both with terminatingTls',
      mend: 'What is said inside TLS can only be read where it is terminated.',
    });
  }
}

function checkTls(at: string, { serverNames, terminatingTls, originatingTls, ports }: CiliumPortRule): void {
  for (const [what, context] of Object.entries({ terminatingTls, originatingTls })) {
    if (context) insist(at, `${what} secret`, secretProblem(context.secret));
  }
  const [what] = [serverNames && 'server names', terminatingTls && 'terminatingTls', originatingTls && 'originatingTls'].filter(Boolean);
  const other = ports.find(port => !('protocol' in port._portSpec) || port._portSpec.protocol !== 'TCP' || port._portSpec.kind === 'protocol');
  if (what && other) refuse(at, 'ports', problem(other.toString(), `single TCP ports under ${what}`, 'Allow the other ports in a rule of their own.'));
}

function checkListener(at: string, direction: Direction, rule: CiliumPortRule, hasL7: boolean, { scope }: PolicyContext): void {
  if (!rule.listener) return;
  if (direction === 'ingress') {
    refuse(at, 'listener', { given: 'a listener on ingress', allowed: 'a listener on egress', mend: 'Write it for the pods that connect.' });
  }
  if (hasL7) {
    refuse(at, 'listener', { given: 'a listener beside L7 rules', allowed: 'one of them', mend: 'Let the listener decide, or drop it.' });
  }
  if (scope !== 'namespace' && rule.listener.kind === EnvoyConfigKind.CILIUM_ENVOY_CONFIG) {
    refuse(at, 'listener', { given: 'a CiliumEnvoyConfig', allowed: 'a CiliumClusterwideEnvoyConfig in a cluster-wide policy', mend: 'Leave `kind` out.' });
  }
  if (rule.ports.some(port => port._portSpec.kind === 'all')) {
    refuse(at, 'ports', problem('all', 'ports that are named, under a listener', 'Name the ports that the listener takes.'));
  }
  const { name, envoyConfig, priority } = rule.listener;
  if (name === '') refuse(at, 'listener name', problem(name, 'the name of a listener in the config', 'Name it.'));
  insist(at, 'listener envoyConfig', dnsSubdomainProblem(envoyConfig));
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 1 && priority <= 100)) {
    refuse(at, 'listener priority', problem(priority, '1 to 100', 'Lower wins.'));
  }
}
