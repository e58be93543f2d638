import { GuardrailsError } from '../values/guardrails-error';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  question: ['from', 'to', 'port', 'protocol', 'http', 'dns', 'sni', 'kafka'],
  http: ['method', 'path', 'host', 'headers'],
};

/**
 * Refuses a question that asks about less than it seems to: in plain JavaScript, and in tests, a misspelt field is silence.
 *
 * @throws GuardrailsError for a field that there is not, and for an end or a port that is missing
 */
export function insistQuestion(question: object): void {
  insistFields('question', question);
  const { http } = question as { readonly http?: unknown };
  if (typeof http === 'object' && http !== null) insistFields('http', http);
  for (const field of ['from', 'to', 'port'] as const) {
    const value = (question as Record<string, unknown>)[field];
    const isGiven = typeof value === 'string' || (field === 'port' && typeof value === 'number');
    if (isGiven) continue;
    throw new GuardrailsError('reach', field, {
      given: value === undefined ? 'nothing' : JSON.stringify(value),
      allowed: field === 'port' ? 'a number, a name, or a text such as \'8080/tcp\' and \'icmp/8\'' : 'a place, such as \'shop/web\'',
      mend: `Write \`${field}\`.`,
    });
  }
}

function insistFields(what: string, value: object): void {
  const unknown = Object.keys(value).find(key => !FIELDS[what]!.includes(key));
  if (unknown === undefined) return;
  throw new GuardrailsError('reach', what, {
    given: `the field ${unknown}`,
    allowed: FIELDS[what]!.join(', '),
    mend: FIELDS.http!.includes(unknown) && what === 'question' ? `Write \`http: { ${unknown}: ... }\`.` : 'Write one of them.',
  });
}
