import { displayName } from '../../manifests/identity';
import { type AllowRule, coversPort } from '../allows/allow-rule';
import { type CiliumAllow, ciliumPolicyAllows } from '../allows/cilium-policy-allows';
import { networkPolicyAllows } from '../allows/network-policy-allows';
import type { Finding, Located } from '../finding';
import type { Rule } from '../rule';

const CILIUM_KINDS = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

interface Sourced<T> {
  readonly from: Located;
  readonly rule: T;
}

/**
 * A plain allow beside an L7 rule for the same pods, peer and port: allows add up, so every request passes.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/
 */
export const l7RuleVoided: Rule = {
  id: 'cilium/L7RuleVoided',
  check(objects) {
    const cilium = objects.filter(({ object }) => CILIUM_KINDS.includes(object.kind ?? ''))
      .flatMap(from => ciliumPolicyAllows(from.object).map(rule => ({ from, rule })));
    const restricting = cilium.filter(({ rule }) => rule.restricts);
    if (restricting.length === 0) return [];
    const plain: Sourced<AllowRule>[] = [
      ...objects.filter(({ object }) => object.kind === 'NetworkPolicy')
        .flatMap(from => networkPolicyAllows(from.object).map(rule => ({ from, rule }))),
      ...cilium.filter(({ rule }) => !rule.restricts),
    ];
    return restricting.flatMap(l7 => {
      const opener = plain.find(({ rule }) => opens(rule, l7.rule));
      return opener ? [finding(l7.from, opener.from)] : [];
    });
  },
};

function opens(plain: AllowRule, l7: CiliumAllow): boolean {
  return plain.direction === l7.direction
    && plain.coversSubject(l7.subject)
    && l7.peers.some(pods => plain.coversPeer(pods))
    && (l7.ports ?? []).some(port => coversPort(plain.ports, port));
}

function finding(l7: Located, opener: Located): Omit<Finding, 'id'> {
  return {
    path: l7.path,
    object: displayName(l7.object),
    what: `its L7 rules are void: ${displayName(opener.object)} (${opener.path}) allows the same pods, peer and port without any`,
    mend: 'Take the pods out of that allow (AllowDns.exempt does it for DNS), narrow its peers or ports, or drop the L7 rules.',
  };
}
