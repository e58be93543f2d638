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
import { titleOf } from '../reach/party';
import { workload } from '../reach/place';
import { surplus } from '../reach/surplus';
import { tenantOf } from '../target/tenant-of';
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
   * label, be they a `Peer`, `namespace/*`, a CIDR, a DNS name, `world`, or an entity such as `kube-apiserver`.
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
 * not have count: `monitoring/app=prometheus[Pods]`. In a program of policies the pods are those that its policies are about; where none
 * is about a namespace, pods in it are open. A warning on stderr names the policies of the cluster that are not evaluated, such as
 * AdminNetworkPolicies and those of Calico: they may open what is shut here.
 *
 * @example
 *
 * new AssertIsolated(chart, 'payments-alone', { tenant: 'payments', except: ['infra/app=envoy', 'kube-system/*', 'api.stripe.com'] });
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
    addAssertion(this, set => {
      const meant = namespaces ?? namespacesOf(set, tenant!, tenantLabel);
      const nobody = nobodyText(set, meant, props);
      if (nobody !== undefined) return [nobody];
      // Whatever comes to a namespace that nobody is in yet is any pod there.
      const empty = meant.filter(name => !set.world.endpointsOf(name).some(isOwn)).map(name => `${name}/*[Pods]`);
      const cluster = set.knowing([...except, ...empty]);
      const { world } = cluster;
      const inside = world.endpoints.filter(endpoint => isMeant(cluster, endpoint)).map(endpoint => workload(endpoint, world));
      const expected = except.map(place => ({ other: readEnd(place, cluster), allowedAt: () => ANYTHING }));
      // What pods of namespaces may do that the program does not have is up to others.
      const subjects = inside.filter(({ endpoint }) => isOwn(endpoint) || world.hasNamespace(endpoint.namespace));
      const open = surplus(subjects, { cluster, directions: ['egress', 'ingress'], expected, besides: new Set(inside.map(titleOf)) });
      const more = open.length > SHOWN ? [`and ${open.length - SHOWN} more connections`] : [];
      return [...open.slice(0, SHOWN).map(answer => `this should be denied, and is not.\n${failureText(answer, cluster)}`), ...more];
    });
  }
}

/** The namespaces of a tenant, be somebody in them or not. */
function namespacesOf({ world }: Cluster, tenant: string, label: string): string[] {
  return [...world.namespaces].filter(([name, labels]) => tenantOf(name, labels, label) === tenant).map(([name]) => name);
}

/** Why the assertion is about nobody, or about fewer than it names: a misspelt name must not read as isolated. */
function nobodyText({ world }: Cluster, meant: readonly string[], props: AssertIsolatedProps): string | undefined {
  const { tenant, tenantLabel = TENANT_LABEL } = props;
  const unknown = meant.filter(name => !world.hasNamespace(name));
  if (unknown.length > 0) return `the program has neither a Namespace ${unknown.join(', ')} nor workloads in it. Mend the name in 'namespaces', or take it out.`;
  if (meant.length > 0) return undefined;
  if (tenant === undefined) return "no namespace is named. Name those that are meant in 'namespaces', or their 'tenant'.";
  const own = [...world.namespaces].flatMap(([name, labels]) => tenantOf(name, labels, tenantLabel) ?? []);
  const tenants = [...new Set(own)].sort(compareText).join(', ') || 'none';
  return `no Namespace of the program has the label ${tenantLabel}=${tenant}; tenants that there are: ${tenants}. `
    + "Mend 'tenant', name with 'tenantLabel' the label of namespaces that says whose they are, or give the 'namespaces' themselves.";
}
