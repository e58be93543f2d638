import type { Cluster, Question } from '../reach/cluster';
import { titleOf } from '../reach/party';
import { servicesWithPort } from '../reach/services';

const SHOWN = 5;

/** Whom a question means and has no answer for: nobody is left out without a word. */
export function leftOut(cluster: Cluster, question: Question): string[] {
  const titles = cluster.withoutPort(question);
  if (titles.length === 0) return [];
  const more = titles.length > SHOWN ? ` and ${titles.length - SHOWN} more` : '';
  return [`left out, having no port named ${question.port}: ${titles.slice(0, SHOWN).join(', ')}${more}`];
}

/** That a port is one of a Service and not of its pods: whoever asks about it most likely means the Service. */
export function servicePortNotes(cluster: Cluster, question: Question): string[] {
  const notes = cluster.knowing([question.to]).destinations(question).flatMap(({ party, ...asked }) => {
    const [service] = servicesWithPort(party, asked, cluster.world);
    return service === undefined ? [] : [`${titleOf(party)} names no port ${asked.port}, and ${service} leads from it to another: --to '${service}' asks about that`];
  });
  return notes.slice(0, SHOWN);
}
