import { BlockList, isIPv6 } from 'node:net';

export interface Block {
  readonly cidr: string;
  readonly except?: string[] | null;
}

/** Whether the block holds the address; an `except` carves out of this block only. */
export function blockContains(block: Block, ip: string): boolean {
  return cidrContains(block.cidr, ip) && !(block.except ?? []).some((hole) => cidrContains(hole, ip));
}

/** IPv4 and IPv6 never contain each other; a CIDR without a prefix is one address. */
function cidrContains(cidr: string, ip: string): boolean {
  const [network = '', prefix] = cidr.split('/');
  const family = familyOf(network);
  if (family !== familyOf(ip)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  return list.check(ip, family);
}

function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return isIPv6(ip) ? 'ipv6' : 'ipv4';
}
