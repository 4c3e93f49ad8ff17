import type { Client } from 'cassandra-driver';
import { everyRow, textOf } from './plain-client';

/** The columns of flights.by_origin_day in Cassandra's order. */
export const FLIGHT_COLUMNS = ['origin', 'day', 'departs', 'destination', 'sequence', 'delay', 'distance', 'tags'];

/** A flight as the driver reads it: the text of each column, and its tags as they come. */
interface Flight {
  readonly texts: readonly (string | null)[];
  readonly tags: unknown;
}

let flights: Promise<readonly Flight[]> | undefined;

/** Every flight in the order of the ring. Each worker reads them once: no test changes them, and they are 200,000. */
function readFlights(client: Client): Promise<readonly Flight[]> {
  flights ??= everyFlight(client).catch((error: unknown) => {
    flights = undefined;
    throw error;
  });
  return flights;
}

async function everyFlight(client: Client): Promise<Flight[]> {
  const all: Flight[] = [];
  for await (const row of everyRow(client, `SELECT ${FLIGHT_COLUMNS.join(', ')} FROM flights.by_origin_day`)) {
    all.push({ texts: FLIGHT_COLUMNS.map((column) => textOf(row.get(column))), tags: row.get('tags') });
  }
  return all;
}

/** Every flight as a grid shows it, null as a word, in the order of the ring. */
export async function flightCells(client: Client): Promise<string[][]> {
  return (await readFlights(client)).map(({ texts }) => texts.map((text) => text ?? 'null'));
}

/** Every flight as a line of CSV (RFC 4180, null an empty field), read by the driver, sorted. */
export async function flightLines(client: Client): Promise<string[]> {
  const lineOf = ({ texts, tags }: Flight) =>
    texts.map((text, at) => csvField(FLIGHT_COLUMNS[at] === 'tags' ? setText(tags) : text)).join(',');
  return (await readFlights(client)).map(lineOf).sort();
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
