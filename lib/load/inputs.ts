import 'server-only';
import { lstat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { SourceOptions } from '@/lib/contract/load-sources';
import { Failure } from '@/lib/failure';
import type { InputFile } from './job-request';
import { openSource } from './open-source';
import { type Source, SourceError } from './records';

/** One input of a load, open. */
export interface OpenInput {
  readonly name: string;
  readonly source: Source;
  /** The header of a CSV file, as it came but in UTF-8; null: it has none. */
  readonly header: Uint8Array | null;
}

/** The inputs of a load in their order. */
export interface LoadInputs {
  readonly count: number;
  /** Null where it is not known. */
  readonly totalBytes: number | null;
  /** They can be read more than once. */
  readonly isLasting: boolean;
  /** @throws Failure, SourceError */
  open(index: number, signal: AbortSignal): Promise<OpenInput>;
  /** @throws Failure when an input that was read to its end is not the one that its manifest describes */
  check(index: number, sha256: string): void;
}

/** Files, which must be those that were reviewed. */
export class FileInputs implements LoadInputs {
  readonly isLasting = true;
  readonly #files: readonly InputFile[];
  readonly #options: SourceOptions;

  constructor(files: readonly InputFile[], options: SourceOptions) {
    this.#files = files;
    this.#options = options;
  }

  get count(): number {
    return this.#files.length;
  }

  get totalBytes(): number {
    return this.#files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async open(index: number, signal: AbortSignal): Promise<OpenInput> {
    const file = this.#at(index);
    const found = await lstat(file.path).catch((cause: unknown) => {
      throw changed(file, 'is not there any more', cause);
    });
    if (found.size !== file.bytes || found.mtimeMs !== file.modifiedMs) throw changed(file, 'has changed');
    const open = (options: SourceOptions) => openSource({ path: file.path }, options, signal);
    const header = await headerOf(this.#options, open);
    return { name: file.name, header, source: await open(this.#options) };
  }

  check(index: number, sha256: string): void {
    const file = this.#at(index);
    if (file.sha256 === null || file.sha256 === sha256) return;
    throw new Failure({
      code: 'storage_failed',
      message: `${file.name} is not the file that its manifest describes: the SHA-256 is another.`,
      hint: 'It was changed or damaged since it was exported. Its rows were written as they are; export them again.',
      detail: `manifest: ${file.sha256}\nfile: ${sha256}`,
      retryable: false,
    });
  }

  #at(index: number): InputFile {
    const file = this.#files[index];
    if (file === undefined) throw new Error(`there is no input ${index}`);
    return file;
  }
}

/** Standard input, or another stream: it is read once. */
export class StreamInput implements LoadInputs {
  readonly count = 1;
  readonly totalBytes = null;
  readonly isLasting = false;
  readonly #stream: Readable;
  readonly #options: SourceOptions;
  readonly #header: Uint8Array | null;

  constructor(stream: Readable, options: SourceOptions, header: Uint8Array | null) {
    this.#stream = stream;
    this.#options = options;
    this.#header = header;
  }

  async open(_index: number, signal: AbortSignal): Promise<OpenInput> {
    const source = await openSource({ stream: this.#stream }, this.#options, signal);
    return { name: 'standard input', header: this.#header, source };
  }

  check(): void {
    // Nothing says what it should be.
  }
}

/**
 * The first record of a CSV file whose header names the fields, read as if it were data; null where there is none.
 * @param open the input from its beginning
 */
export async function headerOf(
  options: SourceOptions,
  open: (options: SourceOptions) => Promise<Source>,
): Promise<Uint8Array | null> {
  if (options.format !== 'csv' || options.csv.header !== true) return null;
  try {
    for await (const [first] of await open({ ...options, csv: { ...options.csv, header: ['?'] } })) {
      return first?.bytes == null ? null : Uint8Array.from(first.bytes);
    }
  } catch (error) {
    // The load itself says what is wrong with the file.
    if (!(error instanceof SourceError)) throw error;
  }
  return null;
}

function changed({ name }: InputFile, what: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: 'storage_failed',
      message: `${name} ${what} since the load was reviewed.`,
      hint: 'Start another load for what is left, or put the file back as it was and resume.',
      retryable: false,
    },
    { cause },
  );
}
