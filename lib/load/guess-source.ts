import type { ExportFormat } from '@/lib/contract/export-formats';

/** What a file most likely is. */
export interface SourceGuess {
  readonly format: ExportFormat;
  /** Of CSV. */
  readonly delimiter: string;
}

const ENDINGS: Readonly<Record<string, ExportFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  cql: 'cql',
  parquet: 'parquet',
};
const COMPRESSED = /\.(gz|gzip|zst|zstd)$/i;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * By its name, and by its first bytes where they say more.
 * @param first the beginning of the file, decompressed
 */
export function guessSource(name: string, first: Uint8Array): SourceGuess {
  const ending = /\.([a-z0-9]+)$/i.exec(name.replace(COMPRESSED, ''))?.[1]?.toLowerCase() ?? '';
  const text = new TextDecoder('utf-8', { fatal: false })
    .decode(first)
    .replace(/^\uFEFF/, '')
    .trimStart();
  const byName = ENDINGS[ending];
  const format = byContent(text, byName) ?? byName ?? 'csv';
  return { format, delimiter: ending === 'tsv' ? '\t' : delimiterOf(text) };
}

function byContent(text: string, byName: ExportFormat | undefined): ExportFormat | null {
  if (text.startsWith('PAR1')) return 'parquet';
  // A list in a file of lines is no record, and an object in a JSON array's place is the first of many lines.
  if (byName === 'json' && text.startsWith('{')) return 'ndjson';
  if (byName === 'ndjson' && text.startsWith('[')) return 'json';
  if (byName !== undefined) return null;
  if (text.startsWith('{')) return 'ndjson';
  if (text.startsWith('[')) return 'json';
  return /^(--|INSERT\s+INTO\b)/i.test(text) ? 'cql' : null;
}

/** The sign that the first line has most often, outside quotes. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r?\n|\r/, 1);
  const bare = line.replace(/"([^"]|"")*"/g, '');
  const counts = DELIMITERS.map((sign) => bare.split(sign).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? ',' : (DELIMITERS[counts.indexOf(most)] ?? ',');
}
