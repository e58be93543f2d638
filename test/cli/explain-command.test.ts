import { ALLOW, Folder, guardrails, TENANTS } from './support';

const folder = new Folder();
const path = folder.put('all.yaml', `${TENANTS}${ALLOW}---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: bank, labels: { app: db } }
spec: { containers: [{ name: db, image: db, ports: [{ name: sql, containerPort: 5432 }] }] }
`);
const explain = async (...args: string[]) => guardrails('explain', path, '--from', 'shop/web', ...args);

test.each([
  ['8080', '8080/TCP is allowed'], ['8080/tcp', '8080/TCP is allowed'], ['http', '8080/TCP is allowed'], ['http/tcp', '8080/TCP is allowed'],
  ['8080/udp', '8080/UDP is denied'], ['icmp/8', 'ICMP type 8 is denied'],
])('--port %s', async (port, head) => {
  const { code, stdout } = await explain('--to', 'bank/api', '--port', port);
  expect(code).toBe(0);
  expect(stdout).toContain(`shop/web[Deployment] => bank/api[Deployment] : ${head}`);
});

test.each([
  ['far/app=x[Pods]', 'depends', 1], ['far,env=test/app=x[Pods]', 'is denied', 0], ['far,env=prod/app=x[Pods]', 'is allowed', 1],
  ['*/app=x[Pods]', 'is denied', 0],
])('--expect denied of pods that no policy means: %s', async (from, verdict, code) => {
  const ingress = 'ingress: [{ from: [{ namespaceSelector: { matchLabels: { env: prod } } }] }]';
  const policy = `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: p, namespace: bank }, spec: { podSelector: {}, ${ingress} } }`;
  const file = folder.put('far.yaml', `${TENANTS}---\n${policy}\n`);
  const answer = await guardrails('explain', file, '--from', from, '--to', 'bank/api', '--port', 'http', '--expect', 'denied');
  expect(answer.stdout).toContain(`${from} => bank/api[Deployment] : 8080/TCP ${verdict}`);
  expect(answer.code).toBe(code);
});

test.each(['8000-8100', 'any', '80/quic', '70000', 'grpc'])('--port %s is refused', async port => {
  const { code, stdout, stderr } = await explain('--to', 'bank/api', '--port', port);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`'${port}'`.replace("'70000'", 'given 70000'));
});

test.each([
  [['--to', 'bank/api', '--port', '-1'], 'port: given -1; allowed: a port from 1 to 65535'],
  [['--to', 'bank/api', '--port=-1'], 'port: given -1; allowed: a port from 1 to 65535'],
  [['--to', 'bank/api', '--port', '80', '--port', '81'], '--port is given twice, 80 and 81; it takes one value'],
  [['--from', 'bank/api', '--to', 'bank/api', '--port', '80'], '--from is given twice, shop/web and bank/api'],
  [['--to', 'bank/api', '--port', '80', '--cni', 'calico', '--cni', 'calico'], '--cni is given twice'],
  [['--port', '--to', 'bank/api'], '--port needs a value, and what follows is another option'],
  ...['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/x', '10.0.0.256', '10.0.0', '12'].map(to => [['--to', to, '--port', '80'], `'${to}'; allowed: an address of four numbers up to 255, or a CIDR whose length is 0 to 32`]),
  ...['fe80::1/129', '2001:db8::/x', '1:2'].map(to => [['--to', to, '--port', '80'], `'${to}'; allowed: an IPv6 address, or a CIDR whose length is 0 to 128`]),
] as [string[], string][])('%j is refused, and what is allowed is said', async (args, message) => {
  const { code, stdout, stderr } = await explain(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('what may be given several times may be', async () => {
  const { code } = await explain('--to', 'bank/api', '--port', '80', '--header', 'A: 1', '--header', 'B: -1', '--json', '--json');
  expect(code).toBe(0);
  expect((await guardrails('map', path, '--focus', 'shop/web', '--focus', 'bank/api')).code).toBe(0);
});

test('who has no port of that name is left out, and told', async () => {
  const { code, stdout, stderr } = await explain('--to', 'bank/*', '--port', 'http', '--expect', 'allowed');
  expect(code).toBe(0);
  expect(stdout).toContain('bank/api[Deployment] : 8080/TCP is allowed');
  expect(stdout).not.toContain('bank/db');
  expect(stderr).toBe('note: left out, having no port named http: bank/db[Pod]\n');
});

test('in a table too', async () => {
  const table = folder.put('flows.yaml', 'flows:\n  - { name: calls, from: shop/web, to: bank/*, port: http }\n');
  expect(await guardrails('test', path, '--spec', table)).toMatchObject({
    code: 0, stderr: 'note: calls: left out, having no port named http: bank/db[Pod]\n1 passed, 0 failed\n',
  });
});

test('a port of a Service that the pods do not name is pointed out', async () => {
  const service = folder.put('service.yaml', `${TENANTS}${ALLOW}---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: bank }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
`);
  const ask = async (to: string, port: string) => (await guardrails('explain', service, '--from', 'shop/web', '--to', to, '--port', port)).stderr;
  expect(await ask('bank/api', '80')).toBe(
    "note: bank/api[Deployment] names no port 80, and bank/api[Service] leads from it to another: --to 'bank/api[Service]' asks about that\n",
  );
  expect(await ask('bank/api', '8080')).toBe('');
  expect(await ask('bank/api', '81')).toBe('');
  expect(await ask('bank/api', '80/udp')).toBe('');
  expect(await ask('bank/api[Service]', '80')).toBe('');
});

test.each(['infra/*', 'infra/app in (envoy,web)'])('what is expected to be denied to %s is asked of pods too that policies mean and the manifests lack', async from => {
  const file = folder.put('infra.yaml', `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: infra, labels: { app: web } }
spec: { containers: [{ name: main, image: main }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: bank, labels: { app: db } }
spec: { containers: [{ name: main, image: main }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in, namespace: bank }
spec:
  podSelector: {}
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } }, podSelector: { matchLabels: { app: envoy } } }] }]
`);
  const { code, stderr } = await guardrails('explain', file, '--from', from, '--to', 'bank/db', '--port', '5432', '--expect', 'denied');
  expect(code).toBe(1);
  expect(stderr).toContain('expected denied: infra/app=envoy[Pods] => bank/db[Pod] : 5432/TCP is allowed');
});

test('an error says what is wrong, not where in the engine', async () => {
  const { stderr } = await guardrails('explain', path, '--from', 'web', '--to', 'bank/api', '--port', '80');
  expect(stderr).toMatch(/^guardrails explain: place: given 'web'; .* Perhaps shop\/web\./);
});

test('the help says for what cluster manifests are read', async () => {
  expect((await guardrails('explain', '--help')).stdout).toMatch(/What nobody says is the default: Kubernetes \S+, Cilium \S+,/);
});
