import { unquoteIdentifier } from './identifiers';
import { isSignificant, type Token, tokenize } from './lexer';

/** A name with an optional keyspace. */
export interface QualifiedName {
  readonly keyspace: string | undefined;
  readonly name: string;
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/** Reads the significant tokens of a statement one after another; every `take…` advances only if it succeeds. */
export class TokenReader {
  readonly tokens: readonly Token[];
  at = 0;

  constructor(source: string | readonly Token[]) {
    this.tokens = (typeof source === 'string' ? tokenize(source) : source).filter(isSignificant);
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  /** The unquoted word in upper case; undefined for every other token. */
  word(ahead = 0): string | undefined {
    const token = this.peek(ahead);
    return token?.kind === 'word' ? token.text.toUpperCase() : undefined;
  }

  /** True if these words come next. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, index) => this.word(index) === word);
  }

  seesSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'operator' && token.text === symbol;
  }

  takeWords(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.at += words.length;
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.seesSymbol(symbol)) return false;
    this.at++;
    return true;
  }

  /** A name, folded or unquoted; the caller must check for keywords first. */
  takeName(): string | undefined {
    const token = this.peek();
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
    this.at++;
    return unquoteIdentifier(token.text);
  }

  /** `name` or `keyspace.name`. */
  takeQualifiedName(): QualifiedName | undefined {
    const from = this.at;
    const first = this.takeName();
    if (first === undefined) return undefined;
    if (!this.takeSymbol('.')) return { keyspace: undefined, name: first };
    const second = this.takeName();
    if (second !== undefined) return { keyspace: first, name: second };
    this.at = from;
    return undefined;
  }

  /** Skips one token, or a whole bracket with its contents. False at the end or at an unclosed bracket. */
  skipGroup(): boolean {
    const token = this.peek();
    if (token === undefined || (token.kind === 'operator' && CLOSING.has(token.text))) return false;
    if (token.kind !== 'operator' || !OPENING.has(token.text)) {
      this.at++;
      return true;
    }
    return this.skipBracket();
  }

  private skipBracket(): boolean {
    let depth = 0;
    for (let index = this.at; index < this.tokens.length; index++) {
      const token = this.tokens[index];
      if (token?.kind !== 'operator') continue;
      if (OPENING.has(token.text)) depth++;
      else if (CLOSING.has(token.text)) depth--;
      if (depth > 0) continue;
      this.at = index + 1;
      return true;
    }
    return false;
  }
}
