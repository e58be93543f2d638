import type { Construct } from 'constructs';
import { installsBeside } from './bootstrap-parts';
import type { FluxBootstrap } from './flux-bootstrap';
import type { HelmInstall } from './helm-install';
import type { UpSteps } from './up-script';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { type CniEngine, ENGINES } from '../target/cni-engines';
import { insist, refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';
import { parseMinor } from '../values/semver-minor';

/** Whether the CNI of a Platform is one of these, by its name. */
export function isCniOneOf({ cni }: Platform, engines: readonly CniEngine[]): boolean {
  return engines.some(({ name }) => name === cni.name);
}

/** What a local cluster brings along, and the Platform says it has. */
export const BROUGHT_ALONG = {
  k3d: [ENGINES.k3s, ENGINES.k3sWithoutPolicy, ENGINES.flannel],
  kind: [ENGINES.kindnet, ENGINES.kindnetWithoutPolicy],
};

/** What comes into a cluster, of which the checks know how many nodes it has. */
export function stepsOf(construct: Construct, nodes: number, brought: readonly CniEngine[], flux?: FluxBootstrap): UpSteps {
  const platform = Platform.of(construct);
  const installs = installsBeside(construct);
  const hasCni = isCniOneOf(platform, brought) || installs.some(({ isCni }) => isCni);
  installs.forEach(install => insistNodes(where(construct), install, nodes));
  return { installs, flux, foreignCni: hasCni ? undefined : platform.cni.name };
}

/** Whether something that is installed does the work of kube-proxy. */
export function replacesKubeProxy(construct: Construct): boolean {
  return installsBeside(construct).some(install => install.replacesKubeProxy);
}

function insistNodes(at: string, { title, nodesNeeded }: HelmInstall, nodes: number): void {
  if (nodesNeeded <= nodes) return;
  refuse(at, 'nodes', problem(
    nodes, `${nodesNeeded} or more, since ${title} asks for as many`, 'Set `operatorReplicas: 1` there, or add nodes: helm would wait for ever.',
  ));
}

/** An image of a node, whose tag has to say the Kubernetes of the Platform. */
export function checkNodeImage(at: string, image: string, kubernetes: string): void {
  const tag = /^[a-z0-9][\w./-]*:(v?\d+\.\d+[\w.+-]*)(@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
  const minor = tag === undefined ? undefined : parseMinor(tag.replace(/^(v?\d+\.\d+\.\d+).*$/, '$1'));
  const said = minor && `${minor.major}.${minor.minor}`;
  if (said === kubernetes) return;
  insist(at, 'image', problem(
    image, `an image whose tag is of Kubernetes ${kubernetes}, as the Platform says`, `Take one such as kindest/node:v${kubernetes}.0 or rancher/k3s:v${kubernetes}.0-k3s1.`,
  ));
}
