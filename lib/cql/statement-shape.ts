import { isSignificant, type Token, tokenize } from './lexer';

/**
 * Statement shapes that cost Cassandra's parser far more than their length suggests. Measured on 5.0.9: in a selection or a
 * GROUP BY the time doubles with each bracket nested in another (`SELECT ((((a)))) …`) or right after one (the type hints
 * of `(int)(int)a`). 16 of them take 0.1 s of a core, 20 take 2 s, 24 half a minute, whatever the client's timeout. A run
 * of minus signs takes quadratic time: 16,000 take 0.4 s, 450,000 five minutes.
 */

/**
 * The maximum cost of a selection, counting each token as 2 to the power of the brackets around and right before it: by the
 * figures above about 0.2 s.
 */
const SELECTION_WORK = 2 ** 19;
/** Nested brackets elsewhere, which the parser handles in linear time but on its stack. */
const DEPTH = 100;
/** Consecutive minus signs. */
const MINUS_SIGNS = 100;

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);
/** Words that start what the parser reads as a selection. */
const SELECTION_STARTS: ReadonlySet<string> = new Set(['SELECT', 'GROUP']);
/** Words that end it outside brackets: only reserved ones, because any other may be a column name. */
const SELECTION_ENDS: ReadonlySet<string> = new Set(['FROM', 'ORDER', 'LIMIT', 'ALLOW']);

/** Why a statement is not sent, in words for people; null if its shape is harmless. */
export function harmfulShape(statement: string): string | null {
  const shape = new Shape();
  for (const token of tokenize(statement)) {
    if (!isSignificant(token)) continue;
    const problem = shape.add(token);
    if (problem !== null) return problem;
  }
  return null;
}

class Shape {
  /** For each open bracket, the number of consecutive brackets within it. */
  readonly #open: number[] = [0];
  /** Open and consecutive brackets, from the outermost to here. */
  #weight = 0;
  /** The cost of the selection so far, in the unit of {@link SELECTION_WORK}. */
  #work = 0;
  #minusSigns = 0;
  #isSelection = false;
  #isAfterClosing = false;

  add(token: Token): string | null {
    const symbol = token.kind === 'operator' ? token.text : '';
    this.#minusSigns = symbol === '-' ? this.#minusSigns + 1 : 0;
    if (OPENING.has(symbol)) this.#openBracket();
    else if (CLOSING.has(symbol)) this.#closeBracket();
    else if (symbol === ',') this.#endTerm();
    else if (token.kind === 'word') this.#seeWord(token.text.toUpperCase());
    this.#isAfterClosing = CLOSING.has(symbol);
    if (this.#isSelection) this.#work += 2 ** this.#weight;
    return this.#problem();
  }

  #openBracket(): void {
    if (this.#isAfterClosing) this.#follow();
    this.#open.push(0);
    this.#weight++;
  }

  #closeBracket(): void {
    if (this.#open.length === 1) return;
    this.#weight -= 1 + (this.#open.pop() ?? 0);
  }

  /** A bracket right after another: `(int)(int)a`. */
  #follow(): void {
    this.#open.push((this.#open.pop() ?? 0) + 1);
    this.#weight++;
  }

  /** A comma starts a new term. */
  #endTerm(): void {
    this.#weight -= this.#open.pop() ?? 0;
    this.#open.push(0);
  }

  #seeWord(word: string): void {
    if (SELECTION_STARTS.has(word)) this.#isSelection = true;
    else if (this.#open.length === 1 && SELECTION_ENDS.has(word)) {
      this.#isSelection = false;
      this.#endTerm();
    }
  }

  #problem(): string | null {
    if (this.#minusSigns > MINUS_SIGNS) return `more than ${MINUS_SIGNS} consecutive minus signs`;
    if (this.#work > SELECTION_WORK) return 'too many nested or consecutive brackets in its selection';
    return this.#open.length > DEPTH + 1 ? `more than ${DEPTH} nested brackets` : null;
  }
}
