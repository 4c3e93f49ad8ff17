import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { ErrorCode } from '@/lib/contract/errors';
import type { JobPart } from '@/lib/contract/jobs';
import type { LoadStanding } from '@/lib/contract/load-standing';
import { isFrozen } from '@/lib/cql/mutation/places';
import { EndRate } from '@/lib/each/tally';
import { Failure } from '@/lib/failure';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { type ChangedTable, changedTable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { plural } from '@/lib/text/format';
import type { Bound, Problem, Write } from '@/lib/transform/fields';
import { RowWriter } from '@/lib/writing/row-writer';
import type { RowEnd, RowPart, WriteRow } from '@/lib/writing/rows';
import { Chunk, type RowTag, sumOf } from './chunk';
import { FailedFiles } from './failed-files';
import type { LoadInputs, OpenInput } from './inputs';
import type { LoadJobRequest } from './job-request';
import { problemText } from './problem-text';
import type { LoadRecord, SourceItem } from './records';
import { ended, failedOf, filesOf, type LoadCounts, type LoadState, standingOf } from './state';

/** Records of one chunk, at most. */
const CHUNK_RECORDS = 500;
/** Chunks that wait for their last rows. */
const MOST_CHUNKS = 128;
const CHECKPOINT_EVERY_MS = 1_000;
/** A share of failures is judged from here on. */
const SHARE_FROM = 1_000;
/** Records that are marked before they are sent, where they must not be sent twice. */
const RESERVED_RECORDS = 5_000;
/** Between the write times of two records: room for attempts, where lists need newer ones. */
const [STEP_MICROS, LIST_STEP_MICROS] = [1, 16];
/** Perhaps one row is refused, perhaps the table is another now. */
const SUSPICIOUS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_statement',
  'not_found',
  'not_prepared',
  'server_error',
]);
const LOOK_EVERY_MS = 1_000;
const SENT_BEFORE =
  'It may have been written before the load was stopped. Sent again with its write time, its list would have its elements twice: read the row.';

export interface Loading {
  readonly cluster: Cluster;
  readonly request: LoadJobRequest;
  /** What columns are masked by; null: nothing is masked. */
  readonly rights: PersonRights | null;
  readonly table: ChangedTable;
  readonly directory: string;
  readonly inputs: LoadInputs;
  /** What a record is as a row. */
  readonly bind: (record: LoadRecord) => Bound | Problem;
  readonly signal: AbortSignal;
  /** Keeps a checkpoint. */
  readonly save: (state: LoadState) => Promise<void>;
  /** Receives each row that was written, with its number among the records of all files, in no order. */
  readonly written?: ((number: number, writes: readonly Write[]) => void) | undefined;
}

/**
 * Reads files and writes their records as rows. A checkpoint is a place in a file: every record before it has been counted
 * once, and none after it. A load that was killed writes some rows again, with the write times they had.
 */
export class LoadRun {
  readonly #loading: Loading;
  readonly #files: FailedFiles;
  readonly #rate = new EndRate();
  /** Microseconds since 1970 are numbers without loss until 2255. */
  readonly #baseMicros: number;
  readonly #stepMicros: number;
  readonly #chunkRecords: number;
  /** Records that had failed before this run: a person has seen them. */
  readonly #failedBefore: number;
  /** Rows with lists up to this record may have been sent, with the write times that they have; null: they may be sent again. */
  readonly #sentBefore: number | null;
  #state: LoadState;
  /** The last record that was taken, of all files. */
  #taken = 0;
  /** In the order of the file. */
  #chunks: Chunk[] = [];
  #open: OpenInput | null = null;
  /** Records of the files before this one. */
  #earlier = 0;
  #savedAtMs = performance.now();
  #isSuspicious = false;
  #lookedAtMs = 0;

