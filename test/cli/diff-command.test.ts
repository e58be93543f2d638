import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ALLOW, Folder, guardrails, TENANTS, WORLD } from './support';

const folder = new Folder();
const closed = folder.put('closed/all.yaml', TENANTS);
const open = folder.put('open/all.yaml', TENANTS + ALLOW);
const exposed = folder.put('exposed/all.yaml', TENANTS + WORLD);

describe('guardrails diff', () => {
  test('says what a change opens, and the policies that do it', async () => {
    const { code, stdout, stderr } = await guardrails('diff', closed, open);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\+ shop\/web\[Deployment\] => bank\/api\[Deployment\] : 8080\/TCP \(cross-tenant, cross-namespace\)$/m);
    expect(stdout).toContain('NetworkPolicy shop/to-bank allows it');
    expect(stdout).toContain('NetworkPolicy bank/from-shop allows it');
    expect(stdout).not.toContain('default-deny');
    expect(stderr).toBe('1 opened, 0 closed, 0 changed\n');
  });

  test('says what it closes, and the policies that are gone', async () => {
    const { stdout } = await guardrails('diff', open, closed);
    expect(stdout).toMatch(/^- shop\/web\[Deployment\] => bank\/api\[Deployment\] : 8080\/TCP/m);
    expect(stdout).toContain('before: NetworkPolicy shop/to-bank allows it');
  });

  test('has nothing to say of a set and itself', async () => {
    expect(await guardrails('diff', open, open)).toEqual({ code: 0, stdout: 'nothing opened, nothing closed\n', stderr: '0 opened, 0 closed, 0 changed\n' });
  });

  test.each([
    ['opened', open, 1], ['closed', open, 0], ['opened-cross-tenant', open, 1], ['opened-from-world', open, 0],
    ['opened-from-world', exposed, 1], ['opened-cross-tenant', exposed, 0], ['closed,opened-from-world', exposed, 1],
  ])('--fail-on %s', async (gates, path, code) => {
    expect((await guardrails('diff', closed, path, '--fail-on', gates)).code).toBe(code);
  });

  test('names what does not get through a gate as the list does', async () => {
    const blocks = (direction: string, side: string, port: number) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${direction}, namespace: bank }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [${direction === 'egress' ? 'Egress' : 'Ingress'}]
  ${direction}: [{ ${side}: [{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.7/32] } }, { ipBlock: { cidr: 198.51.100.0/24 } }], ports: [{ port: ${port} }] }]
