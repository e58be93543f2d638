import { later, type Stage, STAGES } from './stage';
import type { StagedObject, SyncUnit } from './sync-unit';
import type { Manifest } from '../../manifests/manifest';

/**
 * Files the objects of a cluster. What lies in a tenant's namespace goes with the tenant, whichever construct made it: so both halves of
 * an allow lie with their own namespaces, and a bad object holds up one tenant. What the tenants stage holds besides is the platform's
 * part, since no tenant may write it. Nothing comes before the namespace that it lives in. A tenant's own repository is a unit of its own,
 * so that it begins once the guard stands, and holds up nobody when it is broken.
 *
 * @param tenants namespaces of the tenants stage
 */
export function syncUnits(staged: readonly StagedObject[], tenants: ReadonlySet<string>): SyncUnit[] {
  const homes = new Map(staged.filter(({ object }) => isNamespace(object))
    .map(({ object, stage }) => [object.metadata.name, platformStage(stage)]));
  const units = new Map<string, SyncUnit>();
  for (const { object, stage, isRepository = false } of staged) {
    const namespace = isNamespace(object) ? object.metadata.name : object.metadata.namespace;
    const tenant = namespace !== undefined && (isRepository || tenants.has(namespace)) ? namespace : undefined;
    const unit = tenant === undefined
      ? platformUnit(later(platformStage(stage), homes.get(namespace ?? '') ?? 'cni'))
      : tenantUnit(tenant, isRepository ? 'repository' : tenantStage(stage));
    const known = units.get(unit.name) ?? unit;
    units.set(unit.name, known);
    known.objects.push(object);
  }
  return [...units.values()].sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || (a.name < b.name ? -1 : 1));
}

/**
 * The unit that must be ready before another is applied: the nearest stage before it that has anything, and for the apps and the repository
 * of a tenant that tenant alone. Nothing waits for all tenants: there is always one that is not ready.
 *
 * @param units of the cluster, in order
 */
export function dependencies(units: readonly SyncUnit[]): Map<SyncUnit, SyncUnit> {
  const tenants = new Map(units.filter(({ stage }) => stage === 'tenants').map(unit => [unit.tenant, unit]));
  const platform = units.filter(({ tenant }) => tenant === undefined);
  return new Map(units.flatMap(unit => {
    const own = unit.stage === 'apps' && unit.tenant !== undefined ? tenants.get(unit.tenant) ?? homeOf(unit, platform) : undefined;
    const before = own ?? platform.filter(({ stage }) => STAGES.indexOf(stage) < STAGES.indexOf(unit.stage)).at(-1);
    return before ? [[unit, before] as const] : [];
  }));
}

/** The unit that makes the namespace of another, where that is no tenant of the tenants stage. */
function homeOf({ tenant }: SyncUnit, platform: readonly SyncUnit[]): SyncUnit | undefined {
  return platform.find(({ objects }) => objects.some(object => isNamespace(object) && object.metadata.name === tenant));
}

function isNamespace({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

function platformStage(stage: Stage): Stage {
  return stage === 'tenants' ? 'policies' : stage;
}

/** Whatever a tenant's namespace needs is there before what runs in it. */
function tenantStage(stage: Stage): 'apps' | 'tenants' {
  return stage === 'apps' ? 'apps' : 'tenants';
}

function platformUnit(stage: Stage): SyncUnit {
  return { name: stage, stage, folder: stage, isRepository: false, objects: [] };
}

const TENANT_UNITS = {
  tenants: { prefix: 'tenant', folder: '' },
  apps: { prefix: 'apps', folder: '/apps' },
  repository: { prefix: 'repository', folder: '/repository' },
} as const;

function tenantUnit(tenant: string, part: keyof typeof TENANT_UNITS): SyncUnit {
  const { prefix, folder } = TENANT_UNITS[part];
  return {
    name: `${prefix}-${tenant}`,
    stage: part === 'tenants' ? 'tenants' : 'apps',
    folder: `tenants/${tenant}${folder}`,
    tenant,
    isRepository: part === 'repository',
    objects: [],
  };
}
