import { Chart } from 'cdk8s';
import { Platform } from '../../src/platform/platform';
import type { PlatformProps } from '../../src/platform/platform-props';
import { Admission, webhookProblems } from '../support/admission';
import { type Manifest, manifests, testApp } from '../support/synth';

export const MANAGED = { 'platform.io/managed': 'true' };

/** The objects that come out, in order. */
export function objectsOf(build: (chart: Chart) => void, platform: PlatformProps = {}): Manifest[] {
  const app = testApp();
  new Platform(app, 'platform', platform);
  const chart = new Chart(app, 'chart');
  build(chart);
  return manifests(app);
}

/** The only ClusterPolicy that comes out, once the webhook would take it. */
export function policyOf(build: (chart: Chart) => void, platform: PlatformProps = {}): Manifest {
  const [policy, ...others] = objectsOf(build, platform).filter(({ kind }) => kind === 'ClusterPolicy');
  if (!policy || others.length > 0) throw new Error('expected exactly one ClusterPolicy');
  const problems = webhookProblems(policy, platform.kyverno ?? '1.19');
  if (problems.length > 0) throw new Error(`the webhook would refuse the policy: ${problems.join('; ')}`);
  return policy;
}

/** What Kyverno would say. `tenant` is a managed namespace, `other` is not, `kube-system` is a managed system namespace. */
export function admissionOf(policies: Manifest[], kyvernoVersion = '1.19'): Admission {
  const namespace = (name: string, labels = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  return new Admission(policies, {
    kyvernoVersion,
    namespaces: [namespace('tenant', MANAGED), namespace('other'), namespace('kube-system', MANAGED), namespace('third', { tier: 'gold' })],
  });
}

export function pod(spec: object, namespace = 'tenant', labels: Record<string, string> = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app', namespace, labels }, spec };
}

export function deployment(spec: object, namespace = 'tenant', labels: Record<string, string> = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app', namespace },
    spec: { template: { metadata: { labels }, spec } },
  };
}

export function cronJob(spec: object, namespace = 'tenant'): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'app', namespace },
    spec: { jobTemplate: { spec: { template: { metadata: {}, spec } } } },
  };
}
