import type { Client } from 'cassandra-driver';
import { everyRow, textOf } from './plain-client';

/** The columns of flights.by_origin_day in Cassandra's order. */
export const FLIGHT_COLUMNS = ['origin', 'day', 'departs', 'destination', 'sequence', 'delay', 'distance', 'tags'];

/** Every flight as a line of CSV (RFC 4180, null an empty field), read by the driver, sorted. */
export async function flightLines(client: Client): Promise<string[]> {
  const lines: string[] = [];
  for await (const row of everyRow(client, `SELECT ${FLIGHT_COLUMNS.join(', ')} FROM flights.by_origin_day`)) {
    const fields = FLIGHT_COLUMNS.map((column) =>
      column === 'tags' ? setText(row.get(column)) : textOf(row.get(column)),
    );
    lines.push(fields.map(csvField).join(','));
  }
  return lines.sort();
}

/** The sorted lines of a CSV file without line ends in its values; `header` is removed and returned. */
export function sortedLines(
  csv: string,
  options: { header: boolean },
): { header: string | undefined; lines: string[] } {
  const lines = csv.split('\r\n');
  const last = lines.pop();
  if (last !== '') throw new Error(`the file ends inside a line: ${JSON.stringify(last)}`);
  const header = options.header ? lines.shift() : undefined;
  return { header, lines: lines.sort() };
}

/** The first lines in which two sorted lists differ: printing all 200,000 of each helps nobody. */
export function firstDifferences(actual: readonly string[], expected: readonly string[]): unknown {
  const at = expected.findIndex((line, index) => line !== actual[index]);
  if (at === -1 && actual.length === expected.length) return null;
  const place = at === -1 ? expected.length : at;
  const around = (lines: readonly string[]) => lines.slice(Math.max(0, place - 1), place + 2);
  return { place, lengths: [actual.length, expected.length], actual: around(actual), expected: around(expected) };
}

function setText(tags: unknown): string | null {
  return Array.isArray(tags) ? `{${tags.map((tag) => `'${tag}'`).join(', ')}}` : null;
}

function csvField(text: string | null): string {
  if (text === null) return '';
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
