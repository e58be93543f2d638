import * as fc from 'fast-check';
import { cilium, named, type RandomCluster, randomCluster } from './support/random-clusters';
import { anyPolicy, ciliumSpec, egressDenyItem, egressItem, ingressDenyItem, ingressItem, networkPolicy, NAMESPACES, type PolicyObject } from './support/random-policies';
import { some, subjectSelector } from './support/random-selectors';
import { type Answer, Cluster, type Connection, connectionText, diff, type ManifestOptions, type Party, type PlatformFacts, type PortSet, type Protocol, titleOf } from '../../src/reach';
import { isAlone } from '../../src/reach/party';

const RUNS = Number(process.env.REACH_RUNS ?? 12);
const FAMILIES = [4, 6] as const;
const target = fc.oneof(fc.constant<PlatformFacts>({ cni: 'calico' }), cilium);

/** At, before and after the edges of every range of a connection. */
function edges({ open, limited, perhaps }: Connection): [Protocol, number][] {
  const sets = [open, perhaps, ...limited.map(({ ports }) => ports)];
  return (['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const).flatMap(protocol => {
    const most = protocol.startsWith('ICMP') ? 255 : 65535;
    const least = protocol.startsWith('ICMP') ? 0 : 1;
    const ports = sets.flatMap(set => set.ranges(protocol)).flatMap(([from, to]) => [from - 1, from, to, to + 1]);
    return [...new Set([80, 8080, ...ports])].filter(port => least <= port && port <= most)
      .map((port): [Protocol, number] => [protocol, port]);
  });
}

function verdictOf({ open, limited, perhaps }: Connection, protocol: Protocol, port: number): Answer['verdict'] {
  const sure = [open, ...limited.map(({ ports }) => ports)].some((set: PortSet) => set.has(protocol, port));
  return sure ? 'allowed' : perhaps.has(protocol, port) ? 'depends' : 'denied';
}

/** All that is random counts, be it such as a cluster takes. */
const taken = (facts: PlatformFacts): ManifestOptions => ({ target: facts, refused: new Map() });
const read = ({ base, policies }: RandomCluster, facts: PlatformFacts) => Cluster.fromManifests([...base, ...policies], taken(facts));

const lines = (cluster: Cluster) => [...cluster.map(FAMILIES)].map(({ from, to, connection }) =>
  `${titleOf(from)} => ${titleOf(to)} : ${connectionText(connection)}`);

const isInSet = (party: Party) => party.type === 'workload' && !party.endpoint.stranger;
const isOwn = (party: Party) => party.type === 'workload' && (!party.endpoint.stranger || party.endpoint.governed);

test('the map says of every pair and port what a query says, known or not', () => {
  fc.assert(fc.property(randomCluster(), target, fc.subarray([...NAMESPACES]), (random, facts, unseen) => {
    const isUnseen = (object: object) => unseen.some(name => 'kind' in object && object.kind === 'Namespace' && 'metadata' in object
      && (object.metadata as { name: string }).name === name);
    const cluster = read({ ...random, base: random.base.filter(object => !isUnseen(object)) }, facts);
    const map = cluster.map(FAMILIES);
    const entries = new Map([...map].map(entry => [`${titleOf(entry.from)} ${titleOf(entry.to)}`, entry.connection]));
    const pairs = map.parties.flatMap(from => map.parties.map(to => ({ from, to })))
      .filter(({ from, to }) => from !== to && from.type !== 'name' && (isOwn(from) || isOwn(to)));
    expect(pairs.flatMap(({ from, to }) => {
      const connection = entries.get(`${titleOf(from)} ${titleOf(to)}`);
      return edges(connection ?? cluster.connection(from, to)).flatMap(([protocol, port]) => {
        const { verdict } = cluster.explain(from, to, { protocol, port, request: {} });
        const shown = connection ? verdictOf(connection, protocol, port) : 'denied';
        // That a name may lead to an address which is open is told of the address.
        if (!connection && to.type === 'name' && verdict === 'depends') return [];
        return verdict === shown ? [] : [`${titleOf(from)} => ${titleOf(to)} ${port}/${protocol} is ${verdict}, in the map ${shown}`];
      });
    })).toEqual([]);
  }), { numRuns: RUNS });
});

