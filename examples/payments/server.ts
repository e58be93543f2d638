import { Size } from 'cdk8s';
import {
  Capability, Cpu, Deployment, DeploymentStrategy, PersistentVolumeAccessMode, PersistentVolumeClaim, SeccompProfileType, Volume,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** What differs between the servers of this platform. */
export interface ServerProps {
  readonly image: string;
  /** Ports by name; Prometheus scrapes the one named `metrics`. */
  readonly ports: Record<string, number>;
  readonly replicas?: number;
  readonly user?: number;
  readonly cpu?: number;
  readonly memoryGiB?: number;
  /** Where data is kept that outlives the pod. */
  readonly dataPath?: string;
}

/** A Deployment and its Service: what the Pod Security level `restricted` takes, and what says how much it needs. */
export function server(scope: Construct, name: string, props: ServerProps): Deployment {
  const { image, ports, replicas = 2, user = 10001, cpu = 0.25, memoryGiB = 0.25, dataPath } = props;
  const deployment = new Deployment(scope, name, {
    metadata: { name },
    replicas,
    ...(dataPath && { replicas: 1, strategy: DeploymentStrategy.recreate() }),
    podMetadata: { labels: { 'app.kubernetes.io/name': name } },
    securityContext: { ensureNonRoot: true, user, group: user, fsGroup: user },
  });
  const container = deployment.addContainer({
    name: 'server',
    image,
    ports: Object.entries(ports).map(([port, number]) => ({ name: port, number })),
    resources: {
      cpu: { request: Cpu.millis(cpu * 1000), limit: Cpu.millis(cpu * 1000) },
      memory: { request: Size.mebibytes(memoryGiB * 1024), limit: Size.mebibytes(memoryGiB * 1024) },
    },
    securityContext: {
      user,
      group: user,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
  });
  container.mount('/tmp', Volume.fromEmptyDir(deployment, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(256) }));
  if (dataPath) {
    const claim = new PersistentVolumeClaim(deployment, 'data', {
      metadata: { name: `${name}-data` },
      storage: Size.gibibytes(20),
      accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
    });
    container.mount(dataPath, Volume.fromPersistentVolumeClaim(deployment, 'volume', claim));
  }
  deployment.exposeViaService({ name, ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number })) });
  return deployment;
}
