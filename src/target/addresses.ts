/**
 * Ranges that are not on the internet and that something inside may answer on: private, shared (carrier NAT), loopback, link-local,
 * protocol assignments such as DS-Lite, benchmarking, local NAT64, segment routing, multicast and reserved. Ranges for documentation
 * are not among them: nobody answers there.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml
 */
export const PRIVATE_RANGES = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4',
  '::1/128', '64:ff9b:1::/48', '2001:2::/48', '5f00::/16', 'fc00::/7', 'fe80::/10', 'ff00::/8',
];

/**
 * Where clouds serve instance metadata, credentials among it: AWS, Azure and Google Cloud share the first, containers on AWS ask
 * the second, AWS answers on IPv6 too, and the last is Alibaba Cloud's.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
 */
export const METADATA_ADDRESSES = ['169.254.169.254/32', '169.254.170.2/32', 'fd00:ec2::254/128', '100.100.100.200/32'];

/**
 * The host of Azure that a machine gets its settings and certificates from, on these ports of TCP. On port 53 it is Azure's resolver.
 *
 * @see https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const WIRE_SERVER = { address: '168.63.129.16/32', ports: [80, 32526] };
