import { choiceProblem } from './choice';
import { type Problem, problem } from './problem';
import { classes, enums, type Field, structs } from './signatures';
import { similarName } from './similar-name';

/** What is not of its type, and where in what was given: `.ports[0]`, or nothing for the whole of it. */
export interface Misfit {
  readonly path: string;
  readonly problem: Problem;
}

type Check = (value: unknown) => Misfit | undefined;

/** What to do about an object that is none of a class. */
const MENDS: Record<string, string> = {
  Construct: 'Pass one, such as the chart.',
  IConstruct: 'Pass one, such as the chart.',
  IPeer: 'Name who is meant: what cdk8s-plus has by Peer.of or Workload.of, anyone by Peer.anywhere().',
  IResolver: 'Pass one, such as new LazyResolver().',
  INetworkPolicyPeer: 'Pass pods, namespaces or an IP block.',
  IPodSelector: 'Pass the Deployment or its like, which has pods.',
  LabelSelector: 'Write one as LabelSelector.labels({ app: \'web\' }); everything is LabelSelector.all().',
  Port: 'Write one as Port.tcp(8080); every port is Port.all().',
  Workload: 'Make one with new Workload, Workload.of or the tenant\'s workload().',
};

const CALLED: Record<string, string> = {
  Construct: 'a construct',
  IConstruct: 'a construct',
  INetworkPolicyPeer: 'what cdk8s-plus takes as a network policy peer',
  IPeer: 'a Peer or a Workload',
  IPodSelector: 'a workload or a selection of pods of cdk8s-plus',
  IResolver: 'a resolver of cdk8s',
};

const checks = new Map<string, Check>([
  ['any', () => undefined],
  ['string', value => (typeof value === 'string' ? undefined : at('', problem(value, 'a text', textMend(value))))],
  ['number', value => (typeof value === 'number' ? undefined : at('', problem(value, 'a number', mendOf(value, 'Write it in digits, without quotes.'))))],
  ['boolean', value => (typeof value === 'boolean' ? undefined : at('', problem(value, 'true or false', 'Say which, without quotes.')))],
]);

/** What a program in plain JavaScript, which no compiler has looked at, got wrong about a value of the public API. */
export function typeProblem(value: unknown, type: string): Misfit | undefined {
  return checkOf(type)(value);
}

/** The same for several values that have names. */
export function fieldsProblem(values: Readonly<Record<string, unknown>>, fields: readonly Field[]): Misfit | undefined {
  for (const { name, type, optional } of fields) {
    const value = values[name];
    const misfit = optional && value === undefined ? undefined : within(`.${name}`, checkOf(type)(value));
    if (misfit) return optional && value === null ? at(misfit.path, { ...misfit.problem, mend: 'Leave it out.' }) : misfit;
  }
  return undefined;
}

function checkOf(type: string): Check {
  const known = checks.get(type);
  if (known) return known;
  const check = newCheck(type);
  checks.set(type, check);
  return check;
}

function newCheck(type: string): Check {
  if (type.endsWith('[]')) return listCheck(type.slice(0, -2));
  if (type.startsWith('{')) return mapCheck(type.slice(1, -1));
  const choices = enums.get(type);
  if (choices) return value => at('', choiceProblem(value, type, choices));
  const fields = structs.get(type);
  if (fields) return structCheck(fields);
  const members = classes.get(type);
  if (members) return classCheck(type, members);
  throw new Error(`${type} is no type of the public API: make the signatures anew.`);
}

function listCheck(element: string): Check {
  return value => {
    if (!Array.isArray(value)) return at('', problem(value, 'a list', mendOf(value, 'Put it in brackets, also where there is one only.')));
    // A list with holes is one of things left out.
    for (let i = 0; i < value.length; i++) {
      const misfit = within(`[${i}]`, checkOf(element)(value[i]));
      if (misfit) return misfit;
    }
    return undefined;
  };
}

function mapCheck(element: string): Check {
  return value => {
    if (!isPlain(value)) return at('', problem(value, 'a map, as a plain object', mendOf(value, 'Write it as { key: value }.')));
    for (const [key, entry] of Object.entries(value)) {
      const misfit = within(`.${key}`, checkOf(element)(entry));
      if (misfit) return misfit;
    }
    return undefined;
  };
}

function classCheck(type: string, members: readonly string[]): Check {
  const called = CALLED[type] ?? `${/^([AEIO]|Http)/.test(type) ? 'an' : 'a'} ${type}`;
  return value => (isObject(value) && members.every(member => member in value) ? undefined
    : at('', problem(value, called, MENDS[type] ?? `Make one with a factory of ${type}.`)));
}

function structCheck(fields: readonly Field[]): Check {
  const names = fields.map(({ name }) => name);
  const required = fields.filter(({ optional }) => !optional).map(({ name }) => name);
  const shape = `an object with ${required.length > 0 ? required.join(', ') : `any of ${names.join(', ')}`}`;
  return value => {
    // An instance of a class counts by what it has, getters included: what has none of the fields is something else.
    const isPlainObject = isPlain(value);
    if (!isObject(value) || Array.isArray(value) || (!isPlainObject && !names.some(name => name in value))) {
      return at('', problem(value, shape, mendOf(value, 'Write it in braces, as { key: value }.')));
    }
    return (isPlainObject ? unknownKey(value, names) : undefined) ?? fieldsProblem(value, fields);
  };
}

/** A key that nobody reads. One that is there without a value says nothing: structs come so from other languages. */
function unknownKey(value: Readonly<Record<string, unknown>>, names: readonly string[]): Misfit | undefined {
  const key = Object.keys(value).find(name => value[name] !== undefined && !names.includes(name));
  if (key === undefined) return undefined;
  const similar = similarName(key, names);
  return at('', {
    given: `\`${key}\``,
    allowed: names.join(', '),
    mend: similar === undefined ? 'Drop it: nobody would read it.' : `Write \`${similar}\`: nobody would read \`${key}\`.`,
  });
}

function mendOf(value: unknown, mend: string): string {
  return value === undefined || value === null ? 'It has to be given.' : mend;
}

function textMend(value: unknown): string {
  return ['number', 'boolean'].includes(typeof value) ? `Quote it: '${String(value)}'.` : mendOf(value, 'Write it in quotes.');
}

function at(path: string, wrong: Problem): Misfit;
function at(path: string, wrong: Problem | undefined): Misfit | undefined;
function at(path: string, wrong: Problem | undefined): Misfit | undefined {
  return wrong && { path, problem: wrong };
}

function within(path: string, misfit: Misfit | undefined): Misfit | undefined {
  return misfit && at(path + misfit.path, misfit.problem);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** As written in braces, in whichever realm; no list, no Map, no instance of a class. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isObject(value) || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
