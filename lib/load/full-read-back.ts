import 'server-only';
import { type Cluster, MURMUR3 } from '@/lib/cassandra/client/cluster';
import { pageCells } from '@/lib/cassandra/read/page-values';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import type { LoadVerified } from '@/lib/contract/load-standing';
import type { Principal } from '@/lib/contract/principal';
import { readLevel } from '@/lib/edit/outcome';
import type { ChangedTable } from '@/lib/mutations/table';
import { murmur3Token, routingKey } from '@/lib/ring/murmur3';
import type { ScanPiece } from '@/lib/scan/plan/pieces';
import { openScan, type ScanPage } from '@/lib/scan/scan';
import { cutRing } from '@/lib/scan/source';
import type { LoadJobRequest } from './job-request';
import { KeyHash } from './key-set';
import { KeyedRows } from './keyed-rows';
import { type KeptRow, type PackedRow, packedRow, unpackedRow } from './packed-row';
import type { Cells } from './read-back';
import { ReadsAtOnce } from './reads-at-once';
import { areWhole, type FileRange, filesFor, RowFiles, rangesOfFiles, rowsOfRange } from './row-files';
import { type Verifying, writtenRows } from './sample-read-back';
import { type FullState, NOTHING_FOUND } from './state';

const RANGES_AT_ONCE = 4;
/** Rows that are compared at a time, where a range has more: all of one partition have the same token. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A scan reads about as many rows in the time of one that is read by its key. */
const SCANNED_FOR_ONE = 16;
/** Before a scan is judged by what it has found. */
const SCANNED_UNJUDGED = 20_000;
const PAGE_ROWS = 10_000;
/** Of pages that are held or in flight, for each range. */
const BUFFER_BYTES = 8 * 1024 * 1024;

export interface FullReading extends Pick<Verifying, 'inputs' | 'bind' | 'back' | 'failed' | 'records' | 'signal'> {
  readonly cluster: Cluster;
  readonly table: ChangedTable;
  readonly request: LoadJobRequest;
  readonly owner: Principal;
  readonly directory: string;
  /** Keeps a checkpoint. */
  readonly save: (state: FullState) => Promise<void>;
}

/**
 * Finds every row that was written. The rows of the files are kept on disk by token, then compared with the table range by
 * range: by a scan, which is many times faster, as long as it does not read many rows for each that it finds; what it did not
 * find is read by its key. A checkpoint is the ranges that are done.
 */
export class FullReadBack {
  readonly #reading: FullReading;
  readonly #columns: readonly string[];
  readonly #reads = new ReadsAtOnce();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #state: FullState;
  #saving: Promise<void> = Promise.resolve();
  /** Of the ranges that are being compared. */
  #open = new Set<LoadVerified>();
  #scanned = 0;
  #foundByScan = 0;

  constructor(reading: FullReading, state: FullState | null) {
    this.#reading = reading;
    this.#columns = reading.request.bind.mapping.map(({ to }) => to);
    this.#signal = AbortSignal.any([reading.signal, this.#stop.signal]);
    this.#state = state ?? { files: [], done: [], found: NOTHING_FOUND };
  }