`;
    const wider = folder.put('wider.yaml', TENANTS + blocks('ingress', 'from', 443) + blocks('egress', 'to', 5432));
    const { code, stdout, stderr } = await guardrails('diff', closed, wider, '--fail-on', 'opened');
    expect(code).toBe(1);
    const [first, second] = stdout.split('\n').filter(line => line.startsWith('+ ')).map(line => line.slice(2).replace(/ : \S+/, ''));
    expect(first).toMatch(/^198\.51\.100\.0\/24; 203\.0\.113\.0\/24 except 203\.0\.113\.7\/32 => /);
    expect(stderr).toBe(`2 opened, 0 closed, 0 changed\nfails: ${first!}\nfails: ${second!}\n`);
  });

  describe('--focus', () => {
    const monitoring = (app: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: scrape, namespace: bank }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }, podSelector: { matchLabels: { app: ${app} } } }] }]
`;
    const scraped = folder.put('focus/scraped.yaml', TENANTS + WORLD + monitoring('prometheus'));
    const opened = async (from: string, to: string, ...focus: string[]) => {
      const { code, stdout } = await guardrails('diff', from, to, '--fail-on', 'opened', ...focus.flatMap(place => ['--focus', place]));
      return [code, ...stdout.split('\n').filter(line => line.startsWith('+ ')).map(line => line.replace(/^\+ (.*) : .*$/, '$1'))];
    };
    const PROMETHEUS = 'monitoring/app=prometheus[Pods] => bank/api[Deployment]';
    const FROM_WORLD = 'world => bank/api[Deployment]';

    test.each([
      [['monitoring/app=prometheus[Pods]'], [1, PROMETHEUS]],
      [['world'], [1, FROM_WORLD]],
      [['bank/api'], [1, FROM_WORLD, PROMETHEUS]],
      [['bank/*'], [1, FROM_WORLD, PROMETHEUS]],
      [['203.0.113.0/24', 'monitoring/app=prometheus'], [1, FROM_WORLD, PROMETHEUS]],
      [['shop/web'], [0]],
      [['monitoring/app=grafana[Pods]'], [0]],
    ])('%j', async (places, expected) => expect(await opened(closed, scraped, ...places)).toEqual(expected));

    test('pods that no policy means are asked about, and those of one set only', async () => {
      const none = folder.put('focus/none.yaml', TENANTS.replaceAll('podSelector: {}', 'podSelector: { matchLabels: { app: other } }'));
      expect(await opened(closed, none, 'bank/app=new[Pods]')).toContain('bank/app=new[Pods] => bank/api[Deployment]');
      expect(await opened(scraped, closed, 'monitoring/app=prometheus[Pods]')).toEqual([0]);
    });

    test('is refused where it is nobody in both', async () => {
      expect(await guardrails('diff', closed, scraped, '--focus', 'shop/nobody')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("'shop/nobody'") as string });
    });
  });

  test('tells requests that pass from those that passed', async () => {
    const limited = (path: string) => WORLD.replace('protocol: TCP }]', `protocol: TCP }], rules: { http: [{ method: GET, path: "${path}" }] }`);
    const narrow = folder.put('narrow.yaml', TENANTS + limited('/v1'));
    const wide = folder.put('wide.yaml', TENANTS + limited('/.*'));
    const { stdout, code } = await guardrails('diff', narrow, wide, '--fail-on', 'opened-from-world');
    expect(stdout).toContain('443/TCP only GET /v1 -> 443/TCP only GET /.*');
    expect(code).toBe(1);
  });

  test('reads a revision of the repository', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-C', folder.path, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
    folder.put('deploy/all.yaml', TENANTS);
    git('init', '-q');
    git('add', 'deploy');
    git('commit', '-qm', 'first');
    folder.put('deploy/all.yaml', TENANTS + ALLOW);
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      expect((await guardrails('diff', 'git:HEAD:deploy', 'deploy')).stdout).toContain('+ shop/web');
      const { code, stdout, stderr } = await guardrails('diff', 'git:nowhere:deploy', 'deploy');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^guardrails diff: git:nowhere:deploy: this repository knows no revision nowhere; name a branch, a tag or a commit/);
      expect(await guardrails('diff', 'git:HEAD', 'deploy')).toMatchObject({ code: 2, stderr: expect.stringContaining('git:HEAD: write git:REVISION:PATH') as string });
      expect(await guardrails('diff', 'git:HEAD:../..', 'deploy')).toMatchObject({ code: 2, stderr: expect.stringContaining('outside repository') as string });
      expect(await guardrails('diff', 'git:HEAD:elsewhere', 'deploy')).toMatchObject({ code: 2, stdout: '' });
    } finally {
      process.chdir(before);
    }
  });

  test('writes a comment for a pull request in which foreign text starts nothing', async () => {
    const { stdout } = await guardrails('diff', closed, exposed, '--format', 'markdown');
    expect(stdout).toContain('This change: 1 opened, 0 closed, 0 changed.');
    expect(stdout).toContain('| world | bank/api\\[Deployment\\] | 443/TCP<br>**from-world** |');
  });

  test('writes JSON, CSV, DOT and Mermaid', async () => {
    const format = async (name: string) => (await guardrails('diff', closed, open, '--format', name)).stdout;
    expect(JSON.parse(await format('json'))).toMatchObject({ changes: [{ kind: 'opened', from: 'shop/web[Deployment]', after: '8080/TCP' }] });
    expect(await format('csv')).toContain('opened,shop/web[Deployment],bank/api[Deployment],nothing,8080/TCP,cross-tenant cross-namespace,');
    expect(await format('svg')).toMatch(/^<svg .*>shop\/web\[Deployment\]<.*<\/svg>\n$/s);
    expect(await format('dot')).toContain('"shop/web[Deployment]" -> "bank/api[Deployment]" [label="+ 8080/TCP"');
    expect(await format('mermaid')).toContain('n1 -->|"+ 8080/TCP"| n0');
  });

  describe('--strangers', () => {
    const scraped = folder.put('scraped.yaml', `${TENANTS}---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: scrape, namespace: bank },
  spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }], ports: [{ port: 9090 }] }] } }
`);
    const line = 'added: monitoring/*[Pods] => bank/api[Deployment] : TCP 9090\n';

    test('are no lines of connlist unless asked for, and gates look at them all the same', async () => {
      const connlist = ['diff', closed, scraped, '--format', 'connlist', '--fail-on', 'opened'];
      const { code, stdout, stderr } = await guardrails(...connlist);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^left out: 1 pair with pods that the manifests do not have; --strangers show adds it\n1 opened, .*\nfails: monitoring/);
      expect(await guardrails(...connlist, '--strangers', 'show')).toMatchObject({ code: 1, stdout: line });
    });

    test.each([['text', 'nothing opened'], ['markdown', 'opens nothing']])('%s without them does not say that nothing opened', async (format, words) => {
      expect((await guardrails('diff', closed, scraped, '--format', format)).stdout).toContain('monitoring/');
      const { stdout } = await guardrails('diff', closed, scraped, '--format', format, '--strangers', 'hide');
      expect(stdout).not.toContain(words);
      expect(stdout).toContain('and 1 with pods that the manifests do not have');
    });
  });

  test('says what connlist has no words for', async () => {
    const only = (path: string) => folder.put(`only-${path}.yaml`, TENANTS + WORLD.replace('protocol: TCP }]', `protocol: TCP }], rules: { http: [{ path: /${path} }] }`));
    const connlist = async (...paths: string[]) => guardrails('diff', ...paths, '--format', 'connlist');
    expect(await connlist(only('v1'), only('v2'))).toMatchObject({
      stdout: '', stderr: expect.stringContaining('left out: 1 pair of which only requests, conditions or other protocols are different; --format text shows it'),
    });
    expect(await connlist(closed, only('v1'))).toMatchObject({
      stdout: expect.stringMatching(/^added: .* : TCP 443$/m), stderr: expect.stringContaining('in part: 1 pair of which the line does not tell requests'),
    });
    const named = folder.put('named.yaml', `${TENANTS}---
{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: out, namespace: shop }, spec: { endpointSelector: {}, egress: [{ toEntities: [kube-apiserver] }] } }
`);
    expect((await connlist(closed, named)).stderr).toContain('left out: 1 pair with a DNS name, an entity, a node or IPv6 addresses; --format text shows it');
  });

  test('ends with 2 when a part cannot be read, since what it would open is not known', async () => {
    const broken = folder.put('broken/all.yaml', `${TENANTS}---\na: [\n`);
    expect(await guardrails('diff', closed, broken, '--fail-on', 'opened')).toMatchObject({ code: 2 });
  });

  test('writes to a file when asked', async () => {
    const file = folder.at('comment.md');
    expect((await guardrails('diff', closed, open, '--format', 'markdown', '--output', file)).stdout).toBe('');
    expect(readFileSync(file, 'utf8')).toContain('### Opened');
  });

  test.each([
    [[], /two paths/], [['a.yaml'], /two paths/], [['a', 'b', 'c'], /two paths/],
    [['nowhere', 'elsewhere'], /no such file/], [[closed, open, '--fail-on', 'opened-from-mars'], /--fail-on opened-from-mars/],
    [[closed, open, '--format', 'pdf'], /--format pdf/],
  ])('ends with 2 and a hint for %j', async (args, hint) => {
    const { code, stdout, stderr } = await guardrails('diff', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(hint);
  });
});
