import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { ALLOW, Folder, guardrails, TENANTS, WORLD } from './support';
import { readCsv } from '../report/map/support/read-csv';
import { readMermaid } from '../report/map/support/read-mermaid';
import { readSvg } from '../report/map/support/read-svg';

const folder = new Folder();
const open = folder.put('open/all.yaml', TENANTS + ALLOW);
const closed = folder.put('closed/all.yaml', TENANTS);
const WEB = 'shop/web[Deployment]';
const API = 'bank/api[Deployment]';

const deployment = (namespace: string, name: string, labels = `app: ${name}`) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: app, image: app }] } } }
`;
const policy = (namespace: string, name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const inNamespace = (name: string) => `{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } } }`;
const isolated = (rules: string) => `{ podSelector: {}, policyTypes: [Ingress, Egress], ${rules} }`;

/** Three workloads of the same labels, their database, and the resolver of the cluster. */
const town = folder.put('town.yaml', [
  ...['one', 'two', 'three'].map(name => deployment('many', name, 'app: same')),
  policy('many', 'to-data', isolated(`egress: [{ to: [${inNamespace('data')}], ports: [{ port: 5432 }] }]`)),
  policy('many', 'to-resolver', isolated(`egress: [{ to: [${inNamespace('kube-system')}], ports: [{ port: 53, protocol: UDP }] }]`)),
  deployment('data', 'db'),
  policy('data', 'from-many', isolated(`ingress: [{ from: [${inNamespace('many')}], ports: [{ port: 5432 }] }]`)),
  deployment('kube-system', 'coredns', 'k8s-app: kube-dns'),
  policy('kube-system', 'from-many', isolated(`ingress: [{ from: [${inNamespace('many')}], ports: [{ port: 53, protocol: UDP }] }]`)),
].join(''));

const pairs = async (...args: string[]) => readCsv((await guardrails('map', ...args, '--format', 'csv')).stdout).slice(1).map(row => row.slice(0, 3));

test('tells who reaches whom as a table', async () => {
  expect(await guardrails('map', open)).toEqual({ code: 0, stdout: `${WEB}\n  => ${API}  8080/TCP\n`, stderr: '' });
});

test('reads several paths as one set', async () => {
  const tenants = folder.put('parts/tenants.yaml', TENANTS);
  const allow = folder.put('allow.yaml', ALLOW);
  expect(await guardrails('map', tenants, allow)).toEqual(await guardrails('map', open));
});

test('says so where nothing passes', async () => {
  expect(await guardrails('map', closed)).toEqual({ code: 0, stdout: 'nothing passes\n', stderr: '' });
  expect(await guardrails('map', closed, '--format', 'connlist')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test.each<[string, RegExp]>([
  ['table', /^shop\/web\[Deployment\]\n {2}=> bank\/api\[Deployment\] {2}8080\/TCP\n$/],
  ['connlist', /^shop\/web\[Deployment\] => bank\/api\[Deployment\] : TCP 8080\n$/],
  ['json', /^\{"format":1,"dataplane":"cilium","connections":\[\n\{"from":"shop\/web\[Deployment\]"/],
  ['csv', /^from,to,.*\r\nshop\/web\[Deployment\],bank\/api\[Deployment\],8080\/TCP,,,\r\n$/],
  ['markdown', /\n\| shop\/web\\\[Deployment\\\] \| bank\/api\\\[Deployment\\\] \| 8080\/TCP \|\n$/],
  ['dot', /"shop\/web\[Deployment\]" -> "bank\/api\[Deployment\]" \[label="8080\/TCP"\];/],
  ['mermaid', /^flowchart LR\n[^]* -->\|"8080\/TCP"\| n\d+\n$/],
  ['svg', /^<svg [^]*<title>shop\/web\[Deployment\] to bank\/api\[Deployment\]: 8080\/TCP<\/title>[^]*<\/svg>\n$/],
])('--format %s', async (format, expected) => {
  const { code, stdout, stderr } = await guardrails('map', open, '--format', format);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(expected);
});

describe('--focus', () => {
  const focus = async (...places: string[]) => pairs(town, '--cni', 'calico', ...places.flatMap(place => ['--focus', place]));

  test('leaves what begins or ends there', async () => {
    const all = ['one', 'three', 'two'].map(name => [`many/${name}[Deployment]`, 'data/db[Deployment]', '5432/TCP']);
    expect(await focus('data/db')).toEqual(all);
    expect(await focus('many/two')).toEqual([all[2], ['many/two[Deployment]', 'kube-system/coredns[Deployment]', '53/UDP']]);
    expect(await focus('many/two', 'data/*')).toHaveLength(4);
    expect(await focus('data/app=db')).toEqual(all);
  });

  test('takes an entity, and pods that are not in the set', async () => {
    const exposed = folder.put('exposed.yaml', TENANTS + WORLD);
    expect(await pairs(exposed, '--focus', 'bank/api')).toEqual([['any address', API, '443/TCP']]);
    const monitored = folder.put('monitored.yaml', TENANTS + policy('bank', 'scrape', isolated(`ingress: [{ from: [${inNamespace('monitoring')}], ports: [{ port: 9090 }] }]`)));
    for (const where of [['--focus', 'monitoring/*[Pods]'], ['--namespace', 'monitoring']]) {
      expect(await pairs(monitored, ...where)).toEqual([['monitoring/*[Pods]', API, '9090/TCP']]);
    }
    expect(await pairs(monitored, '--focus', 'shop/web')).toEqual([]);
    expect(await pairs(monitored, '--focus', 'monitoring/app=grafana[Pods]')).toEqual([['monitoring/app=grafana[Pods]', API, '9090/TCP']]);
    expect(await pairs(monitored, '--focus', 'infra/app=grafana[Pods]')).toEqual([]);
  });

  test('takes any member of a class', async () => {
    const classes = async (place: string) => (await pairs(town, '--cni', 'calico', '--by-class', '--focus', place)).map(([from]) => from);
    expect(await classes('many/one')).toEqual(['many/one[Deployment] and 2 more', 'many/one[Deployment] and 2 more']);
    expect(await classes('many/two')).toEqual(await classes('many/one'));
  });

  test('leaves the rest out of pictures, and says how many they are', async () => {
    const { stdout } = await guardrails('map', town, '--cni', 'calico', '--focus', 'many/two', '--format', 'svg');
    const { texts, title } = readSvg(stdout);
    const shown = texts.map(({ text }) => text);
    expect(title).toBe('Who reaches whom: 4 workloads in 2 namespaces');
    expect(shown).toEqual(expect.arrayContaining(['many  and 2 more', 'two  Deployment', 'db  Deployment']));
    expect(shown.join()).not.toMatch(/coredns|three/);
  });

  test('leaves the rest out of json', async () => {
    const { stdout } = await guardrails('map', town, '--cni', 'calico', '--focus', 'many/two', '--format', 'json');
    const { parties } = JSON.parse(stdout) as { parties: { id: string }[] };
    expect(parties.map(({ id }) => id)).toEqual(['many/two[Deployment]', 'data/db[Deployment]', 'kube-system/coredns[Deployment]']);
  });

  test('of connlist too', async () => {
    const { stdout } = await guardrails('map', town, '--cni', 'calico', '--focus', 'many/two', '--format', 'connlist');
    expect(stdout).toBe('many/two[Deployment] => data/db[Deployment] : TCP 5432\nmany/two[Deployment] => kube-system/coredns[Deployment] : UDP 53\n');
  });

  test('a place that is not in the set is refused, with a hint', async () => {
    const { code, stdout, stderr } = await guardrails('map', town, '--focus', 'many/db');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Perhaps data/db.');
  });
});

describe('--namespace', () => {
  test('leaves what begins or ends in one of them', async () => {
    expect(await pairs(town, '--cni', 'calico', '--namespace', 'data')).toHaveLength(3);
    expect(await pairs(town, '--cni', 'calico', '--namespace', 'data', '--namespace', 'kube-system')).toHaveLength(6);
    expect(await pairs(town, '--cni', 'calico', '--namespace', 'data', '--focus', 'many/one')).toHaveLength(4);
  });

  test('one without a workload is refused', async () => {
    const { code, stdout, stderr } = await guardrails('map', town, '--namespace', 'dat');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--namespace dat: no workload of the set is in it');
  });
});

test('--by-class says once what is the same for workloads that no policy tells apart', async () => {
  expect(await pairs(town, '--cni', 'calico', '--by-class')).toEqual([
    ['many/one[Deployment] and 2 more', 'data/db[Deployment]', '5432/TCP'],
    ['many/one[Deployment] and 2 more', 'kube-system/coredns[Deployment]', '53/UDP'],
  ]);
});

test('--ipv6 looks at addresses of IPv6 too', async () => {
  const both = folder.put('both.yaml', TENANTS + policy('bank', 'in',
    '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "2001:db8::/32" } }, { ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 443 }] }] }'));
  expect(await pairs(both, '--cni', 'calico')).toContainEqual(['10.0.0.0/8', API, '443/TCP']);
  expect(await pairs(both, '--cni', 'calico', '--ipv6')).toContainEqual(['10.0.0.0/8, 2001:db8::/32', API, '443/TCP']);
});

describe('--hide', () => {
  const chart = async (...args: string[]) => readMermaid((await guardrails('map', town, '--cni', 'calico', '--format', 'mermaid', ...args)).stdout);
  const toResolver = async (...args: string[]) => (await pairs(town, '--cni', 'calico', ...args)).filter(([, to]) => to!.includes('coredns'));

  test('leaves DNS out of pictures unless told otherwise, and says so', async () => {
    expect((await chart()).edges.map(({ label }) => label)).not.toContain('53/UDP');
    expect((await chart()).outside.map(({ label }) => label)).toContain('Not shown: DNS to the resolver of the cluster');
    expect((await chart('--hide', 'node')).edges.map(({ label }) => label)).toContain('53/UDP');
    const none = await chart('--hide', 'none');
    expect(none.edges.map(({ label }) => label)).toContain('53/UDP');
    expect(none.outside.map(({ label }) => label).join()).not.toContain('Not shown');
  });

  test('leaves it in lists unless told otherwise', async () => {
    expect((await toResolver()).length).toBeGreaterThan(0);
    expect(await toResolver('--hide', 'dns')).toEqual([]);
    expect(await toResolver('--hide', 'node, dns')).toEqual([]);
    expect(await toResolver('--hide', 'none')).toEqual(await toResolver());
  });

  test('leaves out what nodes do to their own pods', async () => {
    const host = folder.put('host.yaml', TENANTS + `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: probes, namespace: bank }
