import { CILIUM_POLICIES, deniesByDefault, type ItemReading, readPolicy, type RuleReading } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

const NODES = ['all', 'cluster', 'remote-node', 'host'];
/** Where the API server, etcd and the health checks of Cilium listen. */
const VITAL_PORTS = ['0', '4240', '6443', '2379'];

export const nodePolicyLocksOut: ObjectRule = {
  id: 'cilium/NodePolicyLocksOut',
  severity: 'warning',
  what: 'A policy for nodes denies by default in a direction and lets no other node through.',
  why: 'Nodes need each other: tunnels, health checks, the API server and etcd stop, and the policy cannot be taken back through the API.',
  mend: 'Allow the entities remote-node and health (or cluster), and try the policy in audit mode first.',
  link: 'https://docs.cilium.io/en/stable/security/host-firewall/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: {}
  ingress:
    - fromEntities: [world]
      toPorts: [{ ports: [{ port: "22", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: {}
  ingress:
    - fromEntities: [cluster]
    - fromEntities: [world]
      toPorts: [{ ports: [{ port: "22", protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { clusterwide, rules } = readPolicy(object);
    if (!clusterwide) return;
    const forNodes = rules.filter(({ fields }) => asObject(fields.nodeSelector));
    for (const rule of forNodes) {
      // Rules of one object often share the work: one opens what all nodes need, others what some do.
      const items = forNodes.filter(other => coversNodes(other, rule)).flatMap(other => other.items);
      for (const direction of ['ingress', 'egress'] as const) {
        const allows = items.filter(item => item.direction === direction && !item.deny);
        if (deniesByDefault(rule, direction) && !allows.some(letsNodesThrough)) {
          report({ object, pointer: `${rule.pointer}/nodeSelector`, found: `default deny of ${direction} without the other nodes` });
        }
      }
    }
  },
};

function coversNodes(other: RuleReading, rule: RuleReading): boolean {
  const nodes = other.fields.nodeSelector as object;
  return other === rule || Object.keys(nodes).length === 0 || JSON.stringify(nodes) === JSON.stringify(rule.fields.nodeSelector);
}

function letsNodesThrough({ peers, portRules }: ItemReading): boolean {
  if (peers.length === 0) return portRules.some(({ ports }) => ports.some(({ port }) => VITAL_PORTS.includes(port)));
  // Networks and node selectors may well be the nodes'.
  return peers.some(({ field, entries }) => !/Endpoints|Entities/.test(field) || entries.some(entity => NODES.includes(entity as string)));
}
