import { Size } from 'cdk8s';
import { Capability, Cpu, Deployment, SeccompProfileType } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const USER = 10001;

/** A Deployment and its Service, as the Pod Security level `restricted` and the platform's policies take them. */
export function server(scope: Construct, name: string, image: string): Deployment {
  const deployment = new Deployment(scope, name, {
    metadata: { name },
    replicas: 2,
    podMetadata: { labels: { 'app.kubernetes.io/name': name } },
    securityContext: { ensureNonRoot: true, user: USER, group: USER },
  });
  deployment.addContainer({
    name: 'server',
    image,
    ports: [{ name: 'http', number: 8080 }],
    resources: {
      cpu: { request: Cpu.millis(100), limit: Cpu.millis(250) },
      memory: { request: Size.mebibytes(128), limit: Size.mebibytes(128) },
    },
    securityContext: {
      user: USER,
      group: USER,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
  });
  deployment.exposeViaService({ name, ports: [{ name: 'http', port: 8080 }] });
  return deployment;
}
