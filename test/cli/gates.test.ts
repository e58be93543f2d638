import { ALLOW, Folder, guardrails, TENANTS, WORLD } from './support';

const folder = new Folder();
const closed = folder.put('closed.yaml', TENANTS);
const question = ['--from', 'shop/web', '--to', 'bank/api', '--port', '8080'];

describe('a gate does not say fine', () => {
  test.each([
    ['a place without any object', ['map', folder.put('empty/readme.yaml', '# nothing\n')]],
    ['a render that came out empty', ['diff', closed, folder.at('empty'), '--fail-on', 'opened']],
    ['a template', ['explain', folder.put('template.yaml', '{{ if .Values.on }}\n'), ...question]],
  ])('of %s', async (_name, args) => {
    expect(await guardrails(...args)).toMatchObject({ code: 2, stdout: '' });
  });

  test('of an old state that had nothing: that is where repositories begin', async () => {
    expect((await guardrails('diff', folder.at('empty'), closed)).code).toBe(0);
  });

  test('for a policy that the agents drop', async () => {
    const http = '[{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET, path: "*" }] }';
    const dropped = folder.put('dropped.yaml', `${TENANTS}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: only-get, namespace: open }
spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: ${http} }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: open, labels: { app: db } }
spec: { containers: [{ name: db, image: db }] }
`);
    const { code, stdout, stderr } = await guardrails('explain', dropped, '--from', 'world', '--to', 'open/db', '--port', '22', '--expect', 'denied');
    expect(code).toBe(1);
    expect(stdout).toContain('is allowed');
    expect(stderr).toMatch(/note: CiliumNetworkPolicy open\/only-get has no effect, since the cluster refuses it: .*\(cilium\/InvalidHttpRegex\)/);
  });

  test('for a policy that the API server refuses', async () => {
    const refused = folder.put('refused.yaml', `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: open, labels: { app: web } }, spec: { containers: [] } }
---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: out, namespace: open }, spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/33 } }] }] } }
`);
    const { stdout, stderr } = await guardrails('explain', refused, '--from', 'open/web', '--to', '192.0.2.1', '--port', '80');
    expect(stdout).toContain('is allowed');
    expect(stderr).toContain('NetworkPolicy open/out has no effect');
  });

  test.each([['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'], ['projectcalico.org/v3', 'GlobalNetworkPolicy']])(
    'for %s %s without telling that it is not evaluated', async (apiVersion, kind) => {
      const path = folder.put(`${kind}.yaml`, `${TENANTS}---\n{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: all } }\n`);
      expect((await guardrails('explain', path, ...question)).stderr).toContain(`${kind} all is not evaluated`);
    });

  test.each([
    ['{ apiVersion: extensions/v1beta1, kind: NetworkPolicy, metadata: { name: old, namespace: shop }, spec: { podSelector: {} } }',
      'NetworkPolicy shop/old has no effect, since the cluster refuses it: extensions/v1beta1, removed in Kubernetes 1.16'],
    ['{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { generateName: np-, namespace: shop }, spec: { podSelector: {} } }',
      'NetworkPolicy shop/(without a name) is not evaluated, since its name is not known before it is created'],
  ])('for %s without telling', async (text, expected) => {
    const path = folder.put('unread.yaml', `${TENANTS}---\n${text}\n`);
    expect((await guardrails('explain', path, ...question)).stderr).toContain(expected);
  });

  test('for objects that are there twice without telling', async () => {
    folder.put('twice/a.yaml', TENANTS);
    folder.put('twice/b.yaml', TENANTS + ALLOW);
    expect((await guardrails('explain', folder.at('twice'), ...question)).stderr).toMatch(/note: Namespace shop and \d+ more are there twice/);
  });

  test('between tenants without a label that tells them, unsaid', async () => {
    const plain = (more = '') => folder.put(`plain${more.length}.yaml`, (TENANTS + more).replaceAll('platform.io/team', 'team'));
    const [before, after] = [plain(), plain(ALLOW)];
    const { code, stderr } = await guardrails('diff', before, after, '--fail-on', 'opened-cross-tenant');
    expect(code).toBe(0);
    expect(stderr).toContain('no Namespace has the label platform.io/team');
    expect(await guardrails('diff', before, after, '--fail-on', 'opened-cross-tenant', '--tenant-label', 'team')).toMatchObject({ code: 1 });
    const misspelt = await guardrails('diff', before, after, '--fail-on', 'opened-cross-tenant', '--tenant-label', 'tem');
    expect(misspelt.code).toBe(2);
    expect(misspelt.stderr).toContain('--tenant-label tem: no Namespace has it; labels of Namespaces are team');
  });

  test('between namespaces that are not in the set, unsaid', async () => {
    const [known, unknown] = ['bank', 'none'].map(name => {
      const withoutOthers = (text: string) => text.split('---\n').filter(one => !one.includes('kind: Namespace') || one.includes(`name: ${name},`)).join('---\n');
      const some = '---\n{ apiVersion: v1, kind: Namespace, metadata: { name: far, labels: { platform.io/team: far } } }\n';
      return [TENANTS, TENANTS + ALLOW].map((text, index) => folder.put(`spaces-${name}-${index}.yaml`, withoutOthers(text) + some));
    });
    const gate = ['--fail-on', 'opened-cross-tenant'];
    expect(await guardrails('diff', known![0]!, known![1]!, ...gate)).toMatchObject({ code: 1 });
    const { code, stderr } = await guardrails('diff', unknown![0]!, unknown![1]!, ...gate);
    expect([code, stderr]).toEqual([0, expect.stringContaining('note: whose the namespaces bank, shop are is not known without their Namespaces')]);
  });

  test('of an address that is none', async () => {
    const { code, stderr } = await guardrails('explain', closed, '--from', 'shop/web', '--to', '300.1.1.1', '--port', '80');
    expect(code).toBe(2);
    expect(stderr).toContain('an address of four numbers up to 255');
  });

  test('of nodes that an entity holds', async () => {
    const [before, after] = ['toEndpoints: [{}]', 'toEntities: [cluster]'].map((peer, index) => folder.put(`nodes${index}.yaml`,
      `${TENANTS}---\n{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: out, namespace: shop }, spec: { endpointSelector: {}, egress: [{ ${peer} }] } }\n`));
    expect((await guardrails('diff', before!, after!)).stdout).toContain('+ shop/web[Deployment] => remote-node : any port');
  });

  test('of a row whose pods no policy means any more', async () => {
    const pods = (peer: string) => folder.put(`pods${peer.length}.yaml`,
      `${TENANTS}---\n{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: in, namespace: bank }, spec: { podSelector: {}, ingress: [${peer}] } }\n`);
    const named = pods('{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: backup } }, podSelector: { matchLabels: { app: barman } } }] }');
    const table = folder.at('pods-flows.yaml');
    expect(await guardrails('test', named, '--init', '--spec', table)).toMatchObject({ code: 0 });
    expect(await guardrails('test', named, '--spec', table)).toMatchObject({ code: 0 });
    const { code, stdout } = await guardrails('test', pods(''), '--spec', table);
    expect(code).toBe(1);
    expect(stdout).toContain('backup/app=barman[Pods] => bank/api[Deployment] : any port is denied');
  });

  test('of what only perhaps passes', async () => {
    const sure = folder.put('sure.yaml', TENANTS);
    const perhaps = folder.put('perhaps.yaml', `${TENANTS}---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: some, namespace: shop },
  spec: { podSelector: { matchLabels: { pod-template-hash: abc } }, egress: [{ to: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }], policyTypes: [Egress] } }
`);
    const cni = ['--cni', 'calico'];
    const table = folder.put('sure-flows.yaml', (await guardrails('test', sure, '--init', ...cni)).stdout);
    expect((await guardrails('test', perhaps, '--spec', table, ...cni)).code).toBe(1);
    const { stdout } = await guardrails('test', perhaps, '--init', ...cni);
    expect(stdout).toContain('{from: shop/web, to: 192.0.2.0/24, port: any, expect: depends}');
    expect(await guardrails('test', perhaps, '--spec', folder.put('perhaps-flows.yaml', stdout), ...cni)).toMatchObject({ code: 0 });
  });

  test('of a table that compares nothing', async () => {
    const empty = folder.put('empty-flows.yaml', 'flows: []\n');
    expect(await guardrails('test', closed, '--spec', empty)).toMatchObject({ code: 2, stderr: expect.stringContaining('at least one row') });
  });

  test('of a row about nobody, and says which row', async () => {
    const rows = folder.put('rows.yaml', 'flows:\n  - { from: shop/web, to: bank/api, port: 80, expect: denied }\n  - { from: shop/nobody, to: bank/api, port: 80 }\n');
    expect(await guardrails('test', closed, '--spec', rows)).toMatchObject({ code: 2, stderr: expect.stringContaining('flows[1]') });
  });

  test('the world is a focus of the map', async () => {
    const exposed = folder.put('exposed.yaml', TENANTS + WORLD);
    expect((await guardrails('map', exposed, '--focus', 'world')).stdout).toContain('bank/api[Deployment]');
    expect((await guardrails('map', exposed, '--focus', '8.8.8.8')).stdout).toContain('bank/api[Deployment]');
  });

  test('a method that is taken out of a limit closes nothing', async () => {
    const limited = (rule: string) => folder.put(`limited${rule.length}.yaml`, TENANTS + WORLD.replace('protocol: TCP }]', `protocol: TCP }], rules: { http: [{ ${rule} }] }`));
    expect((await guardrails('diff', limited('method: POST, path: /v1'), limited('path: /v1'), '--fail-on', 'closed')).code).toBe(0);
    expect((await guardrails('diff', limited('path: /v1'), limited('method: POST, path: /v1'), '--fail-on', 'closed')).code).toBe(1);
  });
});
