import { domainToASCII } from 'node:url';

/** Whether there are letters in a text that no name of Kubernetes has. Left out or replaced, they would leave another name. */
export function isBeyondAscii(text: string): boolean {
  return /\P{ASCII}/u.test(text);
}

/** A host name as resolvers ask for it, if it is one: `münchen.de` is `xn--mnchen-3ya.de`. */
export function hostInAscii(host: string): string | undefined {
  return isBeyondAscii(host) ? domainToASCII(host) || undefined : undefined;
}
