import { policy, workload } from './support/ask';
import { Cluster, type Question } from '../../src/reach';

const pod = (name: string, ...ports: object[]) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: name } }, spec: { containers: [{ name, image: name, ports }] },
});
const dns = pod('dns', { name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53 }, { name: 'both', containerPort: 1, protocol: 'UDP' }, { name: 'both', containerPort: 2 });
const web = pod('web', { name: 'http', containerPort: 8080 });
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'dns', namespace: 'shop' },
  spec: { selector: { app: 'dns' }, ports: [{ name: 'lookup', port: 5353, protocol: 'UDP', targetPort: 'dns' }] },
};
const client = workload('Deployment', 'shop', 'client', { app: 'client' });
const deny = policy('shop', { podSelector: { matchLabels: { app: 'dns' } }, policyTypes: ['Ingress'] });
const cluster = Cluster.fromManifests([dns, web, client, service, deny], { target: { cni: 'calico' } });
const ask = (question: Partial<Question>) => cluster.query({ from: 'shop/client', to: 'shop/dns', port: 80, ...question });

test.each<[Partial<Question>, string]>([
  [{ port: '53/udp' }, '53/UDP'],
  [{ port: '53/UDP' }, '53/UDP'],
  [{ port: '53/udp', protocol: 'UDP' }, '53/UDP'],
  [{ port: '53', protocol: 'UDP' }, '53/UDP'],
  [{ port: '8080/tcp' }, '8080/TCP'],
  [{ port: '5000/sctp' }, '5000/SCTP'],
  [{ port: 'icmp/8' }, 'ICMP type 8'],
  [{ port: 'icmpv6/128' }, 'ICMPv6 type 128'],
  [{ port: 8, protocol: 'ICMP' }, 'ICMP type 8'],
  [{ port: 'dns' }, '53/UDP'],
  [{ port: 'dns/udp' }, '53/UDP'],
  [{ port: 'dns', protocol: 'UDP' }, '53/UDP'],
  [{ port: 'both' }, '2/TCP'],
  [{ port: 'both/udp' }, '1/UDP'],
  [{ to: 'shop/dns[Service]', port: '5353/udp' }, '53/UDP'],
  [{ to: 'shop/dns[Service]', port: 'lookup' }, '53/UDP'],
])('%j is one port', (question, port) => {
  expect(ask(question).port).toBe(port);
});

test.each<[Partial<Question>, string]>([
  [{ port: '53/udp', protocol: 'TCP' }, "'53/udp' and the protocol TCP; allowed: one protocol"],
  [{ port: 'icmp/8', protocol: 'UDP' }, 'allowed: one protocol'],
  [{ port: '8000-8100' }, 'allowed: one port: 8080, 8080/tcp, 53/udp, icmp/8'],
  [{ port: 'any' }, 'allowed: one port'],
  [{ port: 'tcp' }, 'allowed: one port'],
  [{ port: '53/quic' }, 'allowed: one port'],
  [{ port: '' }, 'allowed: one port'],
  [{ port: '70000' }, 'a port from 1 to 65535'],
  [{ port: 'icmp/256' }, 'a type of ICMP from 0 to 255'],
  [{ port: 'dns/tcp' }, 'one of its TCP ports: dns-tcp, both'],
  [{ port: 'grpc' }, 'one of its ports: dns, dns-tcp, both'],
  [{ to: 'shop/dns[Service]', port: 5353 }, "'5353/TCP' of shop/dns[Service]"],
  [{ to: 'shop/dns[Service]', port: 'odd' }, 'a port of the Service: 5353/UDP (lookup)'],
])('%j is refused', (question, message) => {
  expect(() => ask(question)).toThrow(message);
});

describe('a name among several destinations', () => {
  const question: Question = { from: 'shop/client', to: 'shop/*', port: 'http' };

  test('is asked of those who have it', () => {
    expect(cluster.queryAll(question).map(({ to, port }) => `${to} ${port}`)).toEqual(['shop/web[Pod] 8080/TCP']);
    expect(cluster.withoutPort(question)).toEqual(['shop/client[Deployment]', 'shop/dns[Pod]']);
  });

  test('is refused where nobody has it', () => {
    expect(() => cluster.queryAll({ ...question, port: 'grpc' })).toThrow("'grpc' of shop/");
  });

  test('a number leaves nobody out', () => {
    expect(cluster.withoutPort({ ...question, port: '80' })).toEqual([]);
  });
});