test('what was asked before changes no answer', () => {
  const ports = [80, 8080, '53/udp', 'icmp/8'];
  fc.assert(fc.property(randomCluster(), target, (random, facts) => {
    const own = read(random, facts).world.endpoints.filter(({ stranger }) => !stranger).map(({ title }) => title);
    const questions = own.flatMap(from => own.flatMap(to => ports.map(port => ({ from, to, port }))));
    const [one, other] = [read(random, facts), read(random, facts)];
    const answers = questions.map(question => one.query(question));
    expect(questions.reverse().map(question => other.query(question)).reverse()).toEqual(answers);
  }), { numRuns: 3 * RUNS });
});

test('what passes anyway, what passes in part and what perhaps passes have no port in common, but where more passes perhaps than in part', () => {
  fc.assert(fc.property(randomCluster(), target, (random, facts) => {
    const overlaps = [...read(random, facts).map(FAMILIES)].filter(({ connection: { open, limited, perhaps } }) => {
      const parts = [open, ...limited.map(({ ports }) => ports)];
      const isShared = parts.some((one, index) => parts.slice(index + 1).some(other => !one.intersection(other).isEmpty()));
      return isShared || !open.intersection(perhaps).isEmpty();
    });
    expect(overlaps.map(({ connection }) => connectionText(connection))).toEqual([]);
  }), { numRuns: RUNS });
});

test('the map by class has an entry for each pair of the map, and no other', () => {
  fc.assert(fc.property(randomCluster(), target, (random, facts) => {
    const cluster = read(random, facts);
    const expanded = [...cluster.map(FAMILIES).byClass()].flatMap(({ from, to, connection }) => {
      const members = (party: Party) => (party.type === 'workload' ? party.class.members.map(endpoint => ({ ...party, endpoint })) : [party]);
      return members(from).flatMap(a => members(to).filter(b => !isAlone(a, b)).map(b => `${titleOf(a)} => ${titleOf(b)} : ${connectionText(connection)}`));
    });
    expect(expanded.sort()).toEqual(lines(cluster).sort());
  }), { numRuns: RUNS });
});

test('the order of objects, and of rules and policies among them, never matters', () => {
  const shuffled = randomCluster().chain(random => fc.tuple(
    fc.constant(random),
    fc.shuffledSubarray([...random.base, ...random.policies], { minLength: random.base.length + random.policies.length }),
  ));
  fc.assert(fc.property(shuffled, target, ([random, objects], facts) => {
    const other = Cluster.fromManifests(objects.map(reversed), taken(facts));
    expect(lines(other)).toEqual(lines(read(random, facts)));
    expect(diff(read(random, facts), other, { families: FAMILIES }).map(({ from, to }) => `${titleOf(from)} ${titleOf(to)}`)).toEqual([]);
  }), { numRuns: RUNS });
});

/** A policy with its lists the other way round. */
function reversed(object: object): object {
  const { spec, ...rest } = object as Partial<PolicyObject>;
  if (!rest.kind?.endsWith('Policy') || !spec) return object;
  const lists = Object.entries(spec).map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value] as const);
  return { ...rest, spec: Object.fromEntries(lists) };
}

test('a set does not differ from itself', () => {
  fc.assert(fc.property(randomCluster(), target, (random, facts) => {
    expect(diff(read(random, facts), read(random, facts), { families: FAMILIES })).toEqual([]);
  }), { numRuns: RUNS });
});

const isolateAll: PolicyObject[] = NAMESPACES.map(namespace => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `isolate-${namespace}`, namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
}));

const cnp = (spec: fc.Arbitrary<PolicyObject['spec']>): fc.Arbitrary<PolicyObject> => fc.tuple(some(...NAMESPACES), spec).map(([namespace, body]) => ({
  apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: '', namespace }, spec: body,
}));

