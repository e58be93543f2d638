import type { BootstrapFile } from './bootstrap-file';
import { quoted } from './shell';
import { printYaml } from '../manifests/print-yaml';

/** A chart that is installed by hand once, and kept by Flux from then on. */
export interface HelmInstall {
  /** As people call it. */
  readonly title: string;
  /** Name of the chart and of the release. */
  readonly name: string;
  /** Exact version of the chart. */
  readonly version: string;
  /** Address of the repository, beginning with https:// or oci://. */
  readonly repository: string;
  readonly namespace: string;
  readonly createNamespace: boolean;
  /** Whether no pod starts without it. */
  readonly isCni: boolean;
  /** Pods of which each needs a node of its own. */
  readonly nodesNeeded: number;
  /** Whether it does the work of kube-proxy. */
  readonly replacesKubeProxy: boolean;
  readonly values: Record<string, unknown>;
}

/** The values as a file: the text that the HelmRelease holds, too. */
export function valuesYaml({ values }: HelmInstall): string {
  return printYaml(values);
}

/** Whether charts are fetched from a container registry. */
export function isOci(repository: string): boolean {
  return repository.startsWith('oci://');
}

/** Address of a chart in a container registry. */
export function ociUrl({ repository, name }: Pick<HelmInstall, 'repository' | 'name'>): string {
  return `${repository.replace(/\/+$/, '')}/${name}`;
}

/** The script of the first install. It can be run again. */
export function installScript(install: HelmInstall): string {
  const { title, name, version, namespace, repository } = install;
  const chart = isOci(repository) ? quoted(ociUrl(install)) : `${quoted(name)} --repo ${quoted(repository)}`;
  return `#!/bin/sh
# Installs ${title} from the chart ${name} ${version}. Flux takes the release over: its HelmRelease has the same values.
# It can be run again. KUBE_CONTEXT names the context of the cluster; without it, the current one is used.
set -eu
cd "$(dirname "$0")"

helm upgrade --install ${quoted(name)} ${chart} \\
  --version ${quoted(version)} \\
  --namespace ${quoted(namespace)} ${install.createNamespace ? '--create-namespace ' : ''}\\
  --values ${quoted(valuesFile(install))} \\
  \${KUBE_CONTEXT:+--kube-context "$KUBE_CONTEXT"} \\
  --wait --timeout 15m
`;
}

export function scriptFile({ name }: Pick<HelmInstall, 'name'>): string {
  return `install-${name}.sh`;
}

function valuesFile({ name }: HelmInstall): string {
  return `${name}-values.yaml`;
}

export function installFiles(install: HelmInstall): BootstrapFile[] {
  return [
    { path: valuesFile(install), text: valuesYaml(install) },
    { path: scriptFile(install), text: installScript(install), executable: true },
  ];
}
