import type { FluxBootstrap } from './flux-bootstrap';
import { type HelmInstall, scriptFile } from './helm-install';
import { quoted } from './shell';

/** A tool that brings clusters up. */
export interface ClusterTool {
  /** The command. */
  readonly name: string;
  /** The file of the script. */
  readonly file: string;
  /** A condition that holds when the cluster is there. */
  readonly exists: string;
  /** What makes it. */
  readonly create: string;
  /** Its context in the kubeconfig. */
  readonly context: string;
}

/** What comes into a cluster once it is there. */
export interface UpSteps {
  readonly installs: readonly HelmInstall[];
  readonly flux?: FluxBootstrap;
  /** A CNI that has to come from elsewhere. */
  readonly foreignCni?: string;
}

/** The script that brings a cluster up: nothing starts before the CNI, and policies are enforced before Flux brings workloads. */
export function upScript(cluster: string, tool: ClusterTool, steps: UpSteps): string {
  const { installs, flux } = steps;
  const tools = [tool.name, 'kubectl', ...installs.length > 0 ? ['helm'] : [], ...flux ? ['flux'] : []];
  const run = (install: HelmInstall) => `./${scriptFile(install)}`;
  const parts = [
    head(cluster, tool, tools, flux),
    `if ! ${tool.exists}; then\n  ${tool.create}\nfi`,
    `export KUBE_CONTEXT=${quoted(tool.context)}`,
    ...installs.filter(({ isCni }) => isCni).map(run),
    waitForNodes(tool, steps),
    ...installs.filter(({ isCni }) => !isCni).map(run),
    ...flux ? [fluxStep(flux)] : [],
  ];
  return `${parts.join('\n\n')}\n`;
}

function head(cluster: string, { name, file }: ClusterTool, tools: readonly string[], flux?: FluxBootstrap): string {
  const args = flux ? '\n# Its arguments go to `flux bootstrap git`, such as --private-key-file=FILE.' : '';
  return `#!/bin/sh
# Brings up the ${name} cluster ${cluster}. It can be run again.${args}
set -eu
cd "$(dirname "$0")"

for tool in ${tools.join(' ')}; do
  command -v "$tool" > /dev/null || { echo "${file}: $tool is not installed" >&2; exit 1; }
done`;
}

/** Nodes get ready once there is a network. */
function waitForNodes({ file }: ClusterTool, { foreignCni }: UpSteps): string {
  const wait = 'kubectl --context "$KUBE_CONTEXT" wait --for=condition=Ready nodes --all';
  if (foreignCni === undefined) return `${wait} --timeout=5m`;
  return `${wait} --timeout=30s || {
  echo ${quoted(`${file}: nodes get ready when ${foreignCni} is installed: install it, and run this again`)} >&2
  exit 1
}`;
}

function fluxStep({ version, url, path, branch }: FluxBootstrap): string {
  return `flux bootstrap git --context="$KUBE_CONTEXT" \\
  --version=${quoted(`v${version}`)} \\
  --url=${quoted(url)} \\
  --branch=${quoted(branch ?? 'main')} \\
  --path=${quoted(path)} \\
  "$@"`;
}