const oneOrTwo = { minLength: 1, maxLength: 2 };
const allow = fc.oneof(networkPolicy, cnp(fc.record({
  endpointSelector: subjectSelector, ingress: fc.array(ingressItem, oneOrTwo), egress: fc.array(egressItem, oneOrTwo),
})));
const deny = cnp(fc.record({
  endpointSelector: subjectSelector,
  ingressDeny: fc.array(ingressDenyItem, oneOrTwo),
  egressDeny: fc.array(egressDenyItem, oneOrTwo),
  enableDefaultDeny: fc.constant({ ingress: false, egress: false }),
}));

test('where everybody is isolated already, one more allow closes nothing', () => {
  fc.assert(fc.property(randomCluster(), allow, target, (random, more, facts) => {
    const before = { ...random, policies: [...random.policies, ...isolateAll] };
    const after = { ...before, policies: [...before.policies, ...named([more], 'more')] };
    const closed = diff(read(before, facts), read(after, facts), { families: FAMILIES }).filter(({ less }) => !less.isEmpty());
    expect(closed.map(({ from, to }) => `${titleOf(from)} ${titleOf(to)}`)).toEqual([]);
  }), { numRuns: RUNS });
});

test('a deny that does not isolate opens nothing, and closes only what it denies', () => {
  fc.assert(fc.property(randomCluster(), deny, cilium, (random, less, facts) => {
    const [before, after] = [read(random, facts), read({ ...random, policies: [...random.policies, ...named([less], 'deny')] }, facts)];
    for (const change of diff(before, after, { families: FAMILIES })) {
      const what = `${titleOf(change.from)} => ${titleOf(change.to)}`;
      expect([what, change.more.isEmpty()]).toEqual([what, true]);
      const lost = edges({ open: change.less, limited: [], perhaps: change.less });
      const [from, to] = [after.find(change.from), after.find(change.to)];
      // Whom only the comparison knows, the set itself cannot be asked about.
      if (!from || !to) continue;
      for (const [protocol, port] of lost.filter(([name, number]) => change.less.has(name, number))) {
        const { egress, ingress } = after.explain(from, to, { protocol, port, request: {} });
        const denies = [...egress.reasons, ...ingress.reasons].filter(({ effect }) => effect === 'denies').map(({ policy }) => policy);
        expect(denies).toContain(`CiliumNetworkPolicy ${less.metadata.namespace}/deny0`);
      }
    }
  }), { numRuns: RUNS });
});

test('where every label and address is known and no pod is on the host network, there is nothing that depends between workloads', () => {
  const known = randomCluster(networkPolicy).map(({ base, ...rest }) => ({ ...rest, base: base.map(settled) }));
  fc.assert(fc.property(known, random => {
    const conditions = [...read(random, { cni: 'calico' }).map()].filter(({ from, to }) => isInSet(from) && isInSet(to))
      .map(({ connection }) => connection.perhaps).filter(ports => !ports.isEmpty());
    expect(conditions).toEqual([]);
  }), { numRuns: RUNS });
});

/** A Pod with an address of its own, in place of any workload. */
function settled(object: object, index: number): object {
  const { kind, metadata, spec, status } = object as { kind: string; metadata: object; spec?: object; status?: object };
  if (!['Pod', 'Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind)) return object;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    status: status ?? { podIP: `10.0.0.${index}` },
    spec: { ...(kind === 'Pod' ? spec : {}), hostNetwork: false, containers: [] },
  };
}

test('a policy about nobody in the set changes nothing for those in it', () => {
  const nobody = { matchLabels: { app: 'nobody-has-this' } };
  fc.assert(fc.property(randomCluster(anyPolicy), cnp(ciliumSpec), cilium, (random, { spec, ...rest }, facts) => {
    const more = named([{ ...rest, spec: { ...spec, endpointSelector: nobody } }], 'idle');
    const changes = diff(read(random, facts), read({ ...random, policies: [...random.policies, ...more] }, facts));
    const isNobody = (party: Party) => party.type === 'workload' && party.endpoint.labels.app === 'nobody-has-this';
    expect(changes.filter(({ from, to }) => !isNobody(from) && !isNobody(to))).toEqual([]);
  }), { numRuns: RUNS });
});
