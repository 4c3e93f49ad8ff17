import { readFile } from 'node:fs/promises';
import { dataFile } from './files.mjs';

/**
 * The records of a CSV text (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes.
 * @param {string} text
 * @returns {Generator<string[]>}
 */
export function* csvRecords(text) {
  // One match is one field and what ends it: a comma, a line end, or the end of the text.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  /** @type {string[]} */
  let record = [];
  while (field.lastIndex < text.length || record.length > 0) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`not CSV at character ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    yield record;
    record = [];
  }
}

/**
 * The records of a data file with a header line, as objects. A record with a different number of fields is an error.
 * @param {string} name
 * @returns {AsyncGenerator<Record<string, string>>}
 */
export async function* csvRows(name) {
  /** @type {string[] | undefined} */
  let header;
  for (const record of csvRecords(await readFile(dataFile(name), 'utf8'))) {
    if (header === undefined) {
      header = record;
      continue;
    }
    if (record.length !== header.length) throw new Error(`${name}: a record with ${record.length} fields: ${record}`);
    yield Object.fromEntries(header.map((column, index) => [column, record[index] ?? '']));
  }
}

/**
 * The value of a column that must be there.
 * @param {Record<string, string>} row
 * @param {string} column
 */
export function cell(row, column) {
  const value = row[column];
  if (value === undefined) throw new Error(`the data file has no column ${column}`);
  return value;
}

/**
 * The field, or null if it stands for no value.
 * @param {string} value
 */
export function known(value) {
  return value === '' || value === 'NA' ? null : value;
}
