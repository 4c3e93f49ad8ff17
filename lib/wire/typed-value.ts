import type { CqlType } from '@/lib/cql/types';
import { typedListTextOf, typedTextOf } from './as-typed';
import { parseTypedList, parseTypedText, type TypedValue } from './typed-text';

/** The text between the quotes of a CQL string; null where there are none. */
function unquoted(text: string): string | null {
  const inner = /^'(.*)'$/s.exec(text.trim())?.[1];
  return inner === undefined ? null : inner.replaceAll("''", "'");
}

/** One value as typed, as `parseTypedText` reads it. Where only the quotes of CQL are in the way, the problem says so. */
export function typedValue(text: string, type: CqlType): TypedValue {
  const read = parseTypedText(text, type);
  const inner = 'problem' in read ? unquoted(text) : null;
  if (inner === null || 'problem' in parseTypedText(inner, type)) return read;
  return { problem: `leave out the quotes: ${inner}` };
}

/**
 * What to know about a typed value that can be read: `= 2001-01-09T05:10:00.000Z` for a time with another offset, or that
 * quotes are part of a text. Null if it is what it looks like.
 */
export function typedNote(text: string, type: CqlType, several = false): string | null {
  const typed = several ? parseTypedList(text, type) : parseTypedText(text, type);
  if ('problem' in typed) return null;
  const { value } = typed;
  const inner = several ? null : unquoted(text);
  if (inner !== null && value === text) return `the quotes are part of the value; for the text ${inner} leave them out`;
  const shown = several && Array.isArray(value) ? typedListTextOf(value) : typedTextOf(value);
  return shown.replaceAll(' ', '') === text.replaceAll(' ', '') ? null : `= ${shown}`;
}