  get verified(): LoadVerified {
    return [...this.#open].reduce(sumOf, { extent: 'full', ...this.#state.found });
  }

  /** @throws the signal's reason, SourceError, Failure */
  async run(): Promise<LoadVerified> {
    const { directory } = this.#reading;
    if (this.#state.files.length === 0 || !(await areWhole(directory, this.#state.files))) await this.#keepRows();
    const done = new Set(this.#state.done);
    const left = [...rangesOfFiles(this.#state.files).entries()].filter(([index]) => !done.has(index));
    if (left.length > 0) await this.#ranges(left);
    return this.verified;
  }

  async #ranges(left: readonly (readonly [number, FileRange])[]): Promise<void> {
    const scans = await this.#scans(left.map(([, range]) => range));
    const waiting = left.entries();
    const worker = async () => {
      try {
        for (const [at, [index, range]] of waiting) await this.#range(index, range, scans?.(at) ?? null);
      } catch (error) {
        // Nothing more is read for the others.
        this.#stop.abort(error);
      }
    };
    await Promise.all(Array.from({ length: RANGES_AT_ONCE }, worker));
    this.#signal.throwIfAborted();
  }

  /** Reads the files once, and keeps their rows by token. */
  async #keepRows(): Promise<void> {
    const { directory, records, table } = this.#reading;
    const partition = table.shape.partitionKey.map((name) => this.#columns.indexOf(name));
    const files = await RowFiles.create(directory, filesFor(records));
    for await (const row of writtenRows({ ...this.#reading, signal: this.#signal }, () => true)) {
      const [first] = row.writes;
      if (first === undefined) continue;
      const token = murmur3Token(routingKey(partition.map((at) => first.values[at] ?? new Uint8Array())));
      await files.add({ token, bytes: packedRow(row, token) });
    }
    await this.#save({ files: [...(await files.end())], done: [], found: NOTHING_FOUND });
  }

  /** How the ranges are scanned; null where the partitioner is another: their tokens are not the table's. */
  async #scans(ranges: readonly FileRange[]): Promise<((at: number) => Scanning | null) | null> {
    const { cluster, table, request } = this.#reading;
    const { partitioner } = await cluster.identity();
    if (partitioner !== MURMUR3) return null;
    const { consistency, timeoutMs } = request.options;
    const plan = await planTable(
      cluster,
      { keyspace: table.keyspace, table: table.table },
      {
        ...{ columns: [...this.#columns], consistency: readLevel(consistency) },
        ...{ timeoutMs, pageRows: PAGE_ROWS, maxPages: 0 },
      },
    );
    const { pieces } = await cutRing(plan, { workers: RANGES_AT_ONCE, ranges, truncations: {} });
    return (at) => {
      const piece = pieces[at];
      return piece === undefined ? null : { plan, piece };
    };
  }

  async #range(index: number, range: FileRange, scanning: Scanning | null): Promise<void> {
    const found: LoadVerified = { extent: 'full', ...NOTHING_FOUND };
    this.#open.add(found);
    try {
      const parts = Math.max(1, Math.ceil((await bytesOf(this.#kept(range))) / MOST_BYTES));
      for (let part = 0; part < parts; part++) {
        const rows = await this.#rowsOf(range, { part, of: parts });
        if (scanning !== null && this.#isScanWorthIt) await this.#scan(scanning, rows, found);
        await this.#byKey(rows, found);
      }
    } finally {
      this.#open.delete(found);
    }
    const { files, done, found: before } = this.#state;
    const { extent: _extent, ...counts } = sumOf({ extent: 'full', ...before }, found);
    await this.#save({ files, done: [...done, index], found: counts });
  }

  #kept(range: FileRange): AsyncGenerator<PackedRow, void> {
    return rowsOfRange(this.#reading.directory, range);
  }

  async #rowsOf(range: FileRange, { part, of }: { readonly part: number; readonly of: number }): Promise<KeyedRows> {
    const rows = new KeyedRows(this.#columns.length);
    for await (const packed of this.#kept(range)) {
      const { writes } = unpackedRow(packed.bytes, this.#columns.length);
      const [first] = writes;
      if (first === undefined) continue;
      const key = this.#reading.back.keyOf(first);
      if (of === 1 || partOf(key, of) === part) rows.add(key, packed, first.isStatic);
    }
    return rows;
  }

  get #isScanWorthIt(): boolean {
    return this.#scanned < SCANNED_UNJUDGED + this.#foundByScan * SCANNED_FOR_ONE;
  }

  async #scan({ plan, piece }: Scanning, rows: KeyedRows, found: LoadVerified): Promise<void> {
    const { owner } = this.#reading;
    const scan = await openScan(plan, { principal: owner, only: piece, bufferBytes: BUFFER_BYTES }, this.#signal);
    for await (const page of scan.pages) {
      this.#scanned += page.rows;
      for (const cells of rowsIn(page, this.#columns)) this.#match(rows, cells, found);
      if (!this.#isScanWorthIt || rows.size === 0) return;
    }
  }

  #match(rows: KeyedRows, cells: Cells, found: LoadVerified): void {
    const { back } = this.#reading;
    const kept = rows.take(back.keyOf({ values: cells, isStatic: false }));
    if (kept !== null) this.#count(kept, cells, found);
    const ofPartition = rows.hasStatic ? rows.take(back.keyOf({ values: cells, isStatic: true })) : null;
    if (ofPartition !== null) this.#count(ofPartition, cells, found);
    this.#foundByScan += (kept?.length ?? 0) + (ofPartition?.length ?? 0);
  }

  /** What a scan did not find may still be there: Cassandra sorts a set within a key. */
  async #byKey(rows: KeyedRows, found: LoadVerified): Promise<void> {
    const read = async (key: string) => {
      const kept = rows.take(key);
      const write = kept?.at(-1)?.writes[0];
      if (kept == null || write === undefined) return;
      this.#count(kept, await this.#reading.back.read(write), found);
    };
    await this.#reads.all(rows.keys(), read, this.#signal);
  }

  /** Of rows with one key the last one stays: that an earlier one differs is no difference. */
  #count(kept: readonly KeptRow[], cells: Cells | null, found: LoadVerified): void {
    for (const [at, { writes }] of kept.entries()) {
      found.rows++;
      const isEqual = cells !== null && this.#reading.back.isEqual(writes, cells);
      if (isEqual) found.equal++;
      else if (at < kept.length - 1) found.overwritten++;
      else if (cells === null) found.missing++;
      else found.different++;
    }
  }

  async #save(state: FullState): Promise<void> {
    this.#state = state;
    this.#saving = this.#saving.then(() => this.#reading.save(this.#state));
    await this.#saving;
  }
}

interface Scanning {
  readonly plan: ReadPlan;
  readonly piece: ScanPiece;
}

async function bytesOf(rows: AsyncIterable<PackedRow>): Promise<number> {
  let bytes = 0;
  for await (const row of rows) bytes += row.bytes.length;
  return bytes;
}

const HASH = new KeyHash();

function partOf(key: string, of: number): number {
  HASH.reset();
  HASH.part(Buffer.from(key, 'latin1'));
  return HASH.finish().low % of;
}

/** The cells of a page's rows, each in the order of `names`. */
function* rowsIn(page: ScanPage, names: readonly string[]): Generator<Cells, void> {
  const places = names.map((name) => page.columns?.findIndex((column) => column.name === name) ?? -1);
  for (const cells of pageCells(page)) yield places.map((at) => cells[at]);
}

function sumOf(one: LoadVerified, other: LoadVerified): LoadVerified {
  return {
    extent: one.extent,
    rows: one.rows + other.rows,
    equal: one.equal + other.equal,
    different: one.different + other.different,
    missing: one.missing + other.missing,
    overwritten: one.overwritten + other.overwritten,
  };
}
