import { Chart } from 'cdk8s';
import { Platform, type PlatformProps, RemovalPolicy, TenantNamespace, type TenantNamespaceProps, TenantRole } from '../../src';
import { type Manifest, manifests, testApp } from '../support/synth';

/** The objects of a tenant `payments` of a cluster that has a TenantRole; the role itself is left out. */
export function tenantObjects(
  props: Partial<TenantNamespaceProps> = {}, platform: PlatformProps = {}, more: (tenant: TenantNamespace) => void = () => {},
): Manifest[] {
  return clusterObjects(platform, chart => more(new TenantNamespace(chart, 'payments', tenantProps(props))))
    .filter(({ kind }) => kind !== 'ClusterRole');
}

/** All that a cluster with a TenantRole gets. */
export function clusterObjects(platform: PlatformProps, build: (chart: Chart) => void): Manifest[] {
  const app = testApp();
  new Platform(app, 'platform', platform);
  const chart = new Chart(app, 'tenants');
  new TenantRole(chart, 'tenant-role');
  build(chart);
  return manifests(app);
}

/** A tenant that is made and not synthesized: for what is refused at once. */
export function makeTenant(props: Partial<TenantNamespaceProps> = {}, platform: PlatformProps = {}): TenantNamespace {
  const app = testApp();
  new Platform(app, 'platform', platform);
  return new TenantNamespace(new Chart(app, 'tenants'), 'payments', tenantProps(props));
}

/** The only object of a kind, of that name if one is given. */
export function only(objects: Manifest[], kind: string, name?: string): Manifest {
  const [found, ...others] = objects.filter(object => object.kind === kind && (name === undefined || object.metadata.name === name));
  if (!found || others.length > 0) throw new Error(`expected one ${kind} ${name ?? ''}, found ${found ? others.length + 1 : 0}`);
  return found;
}

/** `Kind namespace/name` of each object, sorted. */
export function identities(objects: Manifest[]): string[] {
  return objects.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`).sort();
}

function tenantProps(props: Partial<TenantNamespaceProps>): TenantNamespaceProps {
  return { team: 'payments', removal: RemovalPolicy.RETAIN, ...props };
}
