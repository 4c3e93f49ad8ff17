import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { cellText } from '@/lib/values/cell-text';

/** A column of a result as this page works with it. */
export interface LocalColumn {
  /** Its name; where two columns have one name, its key in the grid. */
  readonly key: string;
  /** Which of a row's values it shows. */
  readonly source: number;
  readonly type: CqlType | undefined;
  /** False for a column that is hidden. */
  readonly isShown: boolean;
}

type Row = readonly JsonValue[];

/** The quick filter for the rows with this value in this column. */
export function quickFor({ key, type }: LocalColumn, value: JsonValue): string {
  return `${key}=${wholeText(value, type)}`;
}

/**
 * What the quick filter lets through, by the text that cells show: `text` anywhere in a shown column, `column:text`
 * anywhere in one column, both whatever the case; `column=text` as the whole text of a column, to the letter.
 */
export function quickFilter(quick: string, columns: readonly LocalColumn[]): (row: Row) => boolean {
  if (quick === '') return () => true;
  const { column, sign, text } = partsOf(quick, columns);
  if (column !== undefined && sign === '=') {
    return (row) => wholeText(row[column.source] ?? null, column.type) === text;
  }
  const wanted = text.toLowerCase();
  const searched = column === undefined ? columns.filter(({ isShown }) => isShown) : [column];
  return (row) => searched.some(({ source, type }) => holds(row[source] ?? null, type, wanted));
}

/** The longest name wins: a column may be called `a:b`, beside one that is called `a`. */
function partsOf(quick: string, columns: readonly LocalColumn[]) {
  const named = columns
    .filter(({ key }) => quick.startsWith(key) && /[:=]/.test(quick.charAt(key.length)))
    .sort((a, b) => b.key.length - a.key.length);
  const column = named[0];
  if (column === undefined) return { column: undefined, sign: ':', text: quick };
  const at = column.key.length;
  return { column, sign: quick.charAt(at), text: quick.slice(at + 1) };
}

/** Null is no text that could be looked for. */
function holds(value: JsonValue, type: CqlType | undefined, wanted: string): boolean {
  if (value === null || value === '') return false;
  return (typeof value === 'string' ? value : wholeText(value, type)).toLowerCase().includes(wanted);
}

function wholeText(value: JsonValue, type: CqlType | undefined): string {
  return cellText(value, type, Number.POSITIVE_INFINITY);
}
