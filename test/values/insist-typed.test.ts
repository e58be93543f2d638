import { Peer, Port } from '../../src';
import { GuardrailsError } from '../../src/values/guardrails-error';
import { insistArguments, insistStruct } from '../../src/values/insist-typed';

const props = (value: unknown, struct = 'AllowDnsProps') => () => insistStruct('shop/dns (AllowDns)', 'props', struct, value);
const port = Port.tcp(80);

class Options {
  public readonly hidden = 'of its own';
  public get namespace(): string { return 'shop'; }
}

describe('props', () => {
  test.each<[string, unknown, string?]>([
    ['nothing where nothing is needed', {}],
    ['a key without a value, as structs come from other languages', { namespace: undefined, colour: undefined }],
    ['an object without a prototype', Object.assign(Object.create(null), { namespace: 'shop' })],
    ['an instance of a class with getters', new Options()],
    ['a struct in a list in a struct', { name: 'p', endpointSelector: { _selector: {}, selectsAll: true }, egress: [{ toPorts: [{ ports: [port] }] }] }, 'CiliumNetworkPolicyProps'],
    ['a member of an enum by its value', { team: 'a', removal: 'retain' }, 'TenantNamespaceProps'],
  ])('may be %s', (...[, value, struct]) => {
    expect(props(value, struct)).not.toThrow();
  });

  test.each<[string, unknown, string, string?]>([
    ['left out', undefined, 'props: given nothing; allowed: an object with any of namespace, from, except, resolver, name. It has to be given.'],
    ['a text', 'shop', 'props: given "shop"; allowed: an object with any of namespace, from, except, resolver, name. Write it in braces, as { key: value }.'],
    ['a list', [], 'props: given []; allowed: an object'],
    ['a Map', new Map([['namespace', 'shop']]), 'props: given a Map; allowed: an object'],
    ['a class without any of the fields', new Date(), 'props: given a Date; allowed: an object'],
    ['misspelt', { namepace: 'shop' }, 'props: given `namepace`; allowed: namespace, from, except, resolver, name. Write `namespace`: nobody would read `namepace`.'],
    ['of something else', { replicas: 3 }, 'props: given `replicas`; allowed: namespace, from, except, resolver, name. Drop it: nobody would read it.'],
    ['misspelt inside', { cni: undefined, apiServer: { cidr: ['10.0.0.1/32'] } }, 'apiServer: given `cidr`; allowed: cidrs, port, tunnelled. Write `cidrs`', 'PlatformProps'],
    ['without what is needed', { to: {} }, 'from: given nothing; allowed: a Workload. Make one with', 'AllowProps'],
    ['with null', { namespace: null }, 'namespace: given null; allowed: a text. Leave it out.'],
    ['with a text for a boolean', { team: 'a', sameNamespace: 'false' }, 'sameNamespace: given "false"; allowed: true or false. Say which, without quotes.', 'TenantProps'],
    ['with true for a list', { team: 'a', gatewayPorts: true }, 'gatewayPorts: given true; allowed: a list. Put it in brackets, also where there is one only.', 'TenantProps'],
    ['with an object for a list', { team: 'a', egressFqdns: {} }, 'egressFqdns: given {}; allowed: a list', 'TenantProps'],
    ['with a number for a struct', { team: 'a', containerLimits: 7 }, 'containerLimits: given 7; allowed: an object with any of defaultRequest, defaultLimit, max, min', 'TenantProps'],
    ['with a list for a map', { team: 'a', removal: 'retain', labels: ['a'] }, 'labels: given ["a"]; allowed: a map, as a plain object. Write it as { key: value }.', 'TenantNamespaceProps'],
    ['with a number in a map', { team: 'a', quota: { pods: 20 } }, 'quota.pods: given 20; allowed: a text. Quote it: \'20\'.', 'TenantProps'],
    ['with a text for a number', { port: '6443' }, 'port: given "6443"; allowed: a number. Write it in digits, without quotes.', 'ApiServerProps'],
    ['with a hole in a list', { except: new Array(1) }, 'except[0]: given nothing; allowed: a Workload'],
    ['with a Peer for a Port', { name: 'p', podSelector: { _selector: {}, selectsAll: true }, ingress: [{ ports: [port, Peer.anywhere()] }] }, 'ingress[0].ports[1]: given a Peer; allowed: a Port. Write one as Port.tcp(8080)', 'NetworkPolicyProps'],
    ['with data for an HttpRule', { from: [], http: [{ method: 'GET' }] }, 'http[0]: given {"method":"GET"}; allowed: an HttpRule. Make one with a factory of HttpRule.', 'L7AllowProps'],
    ['with a choice that is none', { team: 'a', size: 'huge' }, 'size: given "huge"; allowed: TenantSize.SMALL or TenantSize.MEDIUM or TenantSize.LARGE. Name one of them.', 'TenantProps'],
  ])('are refused when %s', (...[, value, message, struct]) => {
    expect(props(value, struct)).toThrow(GuardrailsError);
    expect(props(value, struct)).toThrow(`shop/dns (AllowDns): ${message}`);
  });
});

describe('arguments', () => {
  test('are refused by the name of the call and of the parameter', () => {
    expect(() => insistArguments('Peer.cidr', { cidr: '10.0.0.0/8', options: { exept: [] } })).toThrow('Peer.cidr: options: given `exept`; allowed: name, except. Write `except`');
    expect(() => insistArguments('Peer.cidr', { cidr: '10.0.0.0/8', options: null })).toThrow('Peer.cidr: options: given null; allowed: an object with any of name, except. Leave it out.');
    expect(() => insistArguments('Peer.cidr', { cidr: 10, options: {} })).toThrow('Peer.cidr: cidr: given 10; allowed: a text');
    expect(() => insistArguments('Workload.allowFrom', { peer: Peer.anywhere(), ports: [80] }, 'shop/api (Workload)')).toThrow('shop/api (Workload): ports[0]: given 80; allowed: a Port');
  });

  test('pass where they are of their types, or left out where they may be', () => {
    expect(() => insistArguments('Peer.cidr', { cidr: '10.0.0.0/8', options: undefined })).not.toThrow();
    expect(() => insistArguments('Workload.allowFrom', { peer: Peer.anywhere(), ports: [port] })).not.toThrow();
  });
});

// These opened what was not meant, before they were refused.
describe('a map of labels that is none', () => {
  test.each([new Map([['app', 'web']]), new Date(0), ['app'], port, 'app=web'])('does not select every pod: %p', labels => {
    expect(() => Peer.pods(labels as never)).toThrow(/Peer.pods: labels: given .*; allowed: a map, as a plain object/);
    expect(() => Peer.namespaces(labels as never)).toThrow(/Peer.namespaces: labels: given/);
  });

  test('is not what braces give', () => {
    expect(Peer.pods({ app: 'web' })._spec).toEqual({ kind: 'pods', namespaces: { kind: 'same' }, pods: { matchLabels: { app: 'web' } } });
    expect(Peer.pods({})._spec).toEqual({ kind: 'pods', namespaces: { kind: 'same' }, pods: {} });
  });
});
