import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { isText, valuePreview } from './value-text';

/** More than the widest column shows; the inspector has the rest. */
const PREVIEW_CHARACTERS = 240;

/** The word for what is no value that somebody typed: null, empty text and a zero-length value of another type. */
export function tokenOf(value: JsonValue, type: CqlType | undefined): string | undefined {
  if (value === null) return 'null';
  if (value === '') return isText(type) ? '""' : 'empty';
  return undefined;
}

/** What a cell shows, as text; of a long value the first `characters`. */
export function cellText(value: JsonValue, type: CqlType | undefined, characters = PREVIEW_CHARACTERS): string {
  return tokenOf(value, type) ?? valuePreview(value, type, characters);
}
