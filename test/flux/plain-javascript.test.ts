import { chartOf } from './support';
import { FluxKustomization, FluxTenant, GitRepository, HelmRelease, HelmRepository, OciRepository } from '../../src';

test.each([FluxKustomization, FluxTenant, GitRepository, HelmRelease, HelmRepository, OciRepository])('%p tells of properties that are left out', type => {
  expect(() => new type(chartOf(), 'x', undefined as never)).toThrow(`chart/x (${type.name}): props: given nothing; allowed: an object with `);
});
