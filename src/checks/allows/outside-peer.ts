import { cidrContains, parseCidr } from '../../values/cidr';

/** A peer that is no pod, as a policy names it: anybody at all, an entity of Cilium's, a network, or a DNS name. */
export interface OutsidePeer {
  readonly kind: 'anyone' | 'entity' | 'cidr' | 'name';
  /** Empty for anybody. */
  readonly text: string;
}

export const ANYONE: OutsidePeer = { kind: 'anyone', text: '' };

const WORLD = ['world', 'all'];
const IN_CLUSTER = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'health', 'init', 'unmanaged'];

/** Whether everyone that is `narrow` is `wide` too. */
export function coversOutside(wide: OutsidePeer, narrow: OutsidePeer): boolean {
  if (wide.kind === 'anyone' || (wide.kind === 'entity' && wide.text === 'all')) return true;
  if (narrow.kind === 'anyone') return false;
  if (wide.kind === narrow.kind && wide.text === narrow.text) return true;
  if (wide.kind === 'entity') {
    if (narrow.kind === 'entity') return wide.text === 'cluster' && IN_CLUSTER.includes(narrow.text);
    return WORLD.includes(wide.text);
  }
  const [outer, inner] = [wide, narrow].map(({ kind, text }) => (kind === 'cidr' ? parseCidr(text) : undefined));
  if (!outer) return false;
  // The world is of both families; a name leads to addresses of either.
  if (!inner) return false;
  return cidrContains(outer, inner);
}
