import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { filledInsert } from '@/lib/cql/mutation/frames';
import { placesOf } from '@/lib/cql/row-key';
import type { CqlType } from '@/lib/cql/types';
import { exactJson, valueText } from '@/lib/values/value-text';
import { csvText, jsonToCql, jsonToCsv, jsonToLoadableCql } from '@/lib/wire/json-texts';

/** Rows as text for the clipboard, every value exact. */

const COPY_FORMS = ['text', 'text_with_header', 'csv', 'json', 'cql', 'insert', 'where'] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

/** A column of what is copied; its type undefined where it is not one that is known whole. */
export interface CopyColumn extends Pick<ResultColumn, 'name' | 'kind'> {
  readonly type: CqlType | undefined;
  readonly typeText: string;
}

/** A column's values cannot be written in the chosen form; the message says why. */
export class CopyRefused extends Error {}

/** Tab-separated lines as displayed, null as nothing; a field with a tab, quote or line break is quoted as spreadsheets do. */
export function rowsAsTsv(rows: readonly Row[], columns: readonly CopyColumn[], withHeader: boolean): string {
  // A single cell is copied as it is: nothing is quoted in it.
  if (rows.length === 1 && columns.length === 1 && !withHeader) return plainText(rows[0]?.[0] ?? null, columns[0]);
  const lines = rows.map((row) => row.map((value, index) => tsvField(plainText(value, columns[index]))).join('\t'));
  const header = columns.map(({ name }) => tsvField(name)).join('\t');
  return (withHeader ? [header, ...lines] : lines).join('\n');
}

function plainText(value: JsonValue, column: CopyColumn | undefined): string {
  return value === null ? '' : valueText(value, column?.type);
}

function tsvField(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV with its header line, as an export writes it. */
export function rowsAsCsv(rows: readonly Row[], columns: readonly CopyColumn[]): string {
  const types = columns.map(typeOf);
  const lines = rows.map((row) => types.map((type, index) => jsonToCsv(row[index] ?? null, type)).join(','));
  return [columns.map(({ name }) => csvText(name)).join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/** A JSON array of objects by column name; of arrays where two columns have one name. One cell is its value. */
export function rowsAsJson(rows: readonly Row[], columns: readonly CopyColumn[]): string {
  const names = columns.map(({ name }) => name);
  if (rows.length === 1 && names.length === 1) return exactJson(rows[0]?.[0] ?? null, 2);
  const unique = new Set(names).size === names.length;
  const values = rows.map((row): JsonValue => {
    // fromEntries defines properties, so that __proto__ is a name like any other.
    return unique ? Object.fromEntries(row.map((value, index) => [names[index] ?? '', value])) : row;
  });
  return exactJson(values, 2);
}

/** One cell as its literal; a column as a list for IN; several columns as a list of tuples. */
export function rowsAsCql(rows: readonly Row[], columns: readonly CopyColumn[]): string {
  const types = columns.map(typeOf);
  const literals = rows.map((row) => types.map((type, index) => jsonToCql(row[index] ?? null, type)));
  if (columns.length > 1) {
    const tuples = literals.map((row) => `(${row.join(', ')})`);
    return tuples.length === 1 ? (tuples[0] ?? '') : `(${tuples.join(',\n ')})`;
  }
  const values = literals.flat();
  return values.length === 1 ? (values[0] ?? '') : `(${values.join(', ')})`;
}

/**
 * One INSERT a row, with what the row has: a null is left out, since writing one would leave a tombstone.
 * @throws CopyRefused when a part of the primary key is not among the columns, or the table takes no INSERT
 */
export function rowsAsInserts(
  rows: readonly Row[],
  columns: readonly CopyColumn[],
  target: { readonly keyspace: string; readonly table: string; readonly key: readonly string[] },
): string {
  const missing = target.key.filter(
    (name) => !columns.some((column) => column.name === name && column.kind !== 'computed'),
  );
  if (missing.length > 0)
    throw new CopyRefused(`An INSERT needs the whole primary key: ${missing.join(', ')} is not among the columns.`);
  if (columns.some(({ typeText, kind }) => typeText === 'counter' && kind !== 'computed')) {
    throw new CopyRefused('A counter table takes no INSERT: its values are only ever added to, by UPDATE.');
  }
  const taken = columns.flatMap((column, index) =>
    column.kind === 'computed' ? [] : { column, index, type: typeOf(column) },
  );
  const lines = rows.map((row) => {
    const set = taken.filter(({ index }) => (row[index] ?? null) !== null);
    const names = set.map(({ column }) => column.name);
    const literals = set.map(({ index, type }) => jsonToLoadableCql(row[index] ?? null, type));
    return `${filledInsert(target, names, literals).join('')};\n`;
  });
  return lines.join('');
}

/**
 * The primary key of each row as a condition that finds it, a line each. A row of static values alone has no clustering
 * values: its partition key finds it.
 * @throws CopyRefused when a part of the primary key is not among the columns
 */
export function rowsAsWhere(rows: readonly Row[], columns: readonly CopyColumn[], key: readonly string[]): string {
  const places = placesOf(key, columns);
  const missing = key.filter((_, index) => places[index] === -1);
  if (missing.length > 0) {
    throw new CopyRefused(`WHERE needs the whole primary key: ${missing.join(', ')} is not among the columns.`);
  }
  const parts = places.flatMap((source) => {
    const column = columns[source];
    return column === undefined ? [] : [{ source, name: quoteIdentifier(column.name), type: typeOf(column) }];
  });
  return rows
    .map((row) => {
      const set = parts.filter(({ source }) => (row[source] ?? null) !== null);
      return `WHERE ${set.map(({ source, name, type }) => `${name} = ${jsonToCql(row[source] ?? null, type)}`).join(' AND ')}`;
    })
    .join('\n');
}

function typeOf({ type, name, typeText }: CopyColumn): CqlType {
  if (type !== undefined) return type;
  throw new CopyRefused(`The type ${typeText} of ${name} is not known here, so its values cannot be written exactly.`);
}
