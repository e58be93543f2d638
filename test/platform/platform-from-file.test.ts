import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cni, Gateway, Platform, type PlatformProps } from '../../src';
import { targetFrom } from '../../src/cli/target-options';
import { testApp } from '../support/synth';

const folder = mkdtempSync(join(tmpdir(), 'guardrails-target-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string | Buffer): string {
  const path = join(folder, 'target.yaml');
  writeFileSync(path, text);
  return path;
}

const platform = (text: string | Buffer, overrides?: PlatformProps) => Platform.fromFile(testApp(), 'platform', file(text), overrides);

const PRODUCTION = `
kubernetes: "1.34"
kyverno: "1.18"
cilium: { version: "1.19", mutualAuthentication: true }
clusterName: production
clusterDomain: k8s.example
searchDomains: [corp.example.com]
podCidrs: [10.244.0.0/16]
serviceCidrs: [10.96.0.0/12]
nodeCidrs: [192.0.2.0/24]
podTemplates: { Rollout: spec.template }
apiServer: { cidrs: [198.51.100.7/32], port: 6443, tunnelled: true }
systemNamespaces: [kube-system, flux-system]
fluxLockdown: false
`;

describe('a platform from a target file', () => {
  test('has all that the file says', () => {
    expect(platform(PRODUCTION)).toMatchObject({
      kubernetes: '1.34',
      kyverno: '1.18',
      flux: '2.8',
      cni: { name: 'Cilium', ciliumVersion: '1.19', _cilium: { mutualAuthentication: true, sctp: false } },
      clusterName: 'production',
      clusterDomain: 'k8s.example',
      searchDomains: ['corp.example.com'],
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.96.0.0/12'],
      nodeCidrs: ['192.0.2.0/24'],
      podTemplates: { Rollout: 'spec.template' },
      apiServerCidrs: ['198.51.100.7/32'],
      apiServerPorts: [6443],
      apiServerTunnelled: true,
      systemNamespaces: ['flux-system', 'kube-system'],
      fluxLockdown: false,
    });
  });

  test.each([
    '', '# nothing\n', 'cni: calico', 'cni: flannel', 'cni: azure-cilium-acns', 'cni: { name: weave, enforcesNetworkPolicy: true }',
    'cilium: "1.16"', PRODUCTION,
  ])('is for what the command line takes it for: %j', text => {
    const { cni, cilium, enforcesNetworkPolicy, kubernetes, kyverno, flux } = targetFrom({ target: file(text) });
    expect(platform(text)._target).toMatchObject({ cni, cilium, enforcesNetworkPolicy, kubernetes, kyverno, flux });
  });

  test('takes from the program what the file does not say, and what is to be different', () => {
    const made = platform(PRODUCTION, { gateway: Gateway.envoyGateway(), cni: Cni.calico(), kyverno: '1.19', flux: undefined });
    expect(made).toMatchObject({ cni: { name: 'Calico' }, kyverno: '1.19', kubernetes: '1.34', flux: '2.8', clusterName: 'production' });
    expect(made.gateway).toBeDefined();
  });

  test('is the platform of its scope', () => {
    const app = testApp();
    expect(Platform.of(app)).toBe(app.node.tryFindChild('DefaultPlatform'));
    const another = testApp();
    const made = Platform.fromFile(another, 'platform', file('cni: calico'));
    expect(Platform.of(another)).toBe(made);
  });

  test.each<[string, string | Buffer, RegExp]>([
    ['YAML', 'kubernetes: [', /Platform.fromFile: path: given .*target.yaml; allowed: a target file, in YAML. What is wrong: /],
    ['UTF-8', Buffer.from([0xff, 0xc0, 0x41]), /What is wrong: it is not UTF-8/],
    ['one document', 'cni: calico\n---\ncni: flannel\n', /What is wrong: one document is expected, and there are 2/],
    ['known', 'kuberntes: "1.33"', /target.yaml: kuberntes: given "kuberntes"; allowed: kubernetes, /],
    ['a version in quotes', 'kubernetes: 1.30', /target.yaml: kubernetes: given 1.3; allowed: a version in quotes/],
    ['a version that is known', 'kubernetes: "1.99"', /Kubernetes version: given "1.99"/],
    ['a CNI', 'cni: weave', /target.yaml: cni: given "weave"/],
    ['a feature that the agents have', 'cilium: { version: "1.18", cidrMatchesPods: true }', /target.yaml: cidrMatchesPods: given true on Cilium 1.18/],
    ['a domain', 'searchDomains: ["corp example"]', /target.yaml: searchDomains: given "corp example"/],
  ])('has to be %s', (_what, text, message) => {
    expect(() => platform(text)).toThrow(message);
  });

  test('has to be there', () => {
    expect(() => Platform.fromFile(testApp(), 'platform', join(folder, 'none.yaml'))).toThrow(/Platform.fromFile: path: given .*none.yaml.*What is wrong: there is no such file/);
    expect(() => Platform.fromFile(testApp(), 'platform', 'a\0b')).toThrow(/Platform.fromFile: path: given .*What is wrong: .*null bytes/);
  });
});
