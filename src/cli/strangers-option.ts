import { oneOf } from './parse-options';

/** The flag for pods that policies mean and the manifests do not have. */
export const STRANGERS_OPTION = { strangers: { type: 'string' } } as const;

/** Whether they are in the output. Readers of np-guard's lists know workloads and addresses only. */
export function showsStrangers(given: string | undefined, format: string): boolean {
  return oneOf('strangers', given ?? (format === 'connlist' ? 'hide' : 'show'), ['show', 'hide']) === 'show';
}
