import { ALLOW, Folder, guardrails, TENANTS } from './support';
import * as yamlFiles from '../../src/manifests/read-yaml-file';

const folder = new Folder();
const question = ['--from', 'shop/web', '--to', 'bank/api', '--port', '8080'];

/** What each command that tells who reaches whom notes of a path. */
async function notes(path: string, ...options: string[]): Promise<string[]> {
  const runs = [['explain', path, ...question], ['map', path], ['diff', path, path], ['test', path, '--init']];
  return Promise.all(runs.map(async args => {
    const { code, stderr } = await guardrails(...args, ...options);
    return `${args[0]} ${code}: ${stderr.split('\n').filter(line => line.startsWith('note: ')).join(' ')}`;
  }));
}

/** One and the same for every command. */
const each = (note: string) => ['explain', 'map', 'diff', 'test'].map(name => `${name} 0: ${note}`);

describe('two clusters side by side', () => {
  test('are taken for one, and every command says so and how to ask about one', async () => {
    folder.put('side/deploy/prod/all.yaml', TENANTS);
    folder.put('side/deploy/staging/all.yaml', TENANTS + ALLOW);
    const [prod, staging] = ['prod', 'staging'].map(name => folder.at(`side/deploy/${name}`));
    expect(await notes(folder.at('side'))).toEqual(each(
      `note: Namespace shop and 5 more are there twice, in ${prod}/all.yaml and in ${staging}/all.yaml, and all is taken for one cluster: `
      + `if it is several, give the folder of one, such as ${prod}`,
    ));
    expect(await notes(prod!)).toEqual(each(''));
  });

  test('in one folder are told by file', async () => {
    folder.put('flat/prod.yaml', TENANTS);
    folder.put('flat/staging.yaml', TENANTS + ALLOW);
    for (const note of await notes(folder.at('flat'))) expect(note).toMatch(/twice, in \S+flat\/prod.yaml and in \S+flat\/staging.yaml, .* give the files of one$/);
  });

  test('one object in one file too', async () => {
    const [web] = TENANTS.split('---\n').slice(2);
    for (const note of await notes(folder.put('twice.yaml', `${TENANTS}---\n${web}`))) expect(note).toMatch(/note: Deployment shop\/web is there twice, in \S+twice.yaml, /);
  });
});

