import { queryFunction } from './functions';
import { has, isDict, same } from './json';
import { Unsupported } from './unsupported';

/** A query that Kyverno cannot evaluate: it turns into a rule error. */
export class QueryError extends Error {}

/** A key that is not in the object it is asked of. In Kyverno's dialect that is an error, which only `||`, functions and pipes forgive. */
export class NotFound extends QueryError {}

/** An expression that is not JMESPath. */
export class QuerySyntaxError extends Error {}

type Query = (value: any) => any;

interface Token {
  readonly type: 'raw' | 'literal' | 'quoted' | 'number' | 'name' | 'end' | string;
  readonly text: string;
}

const TOKENS = new RegExp([
  "(?<raw>'(?:[^'\\\\]|\\\\.)*')", '(?<literal>`(?:[^`\\\\]|\\\\.)*`)', '(?<quoted>"(?:[^"\\\\]|\\\\.)*")', '(?<number>-?\\d+)',
  '(?<name>[A-Za-z_]\\w*)', '(?<symbol>\\|\\||&&|==|!=|<=|>=|\\[\\?|\\[\\]|[.\\[\\](),|@!<>*])',
].map((part) => `\\s*${part}`).join('|'), 'y');

const POWER: Record<string, number> = {
  '|': 1, '||': 2, '&&': 3, '==': 5, '!=': 5, '<': 5, '<=': 5, '>': 5, '>=': 5, '[]': 9, '[?': 21, '.': 40, '[': 55,
};

/**
 * Compiles the part of Kyverno's JMESPath that policies use most. Throws Unsupported on anything else.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/jmespath/
 */
export function compileQuery(expression: string): Query {
  return new Parser(expression).parse();
}

class Parser {
  private readonly tokens: Token[];
  private position = 0;

  public constructor(private readonly expression: string) {
    this.tokens = tokenize(expression);
  }

  public parse(): Query {
    const query = this.expressionAbove(0);
    this.expect('end');
    return query;
  }

  private get next(): Token {
    return this.tokens[this.position] ?? { type: 'end', text: '' };
  }

  private take(): Token {
    const token = this.next;
    this.position++;
    return token;
  }

  private expect(type: string): void {
    if (this.take().type !== type) {
      throw new QuerySyntaxError(`'${this.expression}' is not JMESPath: expected ${type}`);
    }
  }

  private expressionAbove(power: number): Query {
    let left = this.start();
    while ((POWER[this.next.type] ?? 0) > power) {
      left = this.extend(left, this.take().type);
    }
    return left;
  }

