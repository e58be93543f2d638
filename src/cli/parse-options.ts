import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './exit-code';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>;

/** Reads a command's arguments. @throws UsageError for a flag that is not known, or lacks its value */
export function parseOptions<T extends Options>(args: string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Node adds a hint about its own conventions behind the first sentence.
    if (code?.startsWith('ERR_PARSE_ARGS')) throw new UsageError(message.split('. To ')[0]!);
    throw error;
  }
}

/** The value of a flag that takes one of a few. */
export function oneOf<T extends string>(flag: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find(value => value === given);
  if (found === undefined) throw new UsageError(`--${flag} ${given}: one of ${allowed.join(', ')} is needed`);
  return found;
}
