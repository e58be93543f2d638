import { refuse } from './guardrails-error';
import { calls } from './signatures';
import { fieldsProblem, type Misfit, typeProblem } from './type-problem';

/**
 * Refuses arguments of a method of the public API that are not of their types, in plain JavaScript.
 *
 * @param call as in `Peer.cidr`
 * @param values the arguments by name; those of a rest parameter as a list
 * @param where what an error names, if not the call
 */
export function insistArguments(call: string, values: Readonly<Record<string, unknown>>, where = call): void {
  const fields = calls.get(call)!.filter(({ name }) => name in values);
  refuseMisfit(where, '', fieldsProblem(values, fields));
}

/** Refuses the props of a construct, or options of a struct, that are not as its struct says. */
export function insistStruct(where: string, name: string, struct: string, value: unknown): void {
  refuseMisfit(where, name, typeProblem(value, struct));
}

function refuseMisfit(where: string, name: string, misfit: Misfit | undefined): void {
  if (misfit) refuse(where, misfit.path.replace(/^\./, '') || name, misfit.problem);
}
