import { RESERVED_WORDS } from '@/lib/cql/identifiers';
import { isSignificant, type Token, tokenize } from '@/lib/cql/lexer';
import { splitStatements } from '@/lib/cql/splitter';

/** A piece of a text and what replaces it. */
export interface Reformat {
  readonly start: number;
  readonly text: string;
  readonly replacement: string;
}

/** What changes to lay out the statements of a text; what stands between them stays. */
export function reformats(text: string, offset = 0): Reformat[] {
  return splitStatements(text)
    .map((span) => ({ start: offset + span.start, text: span.text, replacement: formatStatement(span.text) }))
    .filter((change) => change.text !== change.replacement);
}

/**
 * A statement laid out for people: keywords in upper case, a clause a line, columns of a CREATE TABLE and statements of a
 * batch indented. Only white space and the case of keywords change. Where that would be another statement, or the text has a
 * token that CQL does not know, it stays as it is.
 */
export function formatStatement(text: string): string {
  const tokens = tokenize(text);
  if (tokens.some(({ kind }) => kind === 'error')) return text;
  const layout = new Layout(tokens);
  const written = layout.write();
  return sameTokens(tokens, tokenize(written)) ? written : text;
}

/** The case of a bare word means nothing to CQL; every other byte of a token does. */
function sameTokens(one: readonly Token[], other: readonly Token[]): boolean {
  const texts = (tokens: readonly Token[]) =>
    tokens
      .filter(({ kind }) => kind !== 'space')
      .map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : text));
  const [before, after] = [texts(one), texts(other)];
  return before.length === after.length && before.every((token, at) => token === after[at]);
}

/** Reserved words that are written as they come: they are values, functions or parts of an index’s target. */
const AS_WRITTEN = new Set(
  'TOKEN NULL TRUE FALSE NAN INFINITY UNSET FULL ENTRIES DEFAULT SCHEMA COLUMNFAMILY'.split(' '),
);

/** Words that are keywords only after these; elsewhere they can be names. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  VALUES: [')'],
  PARTITION: ['PER'],
  FILTERING: ['ALLOW'],
  KEY: ['PRIMARY', 'CONTAINS'],
  EXISTS: ['IF', 'NOT'],
  TTL: ['USING'],
  TIMESTAMP: ['USING'],
  DISTINCT: ['SELECT'],
  TYPE: ['CREATE', 'ALTER', 'DROP'],
  COUNTER: ['BEGIN'],
  CUSTOM: ['CREATE'],
  FUNCTION: ['CREATE', 'DROP', 'REPLACE'],
  AGGREGATE: ['CREATE', 'DROP', 'REPLACE'],
  ROLE: ['CREATE', 'ALTER', 'DROP'],
};
/** Words that are keywords only before these. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  GROUP: ['BY'],
  PER: ['PARTITION'],
  CLUSTERING: ['ORDER'],
};

const BREAKS: Readonly<Record<string, ReadonlySet<string>>> = {
  SELECT: new Set(['FROM', 'WHERE', 'GROUP', 'ORDER', 'PER', 'LIMIT', 'ALLOW']),
  INSERT: new Set(['VALUES', 'IF', 'USING']),
  UPDATE: new Set(['USING', 'SET', 'WHERE', 'IF']),
  DELETE: new Set(['FROM', 'USING', 'WHERE', 'IF']),
  CREATE: new Set(['SELECT', 'FROM', 'WHERE', 'PRIMARY', 'USING', 'WITH']),
  ALTER: new Set(['WITH']),
};
const LISTED: ReadonlySet<string> = new Set(['WHERE', 'IF', 'WITH']);
const INNER: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'APPLY']);
const GENERIC: ReadonlySet<string> = new Set(['LIST', 'SET', 'MAP', 'TUPLE', 'FROZEN', 'VECTOR']);

const upper = (token: Token | undefined) => token?.text.toUpperCase() ?? '';
const hasBreak = (token: Token | undefined) => token?.kind === 'space' && /[\n\r]/.test(token.text);

/** Writes tokens one after another; what it knows at each is what came before it. */
class Layout {
  private readonly words: readonly Token[];
  private out = '';
  private at = 0;
  private last: Token | undefined;
  private verb = '';
  private clause = '';
  private readonly open: string[] = [];
  private inBatch = false;
  private inBetween = false;
  /** Whether the outermost bracket has columns of a table or fields of a type. */
  private hasColumns = false;

