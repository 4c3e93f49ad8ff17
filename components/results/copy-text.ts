import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { columnType, exactJson, valueText } from './value-text';

/** Rows as lines of tab-separated text as displayed; a field with a tab, quote or line break is quoted as spreadsheets do. */
export function rowsAsTsv(rows: readonly Row[], columns: readonly ResultColumn[], withHeader: boolean): string {
  const types = columns.map(({ type }) => columnType(type));
  const lines = rows.map((row) => row.map((value, index) => tsvField(valueText(value, types[index]))).join('\t'));
  const header = columns.map(({ name }) => tsvField(name)).join('\t');
  return (withHeader ? [header, ...lines] : lines).join('\n');
}

function tsvField(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as a JSON array of objects by column name; of arrays where two columns have one name. */
export function rowsAsJson(rows: readonly Row[], columns: readonly ResultColumn[]): string {
  const names = columns.map(({ name }) => name);
  const unique = new Set(names).size === names.length;
  const values = rows.map((row): JsonValue => {
    return unique ? Object.fromEntries(row.map((value, index) => [names[index] ?? '', value])) : row;
  });
  return exactJson(values, 2);
}
