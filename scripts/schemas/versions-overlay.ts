import type { Delta } from './delta';
import { edit, without } from './edit';
import { FLUX_DELTAS } from './flux-deltas';
import type { JsonSchema, KindSchema } from './json-schema';

const KYVERNO = ['kyverno.io'];

const DELTAS: readonly Delta[] = [
  // https://docs.cilium.io/en/v1.19/operations/upgrade/: fromRequires and toRequires must be empty; VRRP and IGMP are protocols, without ports.
  { groups: ['cilium.io'], version: '1.19', like: '1.18', change: (schema, kind) => rulesOf(schema, kind, cilium119) },
  // https://docs.cilium.io/en/v1.20/operations/upgrade/: HTTP and DNS are the only L7 rules left; protocols of IP by name.
  { groups: ['cilium.io'], version: '1.20', like: '1.19', change: (schema, kind) => rulesOf(schema, kind, cilium120) },
  // Kyverno 1.14 brought validate.cel.generate, and 1.16 later Pod Security versions: https://github.com/kyverno/kyverno/releases
  { groups: KYVERNO, version: '1.14', like: '1.15' },
  { groups: KYVERNO, version: '1.16', like: '1.17' },
  ...FLUX_DELTAS,
];

/** The schemas, with those of the versions that none were read of. */
export function withOtherVersions(kinds: readonly KindSchema[]): KindSchema[] {
  let all = [...kinds];
  for (const { groups, version, like, change = (schema: JsonSchema) => schema } of DELTAS) {
    const added = all
      .filter(({ group, product }) => groups.includes(group) && product === like)
      .map(one => ({ ...one, product: version, schema: change(one.schema, one.kind) }));
    all = [...all.filter(({ group, product }) => !groups.includes(group) || product !== 'any' || like !== 'any'), ...added];
  }
  return all;
}

/** Changes the rules of a Cilium policy, which stand in `spec` and in `specs`. */
function rulesOf(schema: JsonSchema, kind: string, change: (rule: JsonSchema) => JsonSchema): JsonSchema {
  if (!kind.endsWith('NetworkPolicy')) return schema;
  return ['spec', 'specs'].reduce((edited, field) => edit(edited, field, spec => (spec.items ? { ...spec, items: change(spec.items) } : change(spec))), schema);
}

const DIRECTIONS = [['ingress', 'from'], ['ingressDeny', 'from'], ['egress', 'to'], ['egressDeny', 'to']] as const;

function cilium119(rule: JsonSchema): JsonSchema {
  return DIRECTIONS.reduce((edited, [direction, word]) => {
    const emptied = edit(edited, `${direction}.${word}Requires`, field => ({ ...field, maxItems: 0 }));
    const portless = edit(emptied, `${direction}.toPorts.ports`, field => ({ ...field, items: { ...field.items, required: [] } }));
    return withProtocols(portless, direction, ['VRRP', 'IGMP']);
  }, rule);
}

function cilium120(rule: JsonSchema): JsonSchema {
  const withoutParsers = ['ingress', 'egress'].reduce((edited, direction) => edit(
    without(edited, ['kafka', 'l7', 'l7proto'].map(name => `${direction}.toPorts.rules.${name}`)),
    `${direction}.toPorts.rules`,
    rules => ({ ...rules, oneOf: [{ required: ['http'] }, { required: ['dns'] }] }),
  ), rule);
  return DIRECTIONS.reduce((edited, [direction]) => withProtocols(edited, direction, ['GRE', 'IPIP', 'IPv6', 'ESP', 'AH']), withoutParsers);
}

function withProtocols(rule: JsonSchema, direction: string, protocols: readonly string[]): JsonSchema {
  return edit(rule, `${direction}.toPorts.ports.protocol`, field => ({ ...field, enum: [...field.enum ?? [], ...protocols] }));
}