  constructor(private readonly tokens: readonly Token[]) {
    this.words = tokens.filter(isSignificant);
  }

  write(): string {
    // A comment that ends its line breaks the line after it as well.
    let after: 'nothing' | 'comment' | 'break' = 'nothing';
    for (const [index, token] of this.tokens.entries()) {
      if (token.kind === 'space') continue;
      if (token.kind === 'comment') {
        const gap = hasBreak(this.tokens[index - 1]) || after === 'break' ? this.line('  ') : ' ';
        this.out += `${this.out === '' ? '' : gap}${token.text}`;
        after = !token.text.startsWith('/*') || hasBreak(this.tokens[index + 1]) ? 'break' : 'comment';
        continue;
      }
      this.out += this.afterComment(this.gapBefore(token), after) + this.written(token);
      after = 'nothing';
      this.follow(token);
    }
    return this.out;
  }

  /** After a comment a line of its own, or at least a space. */
  private afterComment(gap: string, after: 'nothing' | 'comment' | 'break'): string {
    if (after === 'nothing' || gap.startsWith('\n')) return gap;
    return after === 'break' ? this.line('  ') : ' ';
  }

  private line(indent = ''): string {
    return `\n${this.inBatch ? '  ' : ''}${indent}`;
  }

  private get next(): string {
    return upper(this.words[this.at + 1]);
  }

  private written(token: Token): string {
    return this.isKeyword(token) ? token.text.toUpperCase() : token.text;
  }

  private isKeyword(token: Token): boolean {
    const [word, last] = [upper(token), upper(this.last)];
    if (token.kind !== 'word' || last === '.' || this.next === '.' || AS_WRITTEN.has(word)) return false;
    if (BEFORE[word] !== undefined) return BEFORE[word].includes(this.next);
    if (AFTER[word] !== undefined) return AFTER[word].includes(last) || this.isSecondUsing(word, last);
    return RESERVED_WORDS.has(word.toLowerCase()) || this.joins(word);
  }

  private isSecondUsing(word: string, last: string): boolean {
    return (word === 'TTL' || word === 'TIMESTAMP') && last === 'AND' && this.clause === 'USING';
  }

  /** CONTAINS, LIKE and BETWEEN stand between a column and a value. */
  private joins(word: string): boolean {
    const isName = this.last?.kind === 'word' || this.last?.kind === 'quoted';
    const isColumn = isName && !LISTED.has(upper(this.last)) && upper(this.last) !== 'AND';
    return ['CONTAINS', 'LIKE', 'BETWEEN'].includes(word) && this.clause === 'WHERE' && isColumn;
  }

  private gapBefore(token: Token): string {
    if (this.last === undefined) return '';
    const word = token.kind === 'word' ? upper(token) : '';
    if (this.startsInner(word)) return word === 'APPLY' ? '\n' : this.batchLine();
    if (this.open.length === 0 && upper(this.last) !== '.') {
      if (word === 'AND' && LISTED.has(this.clause) && !this.inBetween) return this.line('  ');
      if (this.startsClause(token, word)) return this.line();
    }
    if (this.hasColumns && this.open.length === 1) {
      if (token.text === ')') return this.line();
      if (['(', ','].includes(this.last.text)) return this.line('  ');
    }
    return this.spaced(token, this.last) ? ' ' : '';
  }

  private batchLine(): string {
    return '\n  ';
  }

