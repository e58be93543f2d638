import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { DefaultDeny, FindingSeverity, Guardrails, Platform } from '../../src';
import { manifests, testApp } from '../support/synth';

const RULE = 'identity/DuplicateObject';
const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'default-deny', namespace: 'shop' }, spec: { podSelector: {} } };

/** An app with a default deny and a plain object of the same identity, which is an error. */
function duplicated(say: (app: ReturnType<typeof testApp>, chart: Chart) => void) {
  const app = testApp();
  new Platform(app, 'platform');
  const chart = new Chart(app, 'test');
  new DefaultDeny(chart, 'deny', { namespace: 'shop' });
  const plain = new Chart(app, 'plain');
  new ApiObject(plain, 'deny', policy);
  say(app, plain);
  return () => manifests(app);
}

/** What goes to stderr meanwhile. */
function told(act: () => unknown): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    act();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

describe('Guardrails', () => {
  test('a finding in any object of the app stops the synth', () => {
    expect(duplicated(() => undefined)).toThrow(/identity\/DuplicateObject: plain\/deny: NetworkPolicy shop\/default-deny.*test\/deny\/Resource makes too/);
  });

  test('acknowledged at the construct, above it or for the app, it does not', () => {
    const reason = { reason: 'handed over this week' };
    expect(duplicated((_, chart) => Guardrails.of(chart.node.findChild('deny')).acknowledge(RULE, reason))).not.toThrow();
    expect(duplicated((_, chart) => Guardrails.of(chart).acknowledge(RULE, reason))).not.toThrow();
    expect(duplicated(app => Guardrails.of(app).acknowledge(RULE, { ...reason, until: '2999-01-01' }))).not.toThrow();
  });

  test('acknowledged elsewhere it does, and the acknowledgement is told to be unused', () => {
    const act = duplicated((app) => Guardrails.of(app.node.findChild('test')).acknowledge(RULE, { reason: 'elsewhere' }));
    expect(told(() => expect(act).toThrow(/DuplicateObject/))).toMatch(/warning acknowledgement\/Unused: test: .*identity\/DuplicateObject/);
  });

  test('an acknowledgement that has expired acknowledges nothing', () => {
    const act = duplicated(app => Guardrails.of(app).acknowledge(RULE, { reason: 'for a while', until: '2020-01-31' }));
    expect(told(() => expect(act).toThrow(/DuplicateObject/))).toMatch(/warning acknowledgement\/Expired: .*until 2020-01-31/);
  });

  test('a rule is left out, or told as a warning, for the whole app', () => {
    expect(duplicated(app => Guardrails.of(app).ignore(RULE))).not.toThrow();
    const act = duplicated(app => Guardrails.of(app).severity(RULE, FindingSeverity.WARNING));
    expect(told(() => expect(act).not.toThrow())).toMatch(/^warning identity\/DuplicateObject: plain\/deny/m);
  });

  test('one cluster says nothing about another', () => {
    const app = testApp();
    const [one, two] = ['one', 'two'].map(name => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform');
      const chart = new Chart(scope, 'chart');
      new DefaultDeny(chart, 'deny', { namespace: 'shop' });
      return { scope, chart };
    });
    expect(() => manifests(app)).not.toThrow();
    new ApiObject(one!.chart, 'twice', policy);
    new ApiObject(two!.chart, 'twice', policy);
    Guardrails.of(one!.scope).ignore(RULE);
    expect(() => manifests(app)).toThrow(/two\/chart\/twice/);
    Guardrails.of(two!.scope).acknowledge(RULE, { reason: 'known' });
    new Construct(app, 'more');
    expect(() => manifests(app)).not.toThrow();
  });

  test('what is acknowledged for all clusters need be found in one only', () => {
    const app = testApp();
    for (const name of ['one', 'two']) {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform');
      const chart = new Chart(scope, 'chart');
      new DefaultDeny(chart, 'deny', { namespace: 'shop' });
      if (name === 'one') new ApiObject(chart, 'twice', policy);
    }
    Guardrails.of(app).acknowledge(RULE, { reason: 'known' });
    expect(told(() => manifests(app))).toBe('');
  });

  test.each([
    ['no such rule', (chart: Chart) => Guardrails.of(chart).acknowledge('no/Such', { reason: 'x' }), /plain \(Chart\): rule: given "no\/Such".*docs\/rules.md/],
    ['no reason', (chart: Chart) => Guardrails.of(chart).acknowledge(RULE, { reason: ' ' }), /acknowledge identity\/DuplicateObject: given " ".*Say why/],
    ['no day', (chart: Chart) => Guardrails.of(chart).acknowledge(RULE, { reason: 'x', until: '2027-02-30' }), /given "2027-02-30".*a day/],
    ['a part of a cluster', (chart: Chart) => Guardrails.of(chart).ignore(RULE), /ignore identity\/DuplicateObject: given a part of a cluster.*acknowledge/],
  ] as const)('refuses %s', (_, say, message) => {
    expect(() => duplicated((__, chart) => say(chart))).toThrow(message);
  });
});

describe('an app that is synthesized again', () => {
  test('is checked as it is by then, JSON patches and all', () => {
    const app = testApp();
    new Platform(app, 'platform');
    const plain = new ApiObject(new Chart(app, 'test'), 'policy', { ...policy, spec: { podSelector: {}, policyTypes: ['Ingress'] } });
    expect(() => manifests(app)).not.toThrow();
    plain.addJsonPatch(JsonPatch.replace('/spec/policyTypes', ['Sideways']));
    expect(() => manifests(app)).toThrow(/Sideways/);
    plain.addJsonPatch(JsonPatch.replace('/spec/policyTypes', ['Ingress']));
    expect(() => manifests(app)).not.toThrow();
  });

  test('is checked as it is by then when something was changed in place', async () => {
    const app = testApp();
    new Platform(app, 'platform');
    const plain = new ApiObject(new Chart(app, 'test'), 'policy', policy);
    expect(() => manifests(app)).not.toThrow();
    await Promise.resolve();
    plain.metadata.addLabel('team', 'not a label value');
    expect(() => manifests(app)).toThrow(/kubernetes\/InvalidLabel/);
  });
});
