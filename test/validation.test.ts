import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** What the plugin reports of a manifest. */
async function report(yaml: string, props?: ConstructorParameters<typeof GuardrailsValidation>[0]) {
  const folder = mkdtempSync(join(tmpdir(), 'guardrails-plugin-'));
  const file = join(folder, 'shop.k8s.yaml');
  writeFileSync(file, yaml);
  const violations: { ruleName: string; violatingResources: readonly { locations: string[] }[] }[] = [];
  const submitted: string[] = [];
  try {
    await new GuardrailsValidation(props).validate({
      manifests: [file],
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
