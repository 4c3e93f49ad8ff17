import type { JsonValue } from '@/lib/contract/json';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { parseDate, parseTimestamp } from '@/lib/wire/parse';

/** What the values of a column can be in a picture: places in time, numbers, or names of things. */
export type DrawnAs = 'time' | 'number' | 'category';

const CATEGORIES: ReadonlySet<string> = new Set(['boolean', 'inet', 'time', 'uuid', 'timeuuid']);
const MS_PER_DAY = 86_400_000;

/** Null: values that no picture shows, such as blobs and collections. */
export function drawnAs(type: CqlType | undefined): DrawnAs | null {
  if (type?.kind !== 'native') return null;
  if (type.name === 'timestamp' || type.name === 'date') return 'time';
  const { face } = NATIVE[type.name];
  if (face === 'number') return 'number';
  return face === 'text' || CATEGORIES.has(type.name) ? 'category' : null;
}

/**
 * A number or a moment (milliseconds since 1970) as the double that is drawn for it, which may be rounded: its text stays
 * exact. Null for what has no place in a picture: null, NaN, infinity, and numbers beyond a double.
 */
export function drawnNumber(value: JsonValue, type: CqlType | undefined): number | null {
  if (value === null || value === '' || type?.kind !== 'native') return null;
  const number = numberOf(value, type.name);
  return number !== undefined && Number.isFinite(number) ? number : null;
}

function numberOf(value: JsonValue, name: string): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (name === 'timestamp') return Number(parseTimestamp(value) ?? Number.NaN);
  if (name === 'date') return (parseDate(value) ?? Number.NaN) * MS_PER_DAY;
  return Number(value);
}
