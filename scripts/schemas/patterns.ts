import type { FormatName } from '../../src/checks/schema/formats';

/**
 * What stands for the patterns of the CRDs. Some of upstream's take exponential time in engines that backtrack, so none is taken as it
 * is: a new one is read by a person, and gets an entry here and, where no format fits yet, one in src/checks/schema/formats.ts.
 */
const PATTERNS: Record<string, FormatName> = {
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$': 'dns-subdomain',
  '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$': 'label-value',
  '^([-a-zA-Z0-9_]+[.]?)+$': 'dns-name',
  '^([-a-zA-Z0-9_*]+[.]?)+$': 'dns-pattern',
  '^(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})|([a-zA-Z0-9]-?)*[a-zA-Z](-?[a-zA-Z0-9])*$': 'cilium-port',
  '^(\\*?\\*\\.)?([-a-zA-Z0-9_]+\\.?)+$': 'cilium-server-name',
  '^\\PC*$': 'no-control',
  '^(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\\/([0-9]|[1-2][0-9]|3[0-2])$': 'ipv4-cidr',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$': 'flux-duration',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$': 'flux-git-timeout',
  '^(http|https|ssh)://.*$': 'git-url',
  '^([a-zA-Z0-9_\\-.\\\\\\/]|\\[[0-9]{1,5}\\])+$': 'helm-path',
  '^[\\-._a-zA-Z0-9]+$': 'config-key',
  '^(http|https|oci)://.*$': 'helm-url',
  '^oci://.*$': 'oci-url',
  '^(\\*\\.)?([a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.)+[a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.?$': 'domain-name',
  '^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$': 'prometheus-duration',
  '^(?i)(abort|warn)?$': 'abort-or-warn',
};

/** The beginning of Cilium's pattern for ICMP types, which lists them all. */
const ICMP = '^([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]|EchoReply|';

/** The names of `format` that the API server looks at in a text; it takes any text for others, such as `idn-hostname`. */
const ENFORCED: Record<string, FormatName> = { 'cidr': 'cidr', 'date-time': 'date-time', 'ipv4': 'ipv4', 'byte': 'base64' };

export function formatOf(pattern: string | undefined, format: string | undefined): FormatName | undefined {
  if (pattern === undefined) return format === undefined ? undefined : ENFORCED[format];
  const name = pattern.startsWith(ICMP) ? 'icmp-type' : PATTERNS[pattern];
  if (!name) throw new Error(`build-schemas: the pattern ${pattern} is new. Give it a linear format in scripts/schemas/patterns.ts.`);
  return name;
}
