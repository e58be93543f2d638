import type { IConstruct } from 'constructs';
import type { CiliumPortRule } from './cilium-port-rule';
import { EnvoyConfigKind, type EnvoyListener } from './envoy-listener';
import type { KafkaRule } from './kafka-rule';
import { checkPortRule } from './port-rule-checks';
import type { PolicyContext } from './render-policy';
import type { TlsContext } from './tls-context';
import type { Port } from '../network/port';
import type { Direction } from '../network/rule-checks';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

// The agent takes at most this many ports in one entry; several entries mean the same as one long one.
const PORTS_AN_ENTRY = 40;

/** `toPorts` of a rule that allows: ports, and what may be said on them. `undefined` is every port. */
export function ciliumPortRules(
  construct: IConstruct, direction: Direction, rules: CiliumPortRule[], context: PolicyContext,
): object[] | undefined {
  const entries = rules.flatMap(rule => {
    checkPortRule(construct, direction, rule, context);
    const extras = {
      serverNames: rule.serverNames,
      terminatingTLS: rule.terminatingTls && tls(rule.terminatingTls),
      originatingTLS: rule.originatingTls && tls(rule.originatingTls),
      listener: rule.listener && listener(rule.listener, context),
      rules: l7(rule),
    };
    return (ciliumPlainPorts(where(construct), rule.ports) ?? []).map(ports => ({ ...ports, ...extras }));
  });
  return entries.length > 0 ? entries : undefined;
}

/** `toPorts` of a rule that knows ports only. `undefined` is every port. */
export function ciliumPlainPorts(at: string, ports: Port[]): object[] | undefined {
  if (ports.some(port => port._portSpec.kind === 'all')) return undefined;
  const rendered = ports.map(port => ciliumPort(at, port));
  const entries = Math.ceil(rendered.length / PORTS_AN_ENTRY);
  return Array.from({ length: entries }, (_, i) => ({ ports: rendered.slice(i * PORTS_AN_ENTRY, (i + 1) * PORTS_AN_ENTRY) }));
}

/** `icmps` of a rule. */
export function ciliumIcmps(at: string, ports: Port[]): object[] {
  if (ports.length > PORTS_AN_ENTRY) {
    refuse(at, 'icmps', { given: `${ports.length} messages`, allowed: `at most ${PORTS_AN_ENTRY}`, mend: 'Spread them over several rules.' });
  }
  return [{
    fields: ports.map(port => {
      const spec = port._portSpec;
      if (spec.kind !== 'icmp') {
        return refuse(at, 'icmps', { given: port.toString(), allowed: 'ICMP messages', mend: 'Put ports into toPorts; ICMP is Port.icmp(8).' });
      }
      return { type: spec.type, family: spec.family };
    }),
  }];
}

function ciliumPort(at: string, port: Port): object {
  const spec = port._portSpec;
  switch (spec.kind) {
    case 'number': return { port: String(spec.port), ...(spec.endPort !== undefined && { endPort: spec.endPort }), protocol: spec.protocol };
    case 'named': return { port: spec.name, protocol: spec.protocol };
    case 'protocol': return { port: '0', protocol: spec.protocol };
    default: return refuse(at, 'ports', { given: port.toString(), allowed: 'TCP, UDP and SCTP ports', mend: 'Put ICMP into `icmps`.' });
  }
}

function l7({ http, dns, kafka }: CiliumPortRule): object | undefined {
  if (http) return { http: http.map(rule => rule._render()) };
  if (dns) return { dns: dns.map(rule => rule._render()) };
  if (kafka) return { kafka: kafka.map(kafkaRule) };
  return undefined;
}

function kafkaRule({ role, apiKey, apiVersion, clientId, topic }: KafkaRule): object {
  return { role, apiKey, apiVersion, clientID: clientId, topic };
}

function tls({ secret, trustedCa, certificate, privateKey }: TlsContext): object {
  return { secret, trustedCA: trustedCa, certificate, privateKey };
}

function listener({ name, envoyConfig, kind: given, priority }: EnvoyListener, context: PolicyContext): object {
  const kind = given ?? (context.scope === 'namespace' ? EnvoyConfigKind.CILIUM_ENVOY_CONFIG : EnvoyConfigKind.CILIUM_CLUSTERWIDE_ENVOY_CONFIG);
  return { envoyConfig: { kind, name: envoyConfig }, name, priority };
}