  private constructor(loading: Loading, state: LoadState, files: FailedFiles) {
    this.#loading = loading;
    this.#files = files;
    this.#state = state;
    this.#failedBefore = failedOf(state.counts);
    const { request, table } = loading;
    this.#stepMicros = hasLists(table, request) ? LIST_STEP_MICROS : STEP_MICROS;
    this.#baseMicros = Number(state.baseMicros);
    this.#sentBefore = hasLists(table, request) && isFixed(request) ? state.reserved : null;
    const { rowsPerSecond } = request.options;
    this.#chunkRecords = Math.max(16, Math.min(CHUNK_RECORDS, rowsPerSecond ?? CHUNK_RECORDS));
  }

  /** @throws Failure `storage_failed` when the files of failed records are not as they were */
  static async open(loading: Loading, state: LoadState): Promise<LoadRun> {
    const { directory, request, table } = loading;
    const files = await FailedFiles.open(directory, request.source, state);
    return new LoadRun(loading, hasLists(table, request) ? withNewerBase(state) : state, files);
  }

  get state(): LoadState {
    return this.#state;
  }

  get counts(): LoadCounts {
    return this.#chunks.reduce((sum, chunk) => sumOf(sum, chunk.counts), this.#state.counts);
  }

  progress(): { readonly load: LoadStanding; readonly parts: readonly JobPart[] } {
    const { counts } = this;
    const { totalBytes } = this.#loading.inputs;
    const standing = standingOf(this.#state, counts);
    const bytes = standing.bytes + (this.#open?.source.bytesRead ?? 0);
    const rowsPerSecond = this.#rate.perSecond(ended(counts), performance.now());
    return { load: { ...standing, bytes, totalBytes, rowsPerSecond }, parts: filesOf(this.#files.state) };
  }

  /**
   * To the end of the last file, from the checkpoint on. However it ends, what was sent is counted and kept.
   * @throws the signal's reason, SourceError, Failure
   */
  async run(): Promise<void> {
    const stop = new AbortController();
    const writer = await this.#openWriter(AbortSignal.any([this.#loading.signal, stop.signal]));
    // With its new write times, before a row has one.
    await this.#save();
    try {
      while (this.#state.file < this.#loading.inputs.count) await this.#file(writer);
      await this.#checkTable();
    } catch (error) {
      stop.abort(error);
      await writer.end().catch(() => undefined);
      this.#state = { ...this.#state, reserved: Math.min(this.#state.reserved, this.#taken) };
      await this.#settle(true);
      await this.#save();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  #openWriter(signal: AbortSignal): Promise<RowWriter<RowTag>> {
    const { cluster, table, request } = this.#loading;
    const { consistency, timeoutMs, rowsPerSecond } = request.options;
    return RowWriter.open<RowTag>(cluster, {
      ...{ table, columns: request.bind.mapping.map(({ to }) => to), consistency, timeoutMs, rowsPerSecond, signal },
      newer: (part, attempt) => (isFixed(request) ? null : part.timestampMicros + BigInt(attempt)),
      ended: (ends) => this.#ended(ends),
    });
  }

  async #file(writer: RowWriter<RowTag>): Promise<void> {
    const { inputs, signal } = this.#loading;
    const input = await inputs.open(this.#state.file, signal);
    this.#open = input;
    this.#earlier = this.#state.inputs.reduce((sum, { records }) => sum + records, 0);
    // Done in an earlier run: read again, and left out.
    let left = this.#state.records;
    for await (const items of input.source) {
      const skip = Math.min(items.length, left);
      left -= skip;
      for (let from = skip; from < items.length; from += this.#chunkRecords) {
        await this.#chunk(writer, items.slice(from, from + this.#chunkRecords));
      }
    }
    await writer.end();
    await this.#settle(false);
    if (left > 0) throw shorter(input.name);
    await this.#endFile(input);
  }

  async #endFile({ name, source }: OpenInput): Promise<void> {
    const { file, records, inputs } = this.#state;
    const sha256 = source.sha256();
    this.#loading.inputs.check(file, sha256);
    const done = { name, bytes: source.bytesRead, records, sha256 };
    this.#state = { ...this.#state, file: file + 1, records: 0, inputs: [...inputs, done] };
    this.#open = null;
    await this.#save();
  }

  async #chunk(writer: RowWriter<RowTag>, items: readonly SourceItem[]): Promise<void> {
    await this.#reserve(items);
    const chunk = new Chunk(items);
    this.#chunks.push(chunk);
    const rows: WriteRow<RowTag>[] = [];
    for (const item of items) {
      const row = this.#row(writer, chunk, item);
      if (row !== null) rows.push(row);
    }
    await writer.add(rows);
    await writer.until(() => this.#chunks.length < MOST_CHUNKS || this.#chunks[0]?.isOver !== false);
    await this.#settle(false);
    if (this.#isSuspicious) await this.#look();
    const limit = this.#exceeded();
    if (limit === null) return;
    // What is on its way is counted first: otherwise the same records would fail again in the next run.
    await writer.end();
    await this.#settle(true);
    throw limit;
  }

  async #reserve(items: readonly SourceItem[]): Promise<void> {
    this.#taken = this.#earlier + (items.at(-1)?.number ?? 0);
    if (this.#sentBefore === null || this.#taken <= this.#state.reserved) return;
    this.#state = { ...this.#state, reserved: this.#taken + RESERVED_RECORDS };
    await this.#save();
  }

  /** Null: it is no row, and has ended. */
  #row(writer: RowWriter<RowTag>, chunk: Chunk, item: SourceItem): WriteRow<RowTag> | null {
    if (item.kind === 'bad') {
      chunk.fail({ item, outcome: 'bad', message: item.reason, column: null, field: null, value: null });
      return null;
    }
    const bound = this.#loading.bind(item);
    if (bound.kind === 'problem') {
      const { column, field, value } = bound;
      chunk.fail({ item, outcome: 'bad', message: problemText(bound), column, field, value });
      return null;
    }
    const row = this.#rowOf(bound.writes, { chunk, item, writes: bound.writes });
    const wasSent = this.#sentBefore !== null && this.#earlier + item.number <= this.#sentBefore;
    if (wasSent && [row, ...(row.more ?? [])].some((part) => writer.insert.addsElements(part))) {
      chunk.fail({ item, outcome: 'unknown', message: SENT_BEFORE, column: null, field: null, value: null });
      return null;
    }
    return row;
  }

  #rowOf([own, ...more]: readonly Write[], tag: RowTag): WriteRow<RowTag> {
    if (own === undefined) throw new Error('a record without a write');
    const ownMicros = BigInt(this.#baseMicros + this.#stepMicros * (this.#earlier + tag.item.number));
    const { values, ttlSeconds, timestampMicros } = partOf(own, ownMicros);
    const rest = more.length === 0 ? undefined : more.map((write) => partOf(write, ownMicros));
    return { values, ttlSeconds, timestampMicros, more: rest, tag };
  }

  #ended(ends: readonly RowEnd<RowTag>[]): void {
    for (const end of ends) {
      const { chunk, item, writes } = end.tag;
      chunk.ended(end);
      if (end.outcome === 'applied') this.#loading.written?.(this.#earlier + item.number, writes);
      else this.#isSuspicious ||= SUSPICIOUS.has(end.reason?.code ?? 'internal_error');
    }
  }

  /** Counts the chunks that are over, up to the first that is not, and keeps what failed. */
  async #settle(isLast: boolean): Promise<void> {
    const open = this.#chunks.findIndex((chunk) => !chunk.isOver);
    const over = open === -1 ? this.#chunks.length : open;
    const input = { input: this.#open?.name ?? '', earlier: this.#earlier, header: this.#open?.header ?? null };
    for (const chunk of this.#chunks.slice(0, over)) {
      await this.#files.add({ ...input, records: chunk.failed() }).catch((error: unknown) => {
        throw storageFailure(error, this.#loading.directory);
      });
      this.#chunks.shift();
      const counts = sumOf(this.#state.counts, chunk.counts);
      this.#state = { ...this.#state, counts, records: this.#state.records + chunk.records };
    }
    this.#rate.add(ended(this.#state.counts), performance.now());
    if (over > 0 && (isLast || performance.now() - this.#savedAtMs >= CHECKPOINT_EVERY_MS)) await this.#save();
  }

  async #save(): Promise<void> {
    await this.#files.sync();
    this.#state = { ...this.#state, ...this.#files.state };
    await this.#loading.save(this.#state).catch((error: unknown) => {
      throw storageFailure(error, this.#loading.directory);
    });
    this.#savedAtMs = performance.now();
  }

  #exceeded(): Failure | null {
    const { rows, share } = this.#loading.request.options.maxFailures;
    const { counts } = this;
    const failed = failedOf(counts) - this.#failedBefore;
    if (rows !== null && failed > rows) return tooMany(failed, String(rows));
    if (share === null || ended(counts) < SHARE_FROM || failed <= share * ended(counts)) return null;
    return tooMany(failed, `${share * 100} %`);
  }

  async #look(): Promise<void> {
    if (performance.now() - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = performance.now();
    this.#isSuspicious = false;
    await this.#checkTable();
  }

  /** @throws Failure `schema_changed`, `not_found` */
  async #checkTable(): Promise<void> {
    const { cluster, table, rights } = this.#loading;
    const { version } = await changedTable(cluster, await cluster.client(), table, rights);
    if (version !== table.version) throw changedSchema(table);
  }
}

/**
 * Rows that are sent again because a run ended before their checkpoint need newer write times: the elements of their lists
 * would be there twice.
 */
function withNewerBase(state: LoadState): LoadState {
  const done = state.inputs.reduce((sum, { records }) => sum + records, state.records);
  return { ...state, baseMicros: String(later(state.baseMicros, done)) };
}

/** Later than every write time of a run that had got beyond its checkpoint by as much as may be on its way. */
function later(baseMicros: string, done: number): number {
  const beyond = Number(baseMicros) + LIST_STEP_MICROS * 2 * MOST_CHUNKS * CHUNK_RECORDS;
  return Math.max(beyond, Date.now() * 1_000 - LIST_STEP_MICROS * done);
}

export function changedSchema({ keyspace, table }: Pick<ChangedTable, 'keyspace' | 'table'>): Failure {
  return new Failure({
    code: 'schema_changed',
    message: `${keyspace}.${table} has changed since this load was reviewed, so no more rows are written.`,
    hint: 'Look at what has been written, then review the load again.',
    retryable: false,
  });
}

/** Every row has a write time that is not ours, so that no newer one may be taken. */
function isFixed({ bind }: LoadJobRequest): boolean {
  return bind.timestamp !== undefined || bind.mapping.some(({ timestamp }) => timestamp !== undefined);
}

function partOf({ values, ttlSeconds, timestampMicros }: Write, ownMicros: bigint): RowPart {
  return { values, ttlSeconds, timestampMicros: timestampMicros ?? ownMicros };
}

function hasLists(table: ChangedTable, { bind }: LoadJobRequest): boolean {
  const named = new Set(bind.mapping.map(({ to }) => to));
  return table.shape.columns.some(({ name, type }) => named.has(name) && type.kind === 'list' && !isFrozen(type));
}

function tooMany(failed: number, limit: string): Failure {
  return new Failure({
    code: 'write_failure',
    message: `Stopped: ${plural(failed, 'record')} could not be loaded, and the limit is ${limit}.`,
    hint: 'The file of reasons says why. Mend the file or the mapping and start again, or resume: as many may fail once more.',
    retryable: false,
  });
}

function shorter(name: string): Failure {
  return new Failure({
    code: 'storage_failed',
    message: `${name} has fewer records than were loaded from it before.`,
    hint: 'It is not the input that this load began with.',
    retryable: false,
  });
}