  private start(): Query {
    const token = this.take();
    switch (token.type) {
      case 'raw': return () => token.text.slice(1, -1).replace(/\\'/g, "'");
      case 'literal': return literal(token.text.slice(1, -1).replace(/\\`/g, '`'));
      case 'quoted': return field(JSON.parse(token.text));
      case 'name': return this.next.type === '(' ? this.call(token.text) : field(token.text);
      case '@': return (value) => value;
      case '!': return negate(this.expressionAbove(45));
      case '(': return this.closing(this.expressionAbove(0), ')');
      case '[': return this.next.type === 'number' || this.next.type === '*' ? this.extend((value) => value, '[') : this.multiSelect();
      case '[]':
      case '[?': return this.extend((value) => value, token.type);
      case '*': throw new Unsupported(`values of a map (*) in the query '${this.expression}'`);
      default: throw new QuerySyntaxError(`'${this.expression}' is not JMESPath: unexpected '${token.text || 'end'}'`);
    }
  }

  private extend(left: Query, operator: string): Query {
    switch (operator) {
      case '.': return chain(left, this.afterDot(40));
      case '[': return this.bracket(left);
      case '[]': return project((value) => flatten(forgive(left)(value)), this.projected(9));
      case '[?': {
        const condition = forgive(this.closing(this.expressionAbove(0), ']'));
        const kept: Query = (value) => asList(forgive(left)(value))?.filter((item) => !isFalse(condition(item)));
        return project(kept, this.projected(21));
      }
      case '|': return pipe(left, this.expressionAbove(1));
      case '||': return either(left, this.expressionAbove(2));
      case '&&': return both(left, this.expressionAbove(3));
      default: return comparison(left, operator, this.expressionAbove(5));
    }
  }

  private bracket(left: Query): Query {
    const token = this.take();
    if (token.type === 'number') {
      const index = Number(token.text);
      return this.closing(chain(left, (value) => asList(value)?.at(index) ?? null), ']');
    }
    if (token.type === '*') {
      return project(this.closing(left, ']'), this.projected(20));
    }
    throw new QuerySyntaxError(`'${this.expression}' is not JMESPath: unexpected '${token.text}' in brackets`);
  }

  private closing(query: Query, bracket: string): Query {
    this.expect(bracket);
    return query;
  }

  /** What follows a projection applies to each of its items. */
  private projected(power: number): Query {
    const type = this.next.type;
    if ((POWER[type] ?? 0) < 10) {
      return (value) => value;
    }
    if (type === '.') {
      this.take();
      return this.afterDot(power);
    }
    return this.expressionAbove(power);
  }

  private afterDot(power: number): Query {
    if (this.next.type === '[') {
      this.take();
      return this.multiSelect();
    }
    return this.expressionAbove(power);
  }

  private multiSelect(): Query {
    const queries = this.listUntil(']');
    return (value) => (value === null ? null : queries.map((query) => forgive(query)(value)));
  }

  private call(name: string): Query {
    this.take();
    const queries = this.next.type === ')' ? (this.take(), []) : this.listUntil(')');
    const call = queryFunction(name, this.expression);
    return (value) => {
      const args = queries.map((query) => forgive(query)(value));
      const result = call(args);
      if (result === undefined) {
        throw new QueryError(`${name}() does not take ${JSON.stringify(args)} in '${this.expression}'`);
      }
      return result;
    };
  }

  private listUntil(bracket: string): Query[] {
    const queries = [this.expressionAbove(0)];
    while (this.next.type === ',') {
      this.take();
      queries.push(this.expressionAbove(0));
    }
    this.expect(bracket);
    return queries;
  }
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKENS.lastIndex = 0;
  while (expression.slice(TOKENS.lastIndex).trim() !== '') {
    const groups = TOKENS.exec(expression)?.groups;
    const [type, text] = Object.entries(groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    if (type === undefined || text === undefined) {
      throw new Unsupported(`the query '${expression}'`);
    }
    tokens.push({ type: type === 'symbol' ? text : type, text });
  }
  return tokens;
}

function literal(text: string): Query {
  try {
    const value = JSON.parse(text);
    return () => value;
  } catch {
    throw new QuerySyntaxError(`\`${text}\` is not JSON`);
  }
}

function field(name: string): Query {
  return (value) => {
    if (!isDict(value)) {
      return null;
    }
    if (!has(value, name)) {
      throw new NotFound(`unknown key '${name}'`);
    }
    return value[name];
  };
}

/** Reads a missing key as null. */
function forgive(query: Query): Query {
  return (value) => {
    try {
      return query(value);
    } catch (error) {
      if (error instanceof NotFound) {
        return null;
      }
      throw error;
    }
  };
}

function chain(left: Query, right: Query): Query {
  return (value) => {
    const inner = left(value);
    return inner === null || inner === undefined ? null : right(inner);
  };
}

function pipe(left: Query, right: Query): Query {
  return (value) => forgive(right)(forgive(left)(value));
}

function either(left: Query, right: Query): Query {
  return (value) => {
    const first = forgive(left)(value);
    return isFalse(first) ? forgive(right)(value) : first;
  };
}

function both(left: Query, right: Query): Query {
  return (value) => {
    const first = forgive(left)(value);
    return isFalse(first) ? first : right(value);
  };
}

function negate(query: Query): Query {
  return (value) => isFalse(forgive(query)(value));
}

function project(left: Query, right: Query): Query {
  return (value) => asList(forgive(left)(value))
    ?.map((item) => forgive(right)(item)).filter((item) => item !== null && item !== undefined) ?? null;
}

function comparison(left: Query, operator: string, right: Query): Query {
  return (value) => {
    const [a, b] = [forgive(left)(value), forgive(right)(value)];
    switch (operator) {
      case '==': return same(a, b);
      case '!=': return !same(a, b);
      default: return typeof a !== 'number' || typeof b !== 'number'
        ? null
        : { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator];
    }
  };
}

function asList(value: unknown): any[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function flatten(value: unknown): any[] | undefined {
  return asList(value)?.flat(1);
}

function isFalse(value: unknown): boolean {
  return value === null || value === undefined || value === false || value === ''
    || (Array.isArray(value) && value.length === 0) || (isDict(value) && Object.keys(value).length === 0);
}
