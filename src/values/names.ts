import { isBeyondAscii } from './beyond-ascii';
import { Problem, problem } from './problem';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_ALLOWED = 'lower-case letters, digits and \'-\', beginning and ending with a letter or digit';
const SUBDOMAIN_ALLOWED = 'lower-case letters, digits, \'-\' and \'.\', each part beginning and ending with a letter or digit';

/** A DNS-1123 label: namespaces, containers, volumes. */
export function dnsLabelProblem(name: string, maxLength = 63): Problem | undefined {
  return nameProblem(name, maxLength, LABEL_ALLOWED, (text) => LABEL.test(text), toLabel);
}

/** A DNS-1123 subdomain: the names of most objects, as the API server takes them. */
export function dnsSubdomainProblem(name: string): Problem | undefined {
  return nameProblem(name, 253, SUBDOMAIN_ALLOWED, isSubdomain, toSubdomain);
}

/** The name of an object: a DNS-1123 subdomain that is short enough to be a label value too. */
export function objectNameProblem(name: string): Problem | undefined {
  return nameProblem(name, 63, SUBDOMAIN_ALLOWED, isSubdomain, toSubdomain);
}

/** An RFC 1035 label, which begins with a letter: services. */
export function rfc1035LabelProblem(name: string): Problem | undefined {
  const isValid = (text: string): boolean => LABEL.test(text) && /^[a-z]/.test(text);
  return nameProblem(name, 63, 'lower-case letters, digits and \'-\', beginning with a letter', isValid, toLabel);
}

/** An IANA service name: the names of ports. */
export function portNameProblem(name: string): Problem | undefined {
  const allowed = `${LABEL_ALLOWED}, with at least one letter and no '--'`;
  const isValid = (text: string): boolean => LABEL.test(text) && /[a-z]/.test(text) && !text.includes('--');
  return nameProblem(name, 15, allowed, isValid, (text) => toLabel(text).replace(/-+/g, '-'));
}

export function serviceAccountNameProblem(name: string): Problem | undefined {
  return dnsSubdomainProblem(name);
}

function nameProblem(
  name: string, maxLength: number, characters: string, isValid: (text: string) => boolean, correct: (text: string) => string,
): Problem | undefined {
  const allowed = `${characters}; 1 to ${maxLength} characters`;
  if (typeof name !== 'string') {
    return problem(name, allowed, 'Write the name as a string, in quotes.');
  }
  if (name.length <= maxLength && isValid(name)) {
    return undefined;
  }
  if (isBeyondAscii(name)) {
    return problem(name, allowed, 'Write it in the letters a to z.');
  }
  const corrected = correct(name);
  if (!isValid(corrected)) {
    return problem(name, allowed, 'Choose another name.');
  }
  // A name is never cut: two long names may differ in their ends only.
  const mend = corrected.length > maxLength
    ? `Shorten it to ${maxLength} characters, from ${corrected.length}.`
    : `Write '${corrected}'.`;
  return problem(name, allowed, mend);
}

function isSubdomain(text: string): boolean {
  return text.split('.').every((part) => LABEL.test(part));
}

function toLabel(text: string): string {
  return text.trim().toLowerCase().replace(/[^a-z0-9]/g, '-').replace(/^-+/, '').replace(/(?<!-)-+$/, '');
}

function toSubdomain(text: string): string {
  return text.split('.').map(toLabel).filter((part) => part !== '').join('.');
}
