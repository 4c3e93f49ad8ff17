import type { Refusal } from '@/lib/contract/statements';
import type { TextRange } from './help/help';
import { insertAt, replaceRange } from './help/help';
import { nearest } from './help/nearest';
import { quoteIdentifier } from './identifiers';
import type { Token } from './lexer';

/** Words for refusals that are known before a statement runs, and the changes of its text that would help. */

type Suggestion = Refusal['suggestions'][number];

export function refusal(problem: string, range: TextRange | null, suggestions: readonly Suggestion[] = []): Refusal {
  return { message: `Cassandra refuses this: ${problem}`, range, suggestions: [...suggestions] };
}

export function list(names: readonly string[], word = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** `AND day = :day` where the conditions end, or a whole WHERE at the end of a statement without one. */
export function addConditions(names: readonly string[], where: TextRange | null, end: number): Suggestion {
  // A marker, because only the writer knows the value.
  const conditions = names.map(quoteIdentifier).map((name) => `${name} = :${name}`);
  const text = `${where === null ? ' WHERE' : ' AND'} ${conditions.join(' AND ')}`;
  const edits = [insertAt(where?.to ?? end, text)];
  return { label: `Add ${conditions.join(' AND ')}`, edits };
}

/** A name that the schema does not have, with the one that is nearly it. */
export function unknownName(problem: string, token: Token | TextRange, name: string, names: Iterable<string>): Refusal {
  const range = 'from' in token ? token : { from: token.start, to: token.end };
  const near = nearest(name, names);
  if (near === undefined || !('text' in token)) return refusal(problem, range);
  const edits = [replaceRange(token.text, { from: 0, to: token.text.length }, quoteIdentifier(near))];
  const placed = edits.map((edit) => ({ ...edit, start: token.start }));
  return refusal(`${problem}. Did you mean ${near}?`, range, [
    { label: `Use ${quoteIdentifier(near)}`, edits: placed },
  ]);
}