spec: { endpointSelector: {}, ingress: [{ fromEntities: [host] }] }
`);
    expect((await pairs(host)).map(([from]) => from)).toContain('host');
    expect((await pairs(host, '--hide', 'node')).map(([from]) => from)).not.toContain('host');
  });
});

describe('--output', () => {
  test('writes there, and nothing to standard output', async () => {
    const file = folder.at('map.svg');
    expect(await guardrails('map', open, '--format', 'svg', '--output', file)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(fs.readFileSync(file, 'utf8')).toBe((await guardrails('map', open, '--format', 'svg')).stdout);
  });

  test.each(['table', 'connlist', 'svg'])('of %s into a folder that is not there writes nothing', async format => {
    const missing = folder.at('missing');
    const { code, stdout, stderr } = await guardrails('map', open, '--format', format, '--output', join(missing, 'map'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/--output .*missing.map: there is no folder .*missing\n/);
    expect(fs.existsSync(missing)).toBe(false);
  });

  test('leaves a file as it was where the arguments are wrong', async () => {
    const file = folder.put('kept/map.txt', 'kept');
    for (const wrong of [['--focus', 'no/body'], ['--format', 'pdf'], ['--namespace', 'nobody'], [folder.at('nowhere')]]) {
      expect((await guardrails('map', open, ...wrong, '--output', file)).code).toBe(2);
    }
    expect(fs.readFileSync(file, 'utf8')).toBe('kept');
    expect(fs.readdirSync(folder.at('kept'))).toEqual(['map.txt']);
  });
});

test.each<[string[], RegExp]>([
  [[], /no PATH given/],
  [['nowhere.yaml'], /nowhere\.yaml: no such file/],
  [[open, '--format', 'pdf'], /--format pdf: one of table, connlist, json, csv, markdown, dot, mermaid, svg is needed/],
  [[open, '--format', ''], /--format : one of/],
  [[open, '--format', 'constructor'], /--format constructor: one of/],
  [[open, '--hide', 'all'], /--hide all: one of dns, node is needed/],
  [[open, '--hide', ''], /--hide : one of/],
  [[open, '--strangers', 'no'], /--strangers no: one of show, hide is needed/],
  [[open, '--format', 'connlist', '--by-class'], /--by-class is not for --format connlist/],
  [[open, '--format', 'connlist', '--ipv6'], /--ipv6 is not for --format connlist/],
  [[open, '--format', 'connlist', '--hide', 'dns'], /--hide is not for --format connlist/],
  [[open, '--focus', 'nobody'], /'nobody'/],
  [[open, '--focus', 'bank/*', '--focus', 'shop/db'], /'shop\/db'/],
  [[open, '--output'], /output/],
  [[open, '--colour'], /--colour/],
  [[open, '--kubernetes', 'one'], /given one|"one"|'one'/],
  [['git:nowhere'], /git:nowhere: write git:REVISION:PATH, such as/],
  [['git:'], /write git:REVISION:PATH, such as/],
])('ends with 2 and a hint for %j', async (args, hint) => {
  const { code, stdout, stderr } = await guardrails('map', ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(hint);
  expect(stderr).toContain('Run `guardrails map --help` for its options.');
});

test('tells what can be read, and ends with 2, when a part cannot', async () => {
  const broken = folder.put('broken/all.yaml', `${TENANTS}${ALLOW}---\na: [\n`);
  const { code, stdout, stderr } = await guardrails('map', broken);
  expect(code).toBe(2);
  expect(stdout).toContain(`=> ${API}`);
  expect(stderr).toContain('broken/all.yaml');
});

test('notes what makes the map less than it seems, not among the map', async () => {
  const cilium = folder.put('cilium.yaml', TENANTS + WORLD);
  const { stdout, stderr, code } = await guardrails('map', cilium, '--cni', 'calico');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^note: .*Cilium/);
  expect(stdout).not.toContain('note');
});

test('says how many pairs connlist leaves out since they only perhaps pass', async () => {
  const perhaps = folder.put('perhaps.yaml', deployment('a', 'web') + deployment('b', 'api') + policy('a', 'out',
    '{ podSelector: {}, policyTypes: [Ingress, Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { team: x } } }] }] }'));
  const { code, stdout, stderr } = await guardrails('map', perhaps, '--cni', 'calico', '--format', 'connlist');
  expect(code).toBe(0);
  expect(stderr).toContain('left out: 1 pair of which only perhaps something passes; --format table shows it\n');
  expect(stdout).not.toContain('a/web[Deployment] => b/api');
  expect((await guardrails('map', perhaps, '--cni', 'calico')).stdout).toMatch(/=> b\/api\[Deployment\] +perhaps any port, depending on whether/);
});

describe('--strangers', () => {
  const scrape = isolated(`ingress: [{ from: [${inNamespace('monitoring')}], ports: [{ port: 9090 }] }]`);
  const monitored = folder.put('strangers.yaml', TENANTS + ALLOW + policy('bank', 'scrape', scrape));
  const map = async (...args: string[]) => guardrails('map', monitored, '--cni', 'calico', ...args);
  const line = `${WEB} => ${API} : TCP 8080\n`;

  test('are no lines of connlist unless asked for, and are counted', async () => {
    expect(await map('--format', 'connlist')).toEqual({
      code: 0, stdout: line, stderr: 'left out: 1 pair with pods that the manifests do not have; --strangers show adds it\n',
    });
    expect(await map('--format', 'connlist', '--strangers', 'show')).toEqual({
      code: 0, stdout: `monitoring/*[Pods] => ${API} : TCP 9090\n${line}`, stderr: '',
    });
  });

  test.each(['table', 'json', 'csv', 'markdown', 'dot', 'mermaid', 'svg'])('are in %s unless told otherwise', async format => {
    const [shown, hidden] = [await map('--format', format), await map('--format', format, '--strangers', 'hide')];
    expect(shown.stdout).toContain('monitoring');
    expect(shown.stderr).toBe('');
    expect(hidden.stdout).not.toContain('monitoring');
    expect(hidden.stderr).toContain('left out: 1 pair with pods');
  });

  test('leave out nothing where there are none', async () => {
    expect(await guardrails('map', open, '--strangers', 'hide')).toEqual(await guardrails('map', open));
  });
});

describe('of more workloads than anybody can read', () => {
  const names = Array.from({ length: 501 }, (_, index) => `w${index}`);
  const crowd = folder.put('crowd.yaml', names.map(name => deployment('crowd', name, 'app: same')).join('') + policy('crowd', 'deny', isolated('ingress: []')));

  test.each(['svg', 'mermaid'])('there is no picture as %s, and how to narrow is said', async format => {
    const { code, stdout, stderr } = await guardrails('map', crowd, '--format', format);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`--format ${format}: the picture would have 501 ends, and more than 500 nobody can read; show a part with --focus PLACE`);
  });

  test('there is one for other programs, and of a part', async () => {
    expect(await guardrails('map', crowd, '--format', 'dot')).toMatchObject({ code: 0 });
    expect(readSvg((await guardrails('map', crowd, '--format', 'svg', '--by-class')).stdout)).toBeDefined();
  });
});

test('reads standard input', async () => {
  const input = fs.openSync(open, 'r');
  const { readSync, fstatSync } = fs;
  jest.spyOn(fs, 'readSync').mockImplementation((descriptor: number, ...rest: unknown[]) =>
    (readSync as (...args: unknown[]) => number)(descriptor === 0 ? input : descriptor, ...rest));
  jest.spyOn(fs, 'fstatSync').mockImplementation((descriptor: number) => fstatSync(descriptor === 0 ? input : descriptor));
  try {
    expect(await guardrails('map', '-')).toEqual({ code: 0, stdout: `${WEB}\n  => ${API}  8080/TCP\n`, stderr: '' });
  } finally {
    jest.restoreAllMocks();
    fs.closeSync(input);
  }
});

test('reads a revision of the repository', async () => {
  const git = (...args: string[]) => execFileSync('git', ['-C', folder.path, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
  folder.put('deploy/all.yaml', TENANTS + ALLOW);
  git('init', '-q');
  git('add', 'deploy');
  git('commit', '-qm', 'first');
  folder.put('deploy/all.yaml', TENANTS);
  const before = process.cwd();
  process.chdir(folder.path);
  try {
    expect((await guardrails('map', 'git:HEAD:deploy')).stdout).toContain(`=> ${API}  8080/TCP`);
    expect((await guardrails('map', 'deploy')).stdout).toBe('nothing passes\n');
  } finally {
    process.chdir(before);
  }
});

test('a map without workloads, and one that leaves out IPv6 that policies name, say so', async () => {
  const none = folder.put('none/all.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: n }\n');
  expect((await guardrails('map', none)).stderr).toContain('note: no workload is in the manifests');
  const six = folder.put('six/all.yaml', deployment('shop', 'w') + policy('shop', 'six', '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: "2001:db8::/32" } }] }] }'));
  expect((await guardrails('map', six)).stderr).toContain('--ipv6 adds them');
  expect((await guardrails('map', six, '--ipv6')).stderr).not.toContain('--ipv6');
});

describe('a workload of several pods', () => {
  const pg = deployment('bank', 'pg');
  const replication = policy('bank', 'pg', `{ podSelector: { matchLabels: { app: pg } }, policyTypes: [Ingress, Egress],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: pg } } }], ports: [{ port: 5432 }] }],
    egress: [{ to: [{ podSelector: { matchLabels: { app: pg } } }], ports: [{ port: 5432 }] }] }`);
  const [bound, free] = [folder.put('replicas.yaml', TENANTS + pg + replication), folder.put('free.yaml', deployment('free', 'pg'))];
  const said = async (path: string, format: string) => (await guardrails('map', path, '--format', format)).stdout;

  test.each(['table', 'json', 'csv', 'markdown'])('reaches itself as policies say: %s', async format => {
    expect((await said(bound, format)).replaceAll('\\', '').match(/bank\/pg\[Deployment\]/g)!.length).toBeGreaterThan(1);
  });

  test.each(['connlist', 'dot', 'mermaid'])('has no line to itself: %s', async format => {
    expect(await said(bound, format)).not.toMatch(/5432/);
  });

  test('is not told of to people where no policy is about it', async () => {
    const self = /"?free\/pg\[Deployment\]"?(\n\s+=> |,)"?free\/pg/;
    expect([await said(free, 'table'), await said(free, 'csv')].map(text => self.test(text))).toEqual([false, true]);
    expect(await said(free, 'table')).toContain('=> any address');
  });
});
