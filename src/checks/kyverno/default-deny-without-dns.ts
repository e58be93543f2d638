import { asList, asObject } from '../read';
import type { SetRule } from '../rule';
import { type Fields, jsonOf } from './fields';
import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, generateRule } from './sample';

export const defaultDenyWithoutDns: SetRule = {
  id: 'kyverno/DefaultDenyWithoutDns',
  severity: 'warning',
  what: 'A generated default deny holds for egress, and nothing generates an allow for DNS.',
  why: 'Pods of every such namespace can resolve no name, so whatever else is allowed does not work either.',
  mend: 'Generate a NetworkPolicy beside it that allows UDP and TCP 53 to the cluster\'s DNS.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic',
  bad: sample('policyTypes: [Ingress, Egress]'),
  good: sample('policyTypes: [Ingress, Egress], egress: [{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }]'),
  *checkSet(context) {
    const made = context.ofKind(...POLICY_KINDS).flatMap(object =>
      rulesIn(object).flatMap(rule => generateTargetsOf(rule).map(target => ({ object, rule, target }))));
    if (made.some(({ target }) => allowsDns(target.data))) return;
    for (const { object, rule, target } of made) {
      if (target.kind === 'NetworkPolicy' && target.data && deniesEgress(target.data)) {
        yield { object, pointer: `${target.pointer}/data`, found: `Egress without a rule in ${rule.name}, and no generated policy with port 53` };
      }
    }
  },
};

function deniesEgress(data: Fields): boolean {
  const spec = asObject(data.spec) ?? {};
  const isForAll = Object.keys(asObject(spec.podSelector) ?? {}).length === 0;
  return isForAll && asList(spec.policyTypes).includes('Egress') && asList(spec.egress).length === 0;
}

function allowsDns(data: Fields | undefined): boolean {
  return data !== undefined && /"(port|targetPort)":"?(53|dns)\b/.test(jsonOf(data) ?? '');
}

function sample(spec: string): string {
  return clusterPolicy(generateRule(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
name: default-deny
namespace: "{{ request.object.metadata.name }}"
data: { spec: { podSelector: {}, ${spec} } }`));
}
