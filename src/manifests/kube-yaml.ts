import { type LoadOptions, loadAll, Schema, Type } from 'js-yaml';
import { resolveScalar } from './resolve-scalar';

const KINDS = ['scalar', 'sequence', 'mapping'] as const;

const plain = new Type('tag:guardrails,plain', {
  kind: 'scalar',
  resolve: (text: string) => resolveScalar(text) !== text,
  construct: resolveScalar,
});

/** `<<: *other`: js-yaml knows what to do by the name of the tag. */
const merge = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: string | null) => text === '<<' });

function explicit(name: string, takes: (value: unknown) => boolean): Type {
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: string | null) => takes(resolveScalar(text ?? '')),
    construct: (text: string | null) => resolveScalar(text ?? ''),
  });
}

/** A tag that is not known changes nothing: `!Anything text` is the text. */
function unknownTags(prefix: string): Type[] {
  return KINDS.map(kind => new Type(prefix, { kind, multi: true, construct: (value: unknown) => value }));
}

const SCHEMA = new Schema({
  implicit: [plain, merge],
  explicit: [
    explicit('bool', value => typeof value === 'boolean'),
    explicit('int', value => Number.isInteger(value)),
    explicit('float', value => typeof value === 'number'),
    explicit('null', value => value === null),
    ...unknownTags('!'), ...unknownTags('tag:'),
  ],
});

/** Levels of nesting that are read; no CustomResourceDefinition comes near. */
const MAX_DEPTH = 256;

/** What @types/js-yaml does not know yet. */
interface KubeYamlOptions extends LoadOptions {
  readonly maxDepth: number;
}

/**
 * The documents of a YAML text as kubectl reads them.
 *
 * @throws YAMLException when the text is no YAML, or has a key twice and `lastKeyWins` is not set.
 */
export function readYaml(text: string, options: { lastKeyWins?: boolean; listener?: LoadOptions['listener'] } = {}): unknown[] {
  const loadOptions: KubeYamlOptions = { schema: SCHEMA, json: options.lastKeyWins, listener: options.listener, maxDepth: MAX_DEPTH };
  return loadAll(text, null, loadOptions);
}
