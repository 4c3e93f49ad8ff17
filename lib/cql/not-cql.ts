import type { Refusal } from '@/lib/contract/statements';
import { nearest } from './help/nearest';
import type { Token } from './lexer';

/** Commands of the cqlsh shell, which servers do not know. */
export const SHELL_COMMANDS: ReadonlySet<string> = new Set(
  'CAPTURE CLEAR CLS CONSISTENCY COPY DEBUG ELAPSED EXIT EXPAND HELP HISTORY LOGIN PAGING QUIT SERIAL SHOW SOURCE TRACING'.split(
    ' ',
  ),
);

/** A statement that begins with a word that no statement of Cassandra 4.0 to 5.0 begins with (`Parser.g`, `cqlStatement`). */
export function notCql(tokens: readonly Token[], words: Iterable<string>): Refusal {
  const [first] = tokens;
  const word = first?.text.toUpperCase() ?? '';
  const range = first === undefined ? null : { from: first.start, to: first.end };
  if (SHELL_COMMANDS.has(word)) {
    return { message: `${word} is a command of cqlsh, which the server does not know`, range, suggestions: [] };
  }
  // A guess that is far off must not turn a short word into DROP.
  const meant = nearest(word, words, word.length < 6 ? 1 : 2);
  const message = `${word} begins no statement of CQL${meant === undefined ? '' : `. Did you mean ${meant}?`}`;
  if (meant === undefined || first === undefined) return { message, range, suggestions: [] };
  const edits = [{ start: first.start, text: first.text, replacement: meant }];
  return { message, range, suggestions: [{ label: `Use ${meant}`, edits }] };
}
