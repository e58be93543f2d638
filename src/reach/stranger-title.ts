import { type Stranger, strangerOf } from './strangers';
import type { Located } from '../checks/finding';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { dnsLabelProblem } from '../values/names';

const TITLE = /^(.+)\[Pods(?: \+(\d+))?\]$/;
const LABEL = /^[A-Za-z0-9][-A-Za-z0-9_./]*=[-A-Za-z0-9_.*]*$/;
/** Nobody wrote it: it is asked about. */
export const ASKED: Located = { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: '' } }, source: {} };

/** The pods of a title, `monitoring/app=prometheus[Pods]`, be they meant by a policy or not; nothing for any other text. */
export function strangerTitled(text: string): Stranger | undefined {
  // Nearly nobody asked about is a stranger.
  const [, inner, alike = '0'] = (text.includes('[Pods') && TITLE.exec(text.trim())) || [];
  if (inner === undefined) return undefined;
  // Keys of labels have slashes too: the namespace ends where what follows can be labels.
  for (let slash = inner.indexOf('/'); slash >= 0; slash = inner.indexOf('/', slash + 1)) {
    const [namespace, labels] = [namespaceLabels(inner.slice(0, slash)), labelsOf(inner.slice(slash + 1))];
    if (namespace && labels) return strangerOf(namespace, labels, { alike: Number(alike), governed: false, asked: true, policy: ASKED });
  }
  return undefined;
}

/** `infra`, `infra,team=x` or `team=x`. */
function namespaceLabels(text: string): Record<string, string> | undefined {
  const [name = '', ...rest] = text.split(',');
  if (text === '*' || name.includes('=')) return labelsOf(text);
  const others = labelsOf(rest.join() || '*');
  return others && !dnsLabelProblem(name) ? { [NAMESPACE_NAME_LABEL]: name, ...others } : undefined;
}

/** Nothing for what is more than some labels and their values. */
export function labelsOf(text: string): Record<string, string> | undefined {
  if (text === '*') return {};
  const parts = text.split(',');
  return parts.every(part => LABEL.test(part)) ? Object.fromEntries(parts.map(part => part.split('=') as [string, string])) : undefined;
}
