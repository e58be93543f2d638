import { load } from 'js-yaml';
import { FluxLockdown, type FluxPatch } from '../../src';
import { check } from '../../src/check';

const CONTROLLERS = [
  'source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller', 'image-reflector-controller', 'image-automation-controller',
];

/** The arguments that each controller gets from the patches, which Kustomize matches by the whole name. */
function argumentsOf(patches: FluxPatch[]): Record<string, string[]> {
  return Object.fromEntries(CONTROLLERS.map(controller => [controller, patches
    .filter(({ target }) => target?.kind === 'Deployment' && new RegExp(`^${target.name}$`).test(controller))
    .flatMap(({ patch }) => load(patch) as { op: string; path: string; value: string }[])
    .map(({ op, path, value }) => {
      expect({ op, path }).toEqual({ op: 'add', path: '/spec/template/spec/containers/0/args/-' });
      return value;
    })]));
}

describe('FluxLockdown', () => {
  test('locks every controller that refers or applies', () => {
    const references = '--no-cross-namespace-refs=true';
    const account = '--default-service-account=default';
    expect(argumentsOf(new FluxLockdown().patches)).toEqual({
      'source-controller': [],
      'kustomize-controller': [references, '--no-remote-bases=true', account],
      'helm-controller': [references, account],
      'notification-controller': [references],
      'image-reflector-controller': [references],
      'image-automation-controller': [references],
    });
  });

  test('leaves the platform its rights', () => {
    const [patch] = new FluxLockdown({ platformServiceAccount: 'flux-admin' }).patches.filter(({ target }) => target?.kind === 'Kustomization');
    expect(patch?.target).toEqual({ group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', name: 'flux-system' });
    expect(load(patch?.patch ?? '')).toEqual([{ op: 'add', path: '/spec/serviceAccountName', value: 'flux-admin' }]);
  });

  test('gives the build file for the folder of flux bootstrap', () => {
    const more = { patch: '- op: remove\n  path: /spec/replicas\n', target: { kind: 'Deployment' } };
    const text = new FluxLockdown({ defaultServiceAccount: 'nobody', patches: [more] }).toYaml();
    const file = load(text) as { patches: FluxPatch[] };
    expect(file).toMatchObject({
      apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['gotk-components.yaml', 'gotk-sync.yaml'],
    });
    expect(argumentsOf(file.patches.slice(0, -1))['helm-controller']).toContain('--default-service-account=nobody');
    expect(file.patches.at(-1)).toEqual(more);
    expect(text).toBe(new FluxLockdown({ defaultServiceAccount: 'nobody', patches: [more] }).toYaml());
  });

  test('is what the checks take for a lockdown', () => {
    const file = load(new FluxLockdown().toYaml()) as any;
    const across = {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: {
        interval: '10m', prune: true, serviceAccountName: 'shop', sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
      },
    };
    const ids = (objects: object[]) => check(objects).map(({ id }) => id);
    expect(ids([file, across])).toContain('flux/CrossNamespaceRef');
    expect(ids([across])).not.toContain('flux/CrossNamespaceRef');
  });

  test.each([
    [{ defaultServiceAccount: 'kustomize-controller' }, 'another service account than the platform\'s own'],
    [{ defaultServiceAccount: 'No Body' }, 'lower-case letters'],
    [{ platformServiceAccount: '' }, 'lower-case letters'],
    [{ resources: [] }, 'the files of Flux itself'],
  ])('refuses %j', (options, message) => {
    expect(() => new FluxLockdown(options)).toThrow(message);
  });
});