describe('environments side by side that are not the same', () => {
  const open = TENANTS.replace('policyTypes: [Ingress, Egress]', 'policyTypes: [Egress]');
  const sides = (name: string, other: string) => {
    folder.put(`${name}/prod/all.yaml`, TENANTS);
    folder.put(`${name}/staging/all.yaml`, other);
    return folder.at(name);
  };
  const gatesOn = async (path: string) => Promise.all([
    ['explain', path, ...question, '--expect', 'denied'], ['test', path, '--init'], ['diff', path, path, '--fail-on', 'opened'],
    ['explain', path, ...question], ['diff', path, path], ['map', path],
  ].map(async args => guardrails(...args)));

  test.each([
    ['a policy', 'policy', open, 'NetworkPolicy shop/default-deny is'],
    ['a workload', 'workload', TENANTS.replace('labels: { app: web } }\n    spec', 'labels: { app: web, tier: a } }\n    spec'), 'Deployment shop/web is'],
  ])('%s: no gate goes by both together', async (_, name, other, text) => {
    const path = sides(name, other);
    const [explain, init, diff, ...others] = await gatesOn(path);
    for (const gate of [explain, init, diff]) {
      expect(gate).toMatchObject({ code: 2, stdout: '' });
      expect(gate!.stderr).toContain(`${text} there twice, in ${path}/prod/all.yaml and in ${path}/staging/all.yaml, and not the same`);
      expect(gate!.stderr).toContain(`give the folder of one, such as ${path}/prod`);
    }
    for (const { code, stderr } of others) expect([code, stderr]).toEqual([0, expect.stringContaining('there twice')]);
  });

  const group = (cidr: string) => `${TENANTS}---\n{ apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: { name: office }, spec: { externalCIDRs: [${cidr}] } }\n`;
  const labelled = (labels: string) => TENANTS.replace('labels: { platform.io/team: shop }', `labels: { ${labels} }`);

  test.each([
    ['labels of a Namespace that contradict each other', 'label', [labelled('env: ops'), labelled('env: none')], 'Namespace shop is there twice'],
    ['labels of a third Namespace', 'third', [labelled('env: ops'), labelled('tier: a'), labelled('env: none')], 'Namespace shop is there twice'],
    ['a CIDR group', 'group', [group('192.0.2.0/24'), group('198.51.100.0/24')], 'CiliumCIDRGroup office is there twice'],
    ['a policy the third time', 'late', [TENANTS, TENANTS, open], 'NetworkPolicy shop/default-deny is there twice'],
  ])('%s: no gate goes by all of them', async (_, name, texts, expected) => {
    texts.forEach((text, index) => folder.put(`${name}/env${index}/all.yaml`, text));
    const gates = (await gatesOn(folder.at(name))).slice(0, 3);
    for (const { code, stderr } of gates) expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  test.each([
    ['a Namespace with a part of the labels', 'part', [labelled('a: b, env: ops'), labelled('env: ops')]],
    ['a CIDR group that is the same', 'same', [group('192.0.2.0/24'), group('192.0.2.0/24')]],
  ])('%s is no other', async (_, name, texts) => {
    texts.forEach((text, index) => folder.put(`${name}/env${index}/all.yaml`, text));
    for (const { code } of await gatesOn(folder.at(name))) expect(code).toBe(0);
  });

  test('an image is not what anybody reaches', async () => {
    const path = sides('image', TENANTS.replaceAll('image: app', 'image: other'));
    for (const { code } of await gatesOn(path)) expect(code).toBe(0);
  });
});

test('where the CNI enforces nothing, every command says so', async () => {
  const path = folder.put('flannel.yaml', TENANTS);
  const texts = await notes(path, '--cni', 'flannel');
  for (const text of texts) expect(text).toContain('the CNI of the target enforces no policies: everything passes, whatever they say');
  for (const text of await notes(path, '--cni', 'calico')) expect(text).not.toContain('enforces no policies');
});

describe('pods of kinds that nobody told of', () => {
  const rollout = (name: string, kind = 'Rollout') => `---
apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: shop, uid: ${name} }
spec: { template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: app, image: app }] } } }
`;
  const cron = `---
apiVersion: apps.kruise.io/v1alpha1
kind: AdvancedCronJob
metadata: { name: nightly, namespace: shop }
spec: { template: { jobTemplate: { spec: { template: { spec: { containers: [{ name: app, image: app }] } } } } } }
`;
  const target = (path: string) => folder.put(`target-${path}.yaml`, `podTemplates: { Rollout: ${path} }\n`);

  test('are left out, and every command says so and how to mend it', async () => {
    const path = folder.put('rollout.yaml', TENANTS + ALLOW + rollout('cart') + rollout('pay'));
    expect(await notes(path)).toEqual(each(`note: Rollout shop/cart (${path}) and 1 more have pod templates, and Rollout is no kind that is known: `
      + 'the pods are left out; write `podTemplates: { Rollout: spec.template }` in the target file (--target FILE)'));
    expect(await notes(path, '--target', target('spec.template'))).toEqual(each(''));
  });

  test('are found where the target looks in the wrong place, and deeper', async () => {
    const path = folder.put('deep.yaml', TENANTS + ALLOW + rollout('cart') + cron);
    for (const note of await notes(path, '--target', target('spec.pods'))) {
      expect(note).toContain('Rollout shop/cart');
      expect(note).toContain('has a pod template, and AdvancedCronJob is no kind');
      expect(note).toContain('{ AdvancedCronJob: spec.template.jobTemplate.spec.template }');
    }
  });

  test.each([
    ['another group than Kubernetes\' own', rollout('cart', 'StatefulSet'), 'StatefulSet shop/cart'],
    ['a kind of an operator that is known', '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: p, namespace: shop }\nspec: { a: { spec: { containers: [{ name: x }] } } }\n', undefined],
    ['a template without pods', '---\napiVersion: example.com/v1\nkind: Thing\nmetadata: { name: p, namespace: shop }\nspec: { template: { spec: { containers: none } } }\n', undefined],
    ['what makes pods by another object of the set', `${rollout('cart')}---
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: cart-1, namespace: shop, ownerReferences: [{ kind: Rollout, name: cart, uid: cart, controller: true }] }
spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: app, image: app }] } } }
`, undefined],
  ])('%s', async (_, more, told) => {
    for (const note of await notes(folder.put('one.yaml', TENANTS + ALLOW + more))) {
      if (told === undefined) expect(note).not.toContain('note:');
      else expect(note).toContain(told);
    }
  });

  test('are told once by diff where they are in both sets, and of each where they are in two files', async () => {
    const [before, after] = ['before', 'after'].map(name => folder.put(`${name}.yaml`, TENANTS + rollout('cart')));
    const { stderr } = await guardrails('diff', before!, after!);
    expect(stderr.match(/note: Rollout shop\/cart \(\S+\)/g)).toEqual([before, after].map(file => `note: Rollout shop/cart (${file})`));
  });
});

test('a target file is read once, as it may be a pipe', async () => {
  const read = jest.spyOn(yamlFiles, 'readYamlFile');
  const { stdout } = await guardrails('diff', folder.put('empty.yaml', TENANTS), folder.at('empty.yaml'), '--target', folder.put('flannel.yaml', 'cni: flannel\n'));
  expect(stdout).toContain('nothing opened');
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});

describe('variables that are still to be filled in', () => {
  const variable = (cidr: string) => `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: office, namespace: bank }, spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ ipBlock: { cidr: "${cidr}" } }] }] } }\n`;
  const sync = (postBuild: string) => `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: apps, namespace: flux-system }, spec: { interval: 10m, prune: true, path: ./apps, sourceRef: { kind: GitRepository, name: flux-system }, postBuild: ${postBuild} } }\n`;

  test('are told once for all, with how to fill them in', async () => {
    const path = folder.put('variables/all.yaml', `${TENANTS}---\n${variable('${office}')}---\n${variable('{{ .Values.office }}').replace('name: office', 'name: other')}`);
    expect(await notes(path)).toEqual(each(`note: \${office} in NetworkPolicy bank/office (${path}) is still to be filled in by Flux or Helm, and 1 more object has such variables: `
      + 'answers depend on it; for sure ones read what is built, as `flux build kustomization` or `helm template` write it'));
  });

  test('get the values that a Kustomization of the set has for them, and no note then', async () => {
    folder.put('filled/flux/apps.yaml', sync('{ substitute: { office: 203.0.113.0/24 } }'));
    folder.put('filled/apps/all.yaml', `${TENANTS}---\n${variable('${office}')}`);
    const ask = async (from: string) => guardrails('explain', folder.at('filled'), '--from', from, '--to', 'bank/api', '--port', '80', '--expect', 'allowed');
    expect(await ask('203.0.113.9')).toMatchObject({ code: 0, stderr: '' });
    expect(await ask('198.51.100.9')).toMatchObject({ code: 1 });
    folder.put('filled/flux/apps.yaml', sync('{ substituteFrom: [{ kind: ConfigMap, name: vars }] }'));
    const open = await ask('203.0.113.9');
    expect(open).toMatchObject({ code: 1, stderr: expect.stringContaining('note: ${office} in NetworkPolicy bank/office') });
    expect(open.stdout).toContain('depends on whether ${office} fits once it is filled in');
  });
});

describe('namespaces that are given from outside', () => {
  const pod = (name: string) => `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: { app: ${name} } }, spec: { containers: [{ name: c, image: x }] } }\n`;
  const deny = (peer = '') => `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: default-deny }, spec: { podSelector: {}, policyTypes: [Ingress], ingress: [${peer}] } }\n`;
  const own = (name: string) => deny(`{ from: [{ podSelector: { matchLabels: { app: ${name} } } }] }`);
  const sync = (name: string) => `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: ${name}, namespace: flux-system }, spec: { path: ./apps/${name}, targetNamespace: ${name}, sourceRef: { kind: GitRepository, name: flux-system } } }\n`;
  const build = (name: string) => `{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, namespace: ${name}, resources: [a.yaml, np.yaml] }\n`;
  const ask = async (path: string, to: string) => (await guardrails('explain', path, '--from', 'world', '--to', to, '--port', '22', '--expect', 'denied')).code;

  test('by Flux: a policy of one namespace denies nothing in another', async () => {
    for (const name of ['shop', 'pay']) {
      folder.put(`target/clusters/a/${name}.yaml`, sync(name));
      folder.put(`target/apps/${name}/a.yaml`, pod(name));
    }
    folder.put('target/apps/shop/np.yaml', deny());
    expect([await ask(folder.at('target'), 'shop/shop'), await ask(folder.at('target'), 'pay/pay')]).toEqual([0, 1]);
  });

  test.each(['flux', 'kustomize'])('by %s: policies of one name are not there twice', async by => {
    for (const name of ['shop', 'pay']) {
      if (by === 'flux') folder.put(`${by}/clusters/a/${name}.yaml`, sync(name));
      else folder.put(`${by}/apps/${name}/kustomization.yaml`, build(name));
      folder.put(`${by}/apps/${name}/a.yaml`, pod(name));
      folder.put(`${by}/apps/${name}/np.yaml`, own(name));
    }
    const path = folder.at(by);
    expect([await ask(path, 'shop/shop'), await ask(path, 'pay/pay')]).toEqual([0, 0]);
    expect(await guardrails('diff', path, path, '--fail-on', 'opened')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('there twice') });
  });
});
