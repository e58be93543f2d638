import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io';
import { main } from '../../src/cli/main';

/** What a command said and ended with. */
export async function guardrails(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = { stdout: text => void out.push(text), stderr: text => void err.push(text), color: false, interactive: false };
  const code = await main(args, io);
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** A folder for the files of a test suite, which is gone after it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'guardrails-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  at(path: string): string {
    return join(this.path, path);
  }

  put(path: string, content: string): string {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), content);
    return this.at(path);
  }
}

const workload = (name: string, namespace: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: app, ports: [{ name: http, containerPort: 8080 }] }] }
`;

const tenant = (name: string) => `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { platform.io/team: ${name} } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: ${name} }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

/** Two tenants that deny everything, with a workload each: shop/web and bank/api. */
export const TENANTS = [tenant('shop'), workload('web', 'shop'), tenant('bank'), workload('api', 'bank')].join('---\n');

/** Both halves of shop/web to bank/api on the port that it calls http. */
export const ALLOW = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: to-bank, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: bank } }, podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: http }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: from-shop, namespace: bank }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }, podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: http }]
`;

/** Lets the internet in at bank/api. */
export const WORLD = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: from-world, namespace: bank }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [world], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }]
`;
