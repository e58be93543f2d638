import { UsageError } from './exit-code';
import { readYamlFile, UnreadableFile } from '../manifests/read-yaml-file';
import type { PlatformFacts } from '../target/platform-facts';
import type { Target } from '../target/target';
import { readPlatformFacts } from '../target/target-file';
import { targetPath } from '../target/target-object';
import { describeTarget, targetOf as targetOfFacts } from '../target/target-of';

/** The flags that say what cluster objects are for, shared by all commands that need to know. */
export const TARGET_OPTIONS = {
  target: { type: 'string' },
  cni: { type: 'string' },
  cilium: { type: 'string' },
  kyverno: { type: 'string' },
  kubernetes: { type: 'string' },
  flux: { type: 'string' },
} as const;

export const TARGET_HELP = `Target:
  --target FILE         YAML that describes the cluster: versions, cni, cilium, podCidrs, podTemplates of other kinds ...
  --kubernetes VERSION  Minor version, such as 1.33
  --cni NAME            cilium, calico, flannel, aws-vpc, k3s ...
  --cilium VERSION      Minor version of Cilium, such as 1.18
  --kyverno VERSION     Minor version of Kyverno, such as 1.16
  --flux VERSION        Minor version of Flux, such as 2.8
  A flag has precedence over the file. Without a file a tree of FluxApp says itself what each cluster is, in
  bootstrap/<cluster>/platform.yaml. What nobody says is the default: ${describeTarget(targetOfFacts({}, 'target'))}.
`;

/** What manifests say of their cluster, and where. */
interface OwnFacts {
  readonly at: string;
  readonly facts: unknown;
}

export type TargetValues = { readonly [flag in keyof typeof TARGET_OPTIONS]?: string };

/** The target that flags and target file describe; without a file, the facts that the manifests have of their cluster. */
export function targetFrom(values: TargetValues, own?: OwnFacts): Target {
  const { target: file, ...flags } = values;
  const at = file ?? own?.at ?? 'target';
  const facts = file === undefined ? readPlatformFacts(own?.facts, at) : fileOf(values, file);
  const { version: _, ...agent } = typeof facts.cilium === 'object' ? facts.cilium : { version: facts.cilium };
  const said = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as PlatformFacts;
  // Another CNI on the command line leaves what the file says of Cilium without a meaning.
  const cilium = flags.cilium !== undefined && Object.keys(agent).length > 0 ? { ...agent, version: flags.cilium } : flags.cilium;
  const fromFile = flags.cni !== undefined && flags.cni !== facts.cni ? { ...facts, cilium: undefined } : facts;
  return targetOfFacts({ ...fromFile, ...said, ...cilium === undefined ? {} : { cilium } }, at);
}

/** Read once in a run: a pipe has nothing more to say. */
const read = new WeakMap<TargetValues, PlatformFacts>();

function fileOf(values: TargetValues, file: string): PlatformFacts {
  const facts = read.get(values) ?? readTargetFile(file);
  read.set(values, facts);
  return facts;
}

/** Refuses flags and target files that say nothing of a cluster, before manifests are read that may take long. */
export function insistTarget(values: TargetValues): void {
  targetFrom(values);
}

/** The target of one cluster of a tree. */
export function targetOf({ name, facts }: { readonly name?: string; readonly facts?: unknown }, values: TargetValues): Target {
  return targetFrom(values, { at: name === undefined ? 'target' : targetPath(name), facts });
}

/** The facts in a target file. @throws UsageError when it cannot be read */
export function readTargetFile(file: string): PlatformFacts {
  try {
    return readPlatformFacts(readYamlFile(file), file);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`--target ${file}: ${error.message}`);
    throw error;
  }
}
