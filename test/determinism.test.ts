import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { AllowIngress, Peer, Port, RemovalPolicy, TenantNamespace, TenantRole } from '../src';
import { everything, type Order } from './support/everything';
import { manifests, testApp } from './support/synth';

const REFERENCE = everything().synthYaml();

/** Shuffles by a random sequence that a seed decides on. */
function shuffled(seed: number): Order {
  let state = 1 + seed % 2147483646;
  const random = () => (state = state * 48271 % 2147483647);
  const list = <T>(items: T[]): T[] => items
    .map(item => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
  return { list, map: entries => Object.fromEntries(list(Object.entries(entries))) };
}

test('the same program writes the same bytes', () => {
  expect(everything().synthYaml()).toBe(REFERENCE);
});

test('synthesizing twice writes the same bytes', () => {
  const app = everything();
  expect(app.synthYaml()).toBe(REFERENCE);
  expect(app.synthYaml()).toBe(REFERENCE);
  expect(manifests(app)).toEqual(manifests(everything()));
});

test('the order of peers, ports, hosts, groups, figures and labels changes no byte', () => {
  fc.assert(fc.property(fc.nat(), seed => {
    expect(everything({ order: shuffled(seed) }).synthYaml()).toBe(REFERENCE);
  }), { numRuns: 15 });
});

test('the order is really another one', () => {
  const { list, map } = shuffled(1);
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(list(letters)).not.toEqual(letters);
  expect(list(letters).sort()).toEqual(letters);
  expect(Object.keys(map({ a: 1, b: 2, c: 3, d: 4 }))).not.toEqual(['a', 'b', 'c', 'd']);
});

describe('a program of several tenants', () => {
  const program = (teams: string[], id = (team: string) => team) => {
    const app = testApp();
    new TenantRole(new Chart(app, 'cluster'), 'role');
    for (const team of teams) {
      const chart = new Chart(app, id(team));
      const tenant = new TenantNamespace(chart, id(team), { team, name: team, removal: RemovalPolicy.RETAIN });
      const to = tenant.workload('api', { labels: { app: 'api' } });
      new AllowIngress(chart, id('edge'), { to, from: [Peer.namespace('edge')], ports: [Port.tcp(8080)] });
    }
    return manifests(app);
  };

  test('names nothing after the ids of charts and constructs, so that they can be moved', () => {
    expect(program(['bank', 'shop'], team => `x-${team}`)).toEqual(program(['bank', 'shop']));
  });

  test('leaves the objects of the others alone when one comes or goes', () => {
    const withoutLab = program(['bank', 'lab', 'shop']).filter(({ metadata }) => ![metadata.name, metadata.namespace].includes('lab'));
    expect(withoutLab).toEqual(program(['bank', 'shop']));
  });
});
