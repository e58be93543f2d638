import { Construct } from 'constructs';
import { addAssertion } from '../platform/assertions';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { ANYTHING } from '../reach/allowance';
import type { Cluster } from '../reach/cluster';
import { compareText, type Endpoint, isOwn } from '../reach/endpoint';
import { failureText } from '../reach/failure-text';
import { readEnd } from '../reach/flow-row';
import { titleOf, type WorkloadParty } from '../reach/party';
import { workload } from '../reach/place';
import { surplus } from '../reach/surplus';
import { TENANT_LABEL } from '../target/well-known-labels';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AssertIsolated`. One of `tenant` and `namespaces` is needed.
 */
export interface AssertIsolatedProps {
  /**
   * The team whose namespaces are meant, as `TenantNamespace` labels them. Namespaces without that label are those of the tenant that
   * `toolkit.fluxcd.io/tenant` names; those with neither, but `platform.io/managed: "true"`, are tenants by their own name.
   *
   * @default - none; give `namespaces` then
   */
  readonly tenant?: string;

  /**
   * The namespaces that are meant. The program has each of them, as a Namespace or with workloads in it; of another the assertion fails.
   *
   * @default - none; give `tenant` then
   */
  readonly namespaces?: string[];

  /**
   * With whom connections may pass nevertheless, in either direction: `namespace/name` of a workload, `namespace/app=web` for pods by
   * label, `namespace/*`, a CIDR, a DNS name, `world`, or an entity such as `kube-apiserver`.
   *
   * @default - nobody
   */
  readonly except?: string[];

  /**
   * Label of namespaces that says whose they are.
   *
   * @default 'platform.io/team'
   */
  readonly tenantLabel?: string;
}

const SHOWN = 8;

/**
 * Fails the synth unless the workloads of some namespaces are kept apart: between them and anybody else, workload or address, nothing
 * passes but what is excepted, not under a condition either. What depends on the node that a pod runs on does not count, since a node
 * always reaches its own pods; nor does asking the resolver of the cluster on its DNS ports. Pods that policies mean and the program does
 * not have count: `monitoring/app=prometheus[Pods]`. A warning on stderr names the policies of the cluster that are not evaluated, such as
 * AdminNetworkPolicies and those of Calico: they may open what is shut here.
 *
 * @example
 *
 * new AssertIsolated(chart, 'payments-alone', { tenant: 'payments', except: ['infra/envoy', 'kube-system/*', 'api.stripe.com'] });
 */
export class AssertIsolated extends Construct {
  constructor(scope: Construct, id: string, props: AssertIsolatedProps) {
    super(scope, id);
    insistProps(this, 'AssertIsolatedProps', props);
    const { tenant, namespaces, except = [], tenantLabel = TENANT_LABEL } = props;
    if ((tenant === undefined) === (namespaces === undefined)) {
      refuse(where(this), 'namespaces', {
        given: tenant === undefined ? 'neither tenant nor namespaces' : 'tenant and namespaces',
        allowed: 'one of them',
        mend: 'Name the team that the namespaces are labelled with, or the namespaces themselves.',
      });
    }
    // Without a platform nothing would be looked at.
    Platform.of(this);
    const isMeant = (cluster: Cluster, endpoint: Endpoint) => (
      namespaces ? !endpoint.alike && namespaces.includes(endpoint.namespace) : cluster.tenantOf(endpoint, tenantLabel) === tenant
    );
    addAssertion(this, cluster => {
      const { world } = cluster;
      const inside = world.endpoints.filter(endpoint => isMeant(cluster, endpoint)).map(endpoint => workload(endpoint, world));
      const nobody = nobodyText(cluster, inside, props);
      if (nobody !== undefined) return [nobody];
      const expected = except.map(place => ({ other: readEnd(place, cluster), allowedAt: () => ANYTHING }));
      // What pods of namespaces may do that the program does not have is up to others.
      const subjects = inside.filter(({ endpoint }) => isOwn(endpoint) || world.hasNamespace(endpoint.namespace));
      const open = surplus(subjects, { cluster, directions: ['egress', 'ingress'], expected, besides: new Set(inside.map(titleOf)) });
      const more = open.length > SHOWN ? [`and ${open.length - SHOWN} more connections`] : [];
      return [...open.slice(0, SHOWN).map(answer => `this should be denied, and is not.\n${failureText(answer, cluster)}`), ...more];
    });
  }
}

/** Why the assertion is about nobody, or about fewer than it names: a misspelt name must not read as isolated. */
function nobodyText(cluster: Cluster, inside: readonly WorkloadParty[], props: AssertIsolatedProps): string | undefined {
  const { tenant, namespaces, tenantLabel = TENANT_LABEL } = props;
  const { world } = cluster;
  const unknown = (namespaces ?? []).filter(name => !world.hasNamespace(name));
  if (unknown.length > 0) return `the program has neither a Namespace ${unknown.join(', ')} nor workloads in it. Mend the name in 'namespaces', or take it out.`;
  if (inside.some(({ endpoint }) => !endpoint.stranger)) return undefined;
  if (namespaces) return `no workload is in the namespaces ${namespaces.join(', ')}. Mend 'namespaces', or assert it where the workloads are.`;
  const own = world.endpoints.filter(({ stranger }) => !stranger).flatMap(endpoint => cluster.tenantOf(endpoint, tenantLabel) ?? []);
  const tenants = [...new Set(own)].sort(compareText).join(', ') || 'none';
  return `no workload is in a namespace with the label ${tenantLabel}=${tenant}; tenants that workloads are of: ${tenants}. `
    + "Mend 'tenant', name with 'tenantLabel' the label of namespaces that says whose they are, or give the 'namespaces' themselves.";
}
