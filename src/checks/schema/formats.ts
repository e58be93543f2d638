import { isIP } from 'node:net';

/** A form that a text has, in words and as a check. The checks stand for patterns of upstream, and take time linear in the text. */
export interface Format {
  readonly allowed: string;
  readonly matches: (text: string) => boolean;
}

const ICMP_TYPES = new Set(('EchoReply DestinationUnreachable Redirect Echo RouterAdvertisement RouterSelection TimeExceeded ParameterProblem Timestamp '
  + 'TimestampReply Photuris ExtendedEchoRequest PacketTooBig EchoRequest MulticastListenerQuery MulticastListenerReport MulticastListenerDone '
  + 'RouterSolicitation NeighborSolicitation NeighborAdvertisement RedirectMessage RouterRenumbering ICMPNodeInformationQuery '
  + 'ICMPNodeInformationResponse InverseNeighborDiscoverySolicitation InverseNeighborDiscoveryAdvertisement HomeAgentAddressDiscoveryRequest '
  + 'HomeAgentAddressDiscoveryReply MobilePrefixSolicitation MobilePrefixAdvertisement DuplicateAddressRequestCodeSuffix '
  + 'DuplicateAddressConfirmationCodeSuffix').split(' '))
  // With the blank, as the CRD has it.
  .add('ExtendedEcho Reply');

function pattern(regex: RegExp, allowed: string): Format {
  return { allowed, matches: text => regex.test(text) };
}

/** Names joined by dots; each label is looked at on its own, so that nothing is read twice. */
function dotted(label: RegExp, allowed: string, prefix = ''): Format {
  return { allowed, matches: text => withoutPrefix(text, prefix).split('.').every(part => label.test(part)) };
}

function withoutPrefix(text: string, prefix: string): string {
  return prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

const PROMETHEUS_DURATION = /^(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/;

/** The forms that the schemas speak of, by the name that stands in them. */
export const FORMATS = {
  'abort-or-warn': pattern(/^(abort|warn)?$/i, 'abort or warn'),
  'base64': { allowed: 'base64', matches: isBase64 },
  'cidr': { allowed: 'a network such as 10.0.0.0/8', matches: text => isNetwork(text, [4, 6]) },
  'cilium-port': { allowed: 'a port number or the name of a port', matches: isCiliumPort },
  'cilium-server-name': pattern(
    /^(\*?\*\.)?[-\w]+(\.[-\w]+)*\.?$/, 'a host name, with `*.` or `**.` at most at its start',
  ),
  'config-key': pattern(/^[-._a-zA-Z0-9]+$/, 'letters, digits, \'-\', \'_\' and \'.\''),
  'date-time': pattern(/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2}([.,]\d+)?(z|[-+]\d{2}:\d{2})$/i, 'a time such as 2027-01-31T12:00:00Z'),
  'dns-name': pattern(/^[-\w]+(\.[-\w]+)*\.?$/, 'a DNS name'),
  'dns-pattern': pattern(/^[-*\w]+(\.[-*\w]+)*\.?$/, 'a DNS name in which `*` stands for any characters of a label'),
  'dns-subdomain': dotted(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'a lower-case DNS name'),
  // Upstream's pattern says `A-z`, which takes six signs more.
  'domain-name': {
    allowed: 'a domain name, with `*.` at most at its start',
    matches: text => withoutPrefix(text, '*.').replace(/\.$/, '').includes('.')
      && dotted(/^[A-z0-9]([-\w]*[a-zA-Z0-9])?$/, '', '*.').matches(text.replace(/\.$/, '')),
  },
  'flux-duration': pattern(/^(\d+(\.\d+)?(ms|s|m|h))+$/, 'a duration such as 5m or 1h30m'),
  'flux-git-timeout': pattern(/^(\d+(\.\d+)?(ms|s|m))+$/, 'a duration in ms, s and m, such as 60s'),
  'git-url': pattern(/^(http|https|ssh):\/\//, 'a URL that starts with http://, https:// or ssh://'),
  'helm-path': pattern(/^([-\w.\\/]|\[\d{1,5}\])+$/, 'a path into the values, such as `a.b[0]`'),
  'helm-url': pattern(/^(http|https|oci):\/\//, 'a URL that starts with http://, https:// or oci://'),
  'icmp-type': { allowed: 'a number from 0 to 255 or the name of an ICMP type', matches: isIcmpType },
  'ipv4': { allowed: 'an IPv4 address', matches: text => isIP(text) === 4 },
  'ipv4-cidr': { allowed: 'an IPv4 network such as 10.0.0.0/8', matches: text => isNetwork(text, [4]) },
  'label-value': pattern(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, 'letters, digits, \'-\', \'_\' and \'.\', a letter or digit first and last'),
  'no-control': pattern(/^\P{C}*$/u, 'printable characters'),
  'oci-url': pattern(/^oci:\/\//, 'a URL that starts with oci://'),
  'prometheus-duration': pattern(PROMETHEUS_DURATION, 'a duration such as 5m or 1h30m'),
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

function isNetwork(text: string, families: readonly number[]): boolean {
  const slash = text.indexOf('/');
  const address = text.slice(0, slash);
  const family = slash < 0 || address.includes('%') ? 0 : isIP(address);
  const prefix = text.slice(slash + 1);
  return families.includes(family) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

/**
 * What the CRD takes for a port. Its pattern is anchored at the start for numbers only and at the end for names only, so it takes
 * `99999` and `-http` too, which the agent refuses.
 */
function isCiliumPort(text: string): boolean {
  if (/^\d/.test(text)) return true;
  for (let at = text.length - 1; at >= 0; at--) {
    if (/[a-zA-Z]/.test(text[at]!)) return true;
    const dash = text[at] === '-' && /\d/.test(text[at + 1] ?? '');
    if (!dash && !/\d/.test(text[at]!)) return false;
  }
  return false;
}

function isIcmpType(text: string): boolean {
  return ICMP_TYPES.has(text) || (/^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255);
}

function isBase64(text: string): boolean {
  // Go ignores line breaks.
  const plain = text.replace(/[\r\n]/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}
