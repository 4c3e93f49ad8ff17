import { isSignificant, tokenize } from './lexer';

const WRITES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'BEGIN']);

/**
 * True for a write with a condition (`IF …`), which takes a round of Paxos. `IF` is a reserved word, so one that is not
 * quoted is never a name.
 */
export function isConditional(statement: string): boolean {
  const words = tokenize(statement)
    .filter(isSignificant)
    .map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : ''));
  return WRITES.has(words[0] ?? '') && words.includes('IF');
}
