import { policy } from './support/ask';
import { Cluster } from '../../src/reach';
import { pod } from '../support/reach';

const web = pod('shop', { app: 'web' }, { name: 'web' });
const job = (labels: object = { app: 'migrate' }) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { generateName: 'migrate-', namespace: 'shop' },
  spec: { template: { metadata: { labels }, spec: { containers: [] } } },
});
const onlyFrom = (matchLabels: object) => policy('shop', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [{ podSelector: { matchLabels } }] }] });
const verdict = (...objects: object[]) => Cluster.fromManifests([web, ...objects]).query({ from: 'shop/migrate-*', to: 'shop/web', port: 80 }).verdict;

describe('a workload that gets its name in the cluster', () => {
  test('is one like any other, known by how the name starts', () => {
    expect(Cluster.fromManifests([web, job()]).world.endpoints.map(({ title }) => title)).toEqual(['shop/migrate-*[Job]', 'shop/web[Pod]']);
    expect(verdict(job(), onlyFrom({ app: 'migrate' }))).toBe('allowed');
    expect(verdict(job(), onlyFrom({ app: 'other' }))).toBe('denied');
  });

  test('perhaps has the labels that are made of its name', () => {
    expect(verdict(job(), onlyFrom({ 'job-name': 'migrate-x7' }))).toBe('depends');
  });

  test('is no workload without any name at all', () => {
    const nameless = { ...job(), metadata: { namespace: 'shop' } };
    expect(Cluster.fromManifests([web, nameless]).world.endpoints.map(({ title }) => title)).toEqual(['shop/web[Pod]']);
  });
});
