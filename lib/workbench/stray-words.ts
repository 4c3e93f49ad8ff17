import { type StrayCharacter, strayCharacters } from '@/lib/cql/stray-characters';
import { characterName } from '@/lib/text/character-names';
import { codePointOf } from '@/lib/text/unseen';

/** Pasted characters that nobody means to write: why the text does not run, and what would fix it. */
export interface StrayFix {
  readonly words: string;
  /** In the document, in the order of their places. */
  readonly strays: readonly StrayCharacter[];
}

/** The fix for `text`, which begins at `start` of the document; null where there is nothing to fix. */
export function strayFix(document: string, { text, start }: { text: string; start: number }): StrayFix | null {
  const strays = strayCharacters(text).map((stray) => ({ ...stray, start: start + stray.start }));
  const [first] = strays;
  if (first === undefined) return null;
  const before = document.slice(0, first.start).split(/\r\n|\r|\n/);
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const what = `a ${characterName(first.text)} (${codePointOf(first.text.codePointAt(0) ?? 0)})`;
  const more = strays.length === 1 ? '' : `, and ${strays.length - 1} more like it`;
  return { words: `There is ${what} at ${place}${more}. Cassandra does not accept it outside quotes.`, strays };
}
