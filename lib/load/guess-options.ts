import { isUtf8 } from 'node:buffer';
import { formatOfExtension } from '@/lib/contract/export-formats';
import type { OptionGuess } from '@/lib/contract/load';
import type { CsvSource, SourceOptions } from '@/lib/contract/load-sources';
import { CsvScanner } from './csv/scanner';
import { markedEncoding } from './utf8-text';

type Format = SourceOptions['format'];

/** What is known of a file before its options are: its name, and how its decompressed bytes begin. */
export interface Beginning {
  readonly name: string | null;
  readonly bytes: Buffer;
  /** The bytes are all of the file. */
  readonly isWhole: boolean;
}

/** An option with the reason why it was chosen. */
export type Guessed<T> = readonly [value: T, reason: string];

/** The format by the file's name, else by its first characters. */
export function guessFormat({ name, bytes }: Beginning): Guessed<Format> {
  const base = (name ?? '').toLowerCase().replace(/\.(gz|zst|zstd)$/, '');
  const dot = base.lastIndexOf('.');
  const named = dot < 0 ? undefined : formatOfExtension(base.slice(dot));
  if (named !== undefined) return [named, `the file’s name ends with ${base.slice(dot)}`];
  const start = bytes
    .toString('latin1', 0, 400)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (start.startsWith('PAR1')) return ['parquet', 'it begins with PAR1'];
  if (/^\[\s*(\{|\]|$)/.test(start)) return ['json', 'it begins with an array of objects'];
  if (/^\{\s*("|\})/.test(start)) return ['ndjson', 'it begins with an object'];
  if (/^(--[^\n]*\n\s*)*INSERT\s+INTO\s/i.test(start)) return ['cql', 'it begins with INSERT INTO'];
  return ['csv', 'it is text of no other format'];
}

/** How many bytes are looked at for the encoding. */
const LOOKED_AT_BYTES = 64 * 1024;
/** A character of UTF-8 that is cut off at the end lacks at most so many bytes. */
const MOST_CUT_BYTES = 3;

export function guessEncoding({ bytes, isWhole }: Beginning): Guessed<CsvSource['encoding']> {
  const marked = markedEncoding(bytes);
  if (marked !== null) return [marked.encoding, 'its byte-order mark says so'];
  const part = bytes.subarray(0, LOOKED_AT_BYTES);
  const [even, odd] = [0, 1].map((from) => part.filter((byte, at) => at % 2 === from && byte === 0).length);
  if (part.length > 1 && (odd ?? 0) > part.length / 4) return ['utf-16le', 'every second byte is 0'];
  if (part.length > 1 && (even ?? 0) > part.length / 4) return ['utf-16be', 'every second byte is 0'];
  const mostCut = isWhole && part.length === bytes.length ? 0 : Math.min(MOST_CUT_BYTES, part.length);
  for (let cut = 0; cut <= mostCut; cut++) {
    if (isUtf8(part.subarray(0, part.length - cut))) return ['utf-8', 'its first bytes are valid UTF-8'];
  }
  return ['latin1', 'its first bytes are not UTF-8'];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const NAMES: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };
/** Records that a guess looks at. */
const LOOKED_AT_RECORDS = 50;

/** The sign that cuts the first records into the same number of fields, and into the most. `text` is UTF-8. */
export function guessDelimiter({ bytes: text, isWhole }: Beginning): Guessed<string> {
  let best: { sign: string; width: number; agreeing: number } | null = null;
  for (const sign of DELIMITERS) {
    const widths = fieldCounts(text, isWhole, { delimiter: sign, quote: '"', escape: '"' });
    const [width = 1] = widths;
    const agreeing = widths.filter((count) => count === width).length / Math.max(1, widths.length);
    if (width < 2) continue;
    if (best === null || agreeing > best.agreeing || (agreeing === best.agreeing && width > best.width)) {
      best = { sign, width, agreeing };
    }
  }
  if (best === null) return [',', 'it has one field a line'];
  return [best.sign, `${NAMES[best.sign]} cut its first records into ${best.width} fields each`];
}

/** How many fields each of the first records has. */
export function fieldCounts(
  text: Buffer,
  isWhole: boolean,
  signs: ConstructorParameters<typeof CsvScanner>[0],
): number[] {
  const scanner = new CsvScanner(signs);
  const counts: number[] = [];
  for (let at = 0; at < text.length && counts.length < LOOKED_AT_RECORDS; ) {
    const next = scanner.record(text, at, isWhole);
    if (next < 0) break;
    if (scanner.end > at) counts.push(scanner.count);
    at = next;
  }
  return counts;
}

/**
 * Whether the first record has names rather than values: it names a column, or none of its fields could be a value of
 * anything but text.
 */
export function guessHeader(first: readonly string[], columns: readonly string[]): Guessed<boolean> {
  const plain = (name: string) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s_."-]/g, '');
  const known = new Set(columns.map(plain));
  const named = first.find((field) => known.has(plain(field)));
  if (named !== undefined) return [true, `its first record names the column ${named.trim()}`];
  const value = first.find((field) => field.trim() === '' || /^[+-]?\d|^(true|false)$|^0x/i.test(field.trim()));
  if (value !== undefined) return [false, `its first record has a value: ${value === '' ? 'an empty one' : value}`];
  if (new Set(first).size < first.length) return [false, 'its first record has one text twice'];
  return [true, 'its first record has text only'];
}

/** Names for the fields of a file without any: those of the columns where there are as many, else numbers. */
export function fieldNames(width: number, columns: readonly string[]): string[] {
  return Array.from({ length: width }, (_, at) => (width === columns.length ? (columns[at] ?? '') : String(at + 1)));
}

/** For a report. */
export function guessOf<T>(option: string, [value, reason]: Guessed<T>): OptionGuess {
  return { option, value: value === '\t' ? 'tab' : String(value), reason };
}
