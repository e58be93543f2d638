import { type Problem, problem } from './problem';

/** How strongly what stands between two expressions binds. What is not listed ends an expression. */
const POWER: Readonly<Record<string, number>> = {
  '|': 1, '||': 2, '&&': 3, '==': 5, '!=': 5, '<': 5, '<=': 5, '>': 5, '>=': 5, '[]': 9, '*': 20, '[?': 21, '.': 40, '!': 45, '{': 50, '[': 55, '(': 60,
};

const TOKENS = new RegExp([
  '(?<raw>\'(?:[^\'\\\\]|\\\\\'?)*\')', '(?<literal>`(?:[^`\\\\]|\\\\[^])*`)', '(?<quoted>"(?:[^"\\\\]|\\\\[^])*")', '(?<number>-\\d*|\\d+)',
  '(?<name>[A-Za-z_]\\w*)', '(?<symbol>\\|\\||&&|==|!=|<=|>=|\\[\\?|\\[\\]|[.:(){}\\[\\],|@!<>&*])', '(?<end>$)',
].map(part => `[ \\t\\r\\n]*${part}`).join('|'), 'y');

/** Nobody writes an expression as deep; a hostile one must not end the check. */
const DEEPEST = 300;

interface Token {
  /** `raw`, `literal`, `quoted`, `number`, `name` or `end`; the symbol itself where it is one. */
  readonly type: string;
  readonly text: string;
}

class NotJmesPath extends Error {}
class TooDeep extends Error {}

/**
 * What is wrong with an expression in JMESPath, as Kyverno's parser reads it: it is no stricter than that one, which takes any name for
 * a function's and arguments without a comma. Expressions that are deeper than anybody writes are not looked at.
 *
 * @see https://jmespath.org/specification.html#grammar
 */
export function jmesPathProblem(expression: string): Problem | undefined {
  try {
    new Parser(tokens(expression)).parse();
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    if (!(error instanceof NotJmesPath)) throw error;
    return problem(
      expression, `an expression in JMESPath: ${error.message}`,
      'Mend it; names with other characters than letters, digits and underscores stand in double quotes, as in labels."app.kubernetes.io/name".',
    );
  }
  return undefined;
}

function tokens(expression: string): Token[] {
  const found: Token[] = [];
  for (TOKENS.lastIndex = 0; ;) {
    const from = TOKENS.lastIndex;
    const match = TOKENS.exec(expression);
    if (!match) throw new NotJmesPath(`nothing in it begins with ${expression.slice(from).trim().slice(0, 10)}`);
    const [type = 'end', text = ''] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    insistJson(type, text);
    found.push({ type: type === 'symbol' ? text : type, text });
    if (type === 'end') return found;
  }
}

function insistJson(type: string, text: string): void {
  if (type !== 'literal' && type !== 'quoted') return;
  try {
    JSON.parse(type === 'quoted' ? text : text.slice(1, -1).replace(/\\`/g, '`'));
  } catch {
    throw new NotJmesPath(`${text} holds no JSON`);
  }
}

/** Goes the way of the usual parsers of JMESPath, from operator to operator by how strongly they bind, and keeps nothing. */
class Parser {
  private position = 0;
  private depth = 0;

  constructor(private readonly all: readonly Token[]) {}

  parse(): void {
    this.expression(0);
    this.take('end');
  }

  private get type(): string {
    return this.typeAt(0);
  }

  private typeAt(distance: number): string {
    return this.all[this.position + distance]?.type ?? 'end';
  }

  private get power(): number {
    return POWER[this.type] ?? 0;
  }

  private take(...types: string[]): string {
    const { type } = this;
    if (!types.includes(type)) throw new NotJmesPath(`${types.map(named).join(' or ')} is wanted in place of ${named(this.all[this.position]?.text || type)}`);
    this.position++;
    return type;
  }

  private expression(power: number): void {
    if (++this.depth > DEEPEST) throw new TooDeep();
    this.first();
    while (power < this.power) this.next();
    this.depth--;
  }

  private first(): void {
    const type = this.take('name', 'quoted', 'raw', 'literal', '@', '*', '!', '&', '(', '[', '[]', '[?', '{');
    switch (type) {
      case 'quoted': return this.type === '(' ? void this.take('an operator') : undefined;
      case '*': return this.type === ']' ? undefined : this.projected(POWER['*']!);
      case '!': return this.expression(POWER['!']!);
      case '&': return this.expression(0);
      case '(':
        this.expression(0);
        return void this.take(')');
      case '[': return this.type === '*' && this.typeAt(1) !== ']' ? this.list() : this.bracket(() => this.list());
      case '[]': return this.projected(POWER['[]']!);
      case '[?': return this.filter();
      case '{': return this.hash();
      default: return undefined;
    }
  }

  private next(): void {
    const type = this.take(...Object.keys(POWER).filter(symbol => !['*', '!', '{'].includes(symbol)));
    switch (type) {
      case '.': return this.afterDot();
      case '[': return this.bracket(() => void this.take('number', ':', '*'));
      case '[]': return this.projected(POWER['[]']!);
      case '[?': return this.filter();
      case '(': return this.call();
      default: return this.expression(POWER[type]!);
    }
  }

  /** An index, a slice or `[*]`, or what else may stand in brackets. */
  private bracket(otherwise: () => void): void {
    if (this.type === 'number' || this.type === ':') {
      const isSlice = this.type === ':' || this.typeAt(1) === ':';
      return isSlice ? this.slice() : this.index();
    }
    if (this.type !== '*') return otherwise();
    this.take('*');
    this.take(']');
    return this.projected(POWER['*']!);
  }

  private index(): void {
    this.number();
    this.take(']');
  }

  private slice(): void {
    for (let colons = 0; this.type !== ']' && colons < 3;) {
      if (this.type === 'number') {
        this.number();
      } else {
        this.take('number', ':');
        colons++;
      }
    }
    this.take(']');
    this.projected(POWER['*']!);
  }

  private number(): void {
    if (this.all[this.position]?.text === '-') throw new NotJmesPath('a hyphen is no number, and no part of a name either');
    this.take('number');
  }

  private call(): void {
    while (this.type !== ')') {
      this.expression(0);
      if (this.type === ',') this.take(',');
    }
    this.take(')');
  }

  private filter(): void {
    this.expression(0);
    this.take(']');
    if (this.type !== '[]') this.projected(POWER['[?']!);
  }

  private afterDot(): void {
    if (this.type !== '*') return this.member(POWER['.']!);
    this.take('*');
    return this.projected(POWER['.']!);
  }

  private member(power: number): void {
    if (['name', 'quoted', '*'].includes(this.type)) return this.expression(power);
    return this.take('name', 'quoted', '[', '{') === '[' ? this.list() : this.hash();
  }

  /** What follows a projection applies to each of its items. */
  private projected(power: number): void {
    if (this.power < 10) return undefined;
    if (this.type === '[' || this.type === '[?') return this.expression(power);
    this.take('.', '[', '[?');
    return this.member(power);
  }

  private list(): void {
    this.expression(0);
    while (this.take(',', ']') === ',') this.expression(0);
  }

  private hash(): void {
    do {
      this.take('name', 'quoted');
      this.take(':');
      this.expression(0);
    } while (this.take(',', '}') === ',');
  }
}

function named(type: string): string {
  return ({ name: 'a name', quoted: 'a name in double quotes', number: 'a number', end: 'the end', raw: 'a text', literal: 'a literal' })[type] ?? type;
}
