const METHOD = /^(?:any method|\S+)/;

/** Whether what a rule lets through, in the words of its limits, is all that another does: the same, or any method for one. */
export function coversRequest(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.startsWith('any method ') && narrow.replace(METHOD, 'any method') === wide);
}
