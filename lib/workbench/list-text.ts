import { CsvError, parse } from 'csv-parse/browser/esm/sync';

/** What stands between the cells of a row; null: each line is one value. */
export type Delimiter = ',' | ';' | '\t' | null;

/** A row of a list: its cells, and the text that it came as. */
export interface ListRow {
  readonly cells: readonly string[];
  readonly raw: string;
}

export type ListText = { readonly rows: readonly ListRow[] } | { readonly problem: string };

/** The delimiter that a text most likely has, from its first lines. */
export function guessDelimiter(text: string): Delimiter {
  const lines = text
    .slice(0, 20_000)
    .split(/\r?\n/, 20)
    .filter((line) => line.trim() !== '');
  const often = (sign: string) => lines.filter((line) => line.includes(sign)).length;
  const best = (['\t', ';', ','] as const).find((sign) => lines.length > 0 && often(sign) > lines.length / 2);
  return best ?? null;
}

/** Rows of CSV or TSV, or one value a line. Empty lines are left out; quotes are those of CSV. */
export function parseListText(text: string, delimiter: Delimiter): ListText {
  if (delimiter === null) {
    const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
    return { rows: lines.filter((line) => line.trim() !== '').map((line) => ({ cells: [line], raw: line })) };
  }
  try {
    const options = { delimiter, raw: true, bom: true, relax_column_count: true, skip_empty_lines: true } as const;
    const found: unknown = parse(text, options);
    return { rows: Array.isArray(found) ? found.flatMap(rowOf) : [] };
  } catch (error) {
    if (error instanceof CsvError) return { problem: `The list is not readable: ${error.message}.` };
    throw error;
  }
}

function rowOf(found: unknown): ListRow[] {
  if (typeof found !== 'object' || found === null || !('record' in found) || !('raw' in found)) return [];
  const { record, raw } = found;
  if (!Array.isArray(record)) return [];
  return [
    {
      cells: record.map(String),
      raw: String(raw)
        .replace(/^\ufeff/, '')
        .replace(/(\r\n|\r|\n)$/, ''),
    },
  ];
}

/** Rows as the text that they came as, after their header. */
export function listText(header: ListRow | null, rows: readonly ListRow[]): string {
  return [...(header === null ? [] : [header]), ...rows].map(({ raw }) => `${raw}\n`).join('');
}

/** Whether a first row names columns: one of its cells is the name of a parameter. */
export function looksLikeHeader(first: ListRow | undefined, names: readonly string[]): boolean {
  const known = new Set(names.map(plainName));
  return first?.cells.some((cell) => known.has(plainName(cell))) ?? false;
}

/**
 * The column that each parameter takes its values from: that of its name, else the next in order where nothing is named.
 * Null: none is left.
 */
export function columnsFor(names: readonly string[], header: ListRow | null, width: number): (number | null)[] {
  if (header === null) return names.map((_, at) => (at < width ? at : null));
  const cells = header.cells.map(plainName);
  return names.map((name) => {
    const at = cells.indexOf(plainName(name));
    return at < 0 ? null : at;
  });
}

/** `:Code` and `code` are the same to a person. */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/^:/, '')
    .replace(/^"(.*)"$/, '$1')
    .toLowerCase();
}
