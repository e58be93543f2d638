import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './exit-code';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>;

/**
 * Reads a command's arguments.
 *
 * @throws UsageError for a flag that is not known, lacks its value, or has two where it takes one
 */
export function parseOptions<T extends Options>(args: string[], options: T): Parsed<T> {
  const config = { args: withNegatives(args, options), options, allowPositionals: true, strict: true } as const;
  try {
    refuseSecond(parseArgs({ ...config, tokens: true }).tokens, options);
    return parseArgs(config);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    const [, flag] = /^Option '(--[\w-]+)[^']*' argument is ambiguous/.exec(message) ?? [];
    // Node adds a hint about its own conventions behind the first sentence.
    throw new UsageError(flag === undefined ? message.split('. To ')[0]! : `${flag} needs a value, and what follows is another option`);
  }
}

/** `--port -1` is a wrong port, and no option that nobody knows. */
function withNegatives(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const flag = joined.at(-1) ?? '';
    const takesValue = flag.startsWith('--') && options[flag.slice(2)]?.type === 'string';
    if (takesValue && /^-\d/.test(arg)) joined.push(`${joined.pop()!}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/** Which of two values is meant only their author knows. */
function refuseSecond(
  tokens: readonly { readonly kind: string; readonly name?: string; readonly value?: string | undefined }[], options: Options,
): void {
  const values = new Map<string, string>();
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || name === undefined || value === undefined || options[name]?.multiple) continue;
    const first = values.get(name);
    if (first !== undefined) throw new UsageError(`--${name} is given twice, ${first} and ${value}; it takes one value`);
    values.set(name, value);
  }
}

/** The value of a flag that takes one of a few. */
export function oneOf<T extends string>(flag: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find(value => value === given);
  if (found === undefined) throw new UsageError(`--${flag} ${given}: one of ${allowed.join(', ')} is needed`);
  return found;
}
