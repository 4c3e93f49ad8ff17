import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '../cql/types';
import { typedTextOf } from '../wire/as-typed';

/** Lists longer than this are searched by typing. */
const MOST_OFFERED = 8;
/** A column with more distinct values is no enumeration: there, only texts are worth completing. */
const MOST_DISTINCT = 40;
/** A longer value is not what somebody picks from a list. */
const MOST_CHARACTERS = 200;

/**
 * Values to offer while a value is typed: those that begin with the text, then those that contain it, the most frequent
 * first. None once the text is one of them and begins no other.
 */
export function offered(seen: readonly JsonValue[], typed: string, type: CqlType): readonly string[] {
  if (type.kind !== 'native' || type.name === 'boolean' || type.name === 'counter') return [];
  if (seen.length > MOST_DISTINCT && type.name !== 'text' && type.name !== 'ascii') return [];
  const texts = new Set(seen.filter((value) => value !== null && value !== '').map(typedTextOf));
  const wanted = typed.trim().toLowerCase();
  const fits = [...texts].filter((text) => text.length <= MOST_CHARACTERS && !/[\n\r]/.test(text));
  const begins = fits.filter((text) => text.toLowerCase().startsWith(wanted));
  const contains = fits.filter((text) => !begins.includes(text) && text.toLowerCase().includes(wanted));
  const found = [...begins, ...contains].slice(0, MOST_OFFERED);
  return found.length === 1 && found[0] === typed ? [] : found;
}
