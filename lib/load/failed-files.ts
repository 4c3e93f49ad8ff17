import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { jsonText } from '@/lib/contract/json';
import type { SourceOptions } from '@/lib/contract/load-sources';
import { LinesFile } from '@/lib/jobs/lines-file';
import type { SourceItem } from './records';
import { type FailedFile, type LoadState, REASONS_FILE } from './state';

/** A record that is not in the table. */
export interface FailedRecord {
  readonly item: SourceItem;
  readonly outcome: 'bad' | 'refused' | 'unknown';
  readonly message: string;
  /** Of the table. */
  readonly column: string | null;
  readonly field: string | null;
  readonly value: string | null;
}

/** Records of one input, in their order. */
export interface FailedRecords {
  readonly input: string;
  /** Records of the inputs before this one. */
  readonly earlier: number;
  /** The header of a CSV file as it came; null: there is none. */
  readonly header: Uint8Array | null;
  readonly records: readonly FailedRecord[];
}

/** The format of a file of failed records: JSON arrays and Parquet become lines of JSON. */
export function failedFormat({ format }: Pick<SourceOptions, 'format'>): 'csv' | 'ndjson' | 'cql' {
  return format === 'json' || format === 'parquet' ? 'ndjson' : format;
}

/**
 * The records that a load did not write, as they came, so that they can be mended and loaded again; and next to them why,
 * a line of JSON for each. Files that began with another header are kept apart.
 */
export class FailedFiles {
  readonly #directory: string;
  readonly #format: ReturnType<typeof failedFormat>;
  readonly #closed: FailedFile[];
  #open: { readonly file: LinesFile; readonly name: string; readonly header: string | null } | null = null;
  #reasons: LinesFile | null = null;
  readonly #reasonsAt: { readonly bytes: number; readonly lines: number };

  private constructor(directory: string, format: ReturnType<typeof failedFormat>, state: LoadState) {
    this.#directory = directory;
    this.#format = format;
    this.#closed = [...state.failed];
    this.#reasonsAt = state.reasons;
  }

  /** Opens them as they were at a checkpoint. @throws Failure `storage_failed` when one is shorter */
  static async open(directory: string, source: SourceOptions, state: LoadState): Promise<FailedFiles> {
    const files = new FailedFiles(directory, failedFormat(source), state);
    const last = files.#closed.pop();
    if (last !== undefined) {
      const file = await LinesFile.open(join(directory, last.name), last.bytes, last.lines);
      files.#open = { file, name: last.name, header: last.header };
    }
    const { bytes, lines } = state.reasons;
    if (bytes > 0) files.#reasons = await LinesFile.open(join(directory, REASONS_FILE), bytes, lines);
    return files;
  }

  /** Their lengths, for a checkpoint. */
  get state(): Pick<LoadState, 'failed' | 'reasons'> {
    const { bytes, lines } = this.#reasons ?? this.#reasonsAt;
    return {
      failed: this.#open === null ? this.#closed : [...this.#closed, stateOf(this.#open)],
      reasons: { bytes, lines },
    };
  }

  async add({ input, earlier, header, records }: FailedRecords): Promise<void> {
    if (records.length === 0) return;
    const texts = records.map(({ item }) => recordText(item, this.#format));
    const kept = texts.filter((text) => text !== null);
    const place = kept.length > 0 ? await this.#fileFor(header) : null;
    await place?.file.addBytes(Buffer.concat(kept), kept.length);
    this.#reasons ??= await LinesFile.open(join(this.#directory, REASONS_FILE), 0, 0);
    await this.#reasons.add(
      records.map(({ item, ...why }, at) => ({
        ...{
          input,
          record: earlier + item.number,
          number: item.number,
          line: lineOf(item),
          character: item.kind === 'bad' ? item.column : null,
        },
        ...why,
        // Null where the record has no text of its own to keep.
        file: texts[at] === null ? null : (place?.name ?? null),
      })),
    );
  }

  async #fileFor(header: Uint8Array | null) {
    const hash = header === null ? null : createHash('sha256').update(header).digest('hex');
    if (this.#open !== null && this.#open.header === hash) return this.#open;
    if (this.#open !== null) {
      await this.#open.file.sync();
      await this.#open.file.close();
      this.#closed.push(stateOf(this.#open));
    }
    const number = this.#closed.length + 1;
    const name = `failed${number === 1 ? '' : `-${number}`}.${this.#format}`;
    const file = await LinesFile.open(join(this.#directory, name), 0, 0);
    if (header !== null) await file.addBytes(Buffer.concat([header, NEWLINE]), 0);
    this.#open = { file, name, header: hash };
    return this.#open;
  }

  async sync(): Promise<void> {
    await Promise.all([this.#open?.file.sync(), this.#reasons?.sync()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#open?.file.close(), this.#reasons?.close()]);
  }
}

const NEWLINE = Buffer.from('\n');
const SEMICOLON = ';'.charCodeAt(0);

function stateOf({ file, name, header }: { file: LinesFile; name: string; header: string | null }): FailedFile {
  return { name, bytes: file.bytes, lines: file.lines, header };
}

function lineOf(item: SourceItem): number | null {
  return item.kind === 'bad' ? (item.faultLine ?? item.line) : item.line;
}

/** A record with its line end, as a file of its format has it. */
function recordText(item: SourceItem, format: ReturnType<typeof failedFormat>): Buffer | null {
  const { bytes } = item;
  if (bytes === null) return item.kind === 'bad' ? null : Buffer.from(`${jsonText(objectOf(item))}\n`);
  if (format === 'ndjson') return Buffer.concat([oneLine(bytes), NEWLINE]);
  const end = format === 'cql' && bytes.at(-1) !== SEMICOLON ? Buffer.from(';\n') : NEWLINE;
  return Buffer.concat([bytes, end]);
}

/** JSON has line ends between its parts only. */
function oneLine(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));
}

function objectOf({ names, fields }: Extract<SourceItem, { kind: 'record' }>): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name, at) => (fields[at] === undefined ? [] : [[name, fields[at]]])));
}
