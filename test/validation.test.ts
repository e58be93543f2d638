import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Cni, FluxApp, FluxCluster, FluxLayout, Guardrails, type PlatformProps, RemovalPolicy, TenantNamespace, TenantRole } from '../src';
import { filesOf, stderrOf, temporaryFolder } from './support/tree';
import { GuardrailsValidation } from '../src/validation';

const policy = (protocol: string) => `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts:
        - ports: [{ port: "8080", protocol: ${protocol} }]
          rules: { http: [{ method: GET, path: "/v1/.*" }] }
`;

type Props = ConstructorParameters<typeof GuardrailsValidation>[0];

/** What the plugin reports of a manifest. */
async function report(yaml: string, props?: Props) {
  return reportOf({ 'shop.k8s.yaml': yaml }, props);
}

async function reportOf(files: Record<string, string>, props?: Props) {
  const folder = mkdtempSync(join(tmpdir(), 'guardrails-plugin-'));
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  const violations: { ruleName: string; violatingResources: readonly { locations: string[] }[] }[] = [];
  const submitted: string[] = [];
  try {
    await new GuardrailsValidation(props).validate({
      manifests: paths,
      report: { addViolation: violation => violations.push(violation), submit: status => submitted.push(status) },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { violations, submitted };
}

describe('the validation plugin', () => {
  test('fails on an error, and says which rule, object, place and mend', async () => {
    const { violations, submitted } = await report(policy('UDP'));
    expect(submitted).toEqual(['failure']);
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'cilium/L7NeedsTcp (error)',
      recommendation: expect.stringContaining('UDP'),
      fix: expect.stringContaining('Write `protocol: TCP`'),
      violatingResources: [expect.objectContaining({ resourceName: 'CiliumNetworkPolicy shop/api' })],
    })]);
    expect(violations[0]!.violatingResources[0]!.locations).toEqual(['/spec/ingress/0/toPorts/0/ports/0', expect.stringMatching(/shop\.k8s\.yaml:9:/)]);
  });

  test('passes what is right', async () => {
    expect(await report(policy('TCP'))).toEqual({ violations: [], submitted: ['success'] });
  });

  test('takes a target, rules to leave out, and how bad is too bad', async () => {
    expect((await report(policy('UDP'), { ignore: ['cilium/L7NeedsTcp'] })).submitted).toEqual(['success']);
    const deny = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: shop }\nspec: { podSelector: {}, policyTypes: [Egress] }\n';
    expect((await report(deny)).submitted).toEqual(['success']);
    expect((await report(deny, { failOn: 'warning' })).submitted).toEqual(['failure']);
    expect((await report(deny, { target: { cni: 'flannel' } })).submitted).toEqual(['failure']);
    await expect(report(deny, { target: { cni: 'nonsense' } })).rejects.toThrow(/cdk8s.yaml: cni: given "nonsense"/);
  });
});

describe('the validation plugin, of an app with two clusters', () => {
  /** What `cdk8s synth` finds in its output folder. */
  function stock(facts: Record<string, PlatformProps>): Record<string, string> {
    const [outdir, folder] = [temporaryFolder(), temporaryFolder()];
    process.env.CDK8S_OUTDIR = folder;
    try {
      const app = new FluxApp({ outdir, layout: FluxLayout.monorepo({ path: 'deploy' }) });
      for (const [name, platform] of Object.entries(facts)) {
        const cluster = new FluxCluster(app, name, { platform });
        new TenantRole(cluster.policies, 'tenant-role');
        new TenantNamespace(cluster.tenants, 'shop', { team: 'shop', removal: RemovalPolicy.RETAIN });
        if (platform.cni) Guardrails.of(cluster).acknowledge('network/CniEnforcesNothing', { reason: 'A cluster to try things.' });
      }
      stderrOf(() => app.synth());
      return filesOf(folder);
    } finally {
      delete process.env.CDK8S_OUTDIR;
    }
  }

  test('takes each for itself: the same tenant in both is no duplicate', async () => {
    const files = stock({ staging: {}, production: {} });
    expect(Object.keys(files)).toEqual(['production.k8s.yaml', 'staging.k8s.yaml']);
    expect(await reportOf(files)).toEqual({ violations: [], submitted: ['success'] });
    const together = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/^#.*\n/, '')]));
    expect((await reportOf(together)).violations.map(({ ruleName }) => ruleName)).toContain('identity/DuplicateObject (error)');
  });

  test('judges each for what it is, unless told a target', async () => {
    const files = stock({ staging: { cni: Cni.flannel() }, production: {} });
    const told = async (props?: Props) => (await reportOf(files, props)).violations.filter(({ ruleName }) => ruleName.startsWith('network/'))
      .map(({ ruleName, violatingResources: [first] }) => `${ruleName} ${/[a-z]+\.k8s\.yaml/.exec(first!.locations.join())?.[0]}`);
    expect(await told()).toEqual([expect.stringMatching(/\(error\) staging\.k8s\.yaml$/)]);
    expect(await told({ target: { cni: 'cilium' } })).toEqual([]);
  });

  test('tells apart what lies in folders as Flux has them', async () => {
    const files = (name: string) => ({
      [`clusters/${name}/apps.yaml`]: `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: apps, namespace: flux-system }, spec: { interval: 10m, prune: true, path: ./apps/${name}, sourceRef: { kind: GitRepository, name: flux-system } } }`,
      [`apps/${name}/namespace.yaml`]: '{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }',
    });
    const { violations } = await reportOf({ ...files('a'), ...files('b') });
    expect(violations.map(({ ruleName }) => ruleName)).not.toContain('identity/DuplicateObject (error)');
  });
});
