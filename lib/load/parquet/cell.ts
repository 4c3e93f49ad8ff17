import type { JsonValue } from '@/lib/contract/json';
import type { Convert } from './values';

/** A value in JSON form, or why it is none. */
export type Cell = JsonValue | TypeError;

/** A column of a row group. */
export interface ColumnReader {
  /** The values of the next rows. @throws Error when the file is damaged */
  take(rows: number): Promise<Cell[]>;
}

/** @throws Error where a page has no value although it should */
export function cellOf(value: unknown, convert: Convert): Cell {
  if (value === undefined) throw new Error('a value is missing from a page');
  try {
    return convert(value);
  } catch (error) {
    return notReadable(error);
  }
}

/** What a conversion threw because of the value. @throws any other error */
export function notReadable(error: unknown): TypeError {
  if (error instanceof TypeError) return error;
  throw error;
}