  /** A statement inside a batch; its `;` may be missing. */
  private startsInner(word: string): boolean {
    return this.open.length === 0 && upper(this.words[0]) === 'BEGIN' && INNER.has(word) && upper(this.last) !== '.';
  }

  private startsClause(token: Token, word: string): boolean {
    if (BREAKS[this.verb]?.has(word) !== true || !this.isKeyword(token)) return false;
    const last = upper(this.last);
    if (word === 'FROM') return last !== 'DELETE';
    if (word === 'LIMIT') return last !== 'PARTITION';
    if (word === 'IF') return this.verb !== 'CREATE';
    if (word === 'PRIMARY') return this.clause === 'WHERE';
    return (
      !(word === 'WITH' && last === ')' && this.hadColumns) &&
      !(word === 'USING' && upper(this.words[0]) === 'BEGIN' && this.verb === 'BEGIN')
    );
  }

  private hadColumns = false;

  private spaced(token: Token, last: Token): boolean {
    const [before, after] = [last.kind === 'operator' ? last.text : '', token.kind === 'operator' ? token.text : ''];
    if (['(', '[', '{', '.'].includes(before) || [')', ']', '}', ',', ';', '.', ':'].includes(after)) return false;
    const inType = this.open.at(-1) === '<';
    if ((before === '<' || after === '>') && inType) return false;
    if (after === '<') return !GENERIC.has(upper(last));
    if (after === '[') return last.kind !== 'word' && last.kind !== 'quoted';
    return after !== '(' || this.bracketStandsApart(token, last);
  }

  /** `IN (`, `VALUES (`, `INTO t (`; a call keeps its bracket as it is written. */
  private bracketStandsApart(token: Token, last: Token): boolean {
    if (last.kind !== 'word' && last.kind !== 'quoted') return true;
    if (this.open.length === 0 && ['INTO', 'ON', 'VALUES'].includes(this.clause)) return true;
    if (this.startsColumns()) return true;
    return RESERVED_WORDS.has(last.text.toLowerCase()) && !AS_WRITTEN.has(upper(last))
      ? true
      : last.end < token.start || upper(last) === 'KEY';
  }

  private startsColumns(): boolean {
    return this.verb === 'CREATE' && (this.clause === 'TABLE' || this.clause === 'TYPE') && this.open.length === 0;
  }

  private follow(token: Token): void {
    const word = token.kind === 'word' ? upper(token) : '';
    if (this.last === undefined || this.startsInner(word)) this.begin(word);
    if (this.open.length === 0 && this.isClause(token, word)) this.clause = word;
    if (word === 'BETWEEN') this.inBetween = true;
    else if (word === 'AND') this.inBetween = false;
    if (token.kind === 'operator') this.bracket(token.text);
    this.last = token;
    this.at++;
  }

  private begin(word: string): void {
    this.verb = word;
    this.clause = '';
    this.inBetween = false;
    this.hadColumns = false;
    this.inBatch = upper(this.words[0]) === 'BEGIN' && word !== 'BEGIN' && word !== 'APPLY';
  }

  private isClause(token: Token, word: string): boolean {
    const isNamed =
      ['INTO', 'ON', 'TABLE', 'TYPE', 'USING', 'SELECT'].includes(word) || BREAKS[this.verb]?.has(word) === true;
    return isNamed && this.isKeyword(token);
  }

  private bracket(sign: string): void {
    if ('([{'.includes(sign) || (sign === '<' && GENERIC.has(upper(this.last)))) {
      if (sign === '(' && this.startsColumns()) {
        this.hasColumns = true;
        this.clause = '';
      } else if (sign === '(' && this.open.length === 0 && this.clause === 'INTO') this.clause = '';
      this.open.push(sign);
    } else if (')]}'.includes(sign) || (sign === '>' && this.open.at(-1) === '<')) {
      this.open.pop();
      if (this.open.length === 0 && this.hasColumns) [this.hasColumns, this.hadColumns] = [false, true];
    }
  }
}
