import type { Construct, IConstruct } from 'constructs';
import type { BootstrapFile } from './bootstrap-file';
import type { HelmInstall } from './helm-install';
import { Platform } from '../platform/platform';

/** What a construct adds to the bootstrap of its cluster. */
export interface BootstrapPart {
  readonly construct: Construct;
  /** What is installed before Flux, if that is what the construct is for. */
  readonly install?: HelmInstall;
  /** The files, as of now: later constructs may change them. */
  files(): BootstrapFile[];
}

const partsOfApp = new WeakMap<IConstruct, BootstrapPart[]>();

export function addBootstrapPart(part: BootstrapPart): void {
  const { root } = part.construct.node;
  partsOfApp.set(root, [...partsOfApp.get(root) ?? [], part]);
}

/** Every file of the constructs below a scope, in the order of the paths. */
export function bootstrapFiles(scope: IConstruct): BootstrapFile[] {
  return filesOf(partsOf(scope).filter(({ construct }) => construct.node.scopes.includes(scope)));
}

/** Every file of an app whose construct is below none of these scopes. */
export function bootstrapFilesBeside(app: IConstruct, scopes: readonly IConstruct[]): BootstrapFile[] {
  return filesOf(partsOf(app).filter(({ construct }) => !scopes.some(scope => construct.node.scopes.includes(scope))));
}

/** What is installed in the cluster of a construct, in order: its CNI first, since nothing else starts without. */
export function installsBeside(construct: Construct): HelmInstall[] {
  const platform = Platform.of(construct);
  return partsOf(construct).filter(part => Platform.of(part.construct) === platform)
    .flatMap(({ install }) => install ?? []).sort((a, b) => Number(b.isCni) - Number(a.isCni));
}

function partsOf(construct: IConstruct): BootstrapPart[] {
  return partsOfApp.get(construct.node.root) ?? [];
}

function filesOf(parts: readonly BootstrapPart[]): BootstrapFile[] {
  return parts.flatMap(part => part.files()).sort((a, b) => (a.path < b.path ? -1 : 1));
}
