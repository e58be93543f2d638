import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { pathOf, where } from '../../src/platform/where';
import { everything } from '../support/everything';

test('the path of every construct is that of its node, the first time and after', () => {
  const constructs = everything().node.findAll();
  expect(constructs.length).toBeGreaterThan(100);
  for (const _ of [1, 2]) expect(constructs.map(pathOf)).toEqual(constructs.map(({ node }) => node.path));
});

test('an error names path and class, and the app where there is no path', () => {
  const app = new App({ outdir: 'never-written' });
  expect(where(new Construct(new Construct(app, 'a'), 'b'))).toBe('a/b (Construct)');
  expect(where(app)).toBe('app (App)');
});
