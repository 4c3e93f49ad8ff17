import 'server-only';
import { join } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { Sides } from '@/lib/compare/plan';
import type { JobPart } from '@/lib/contract/jobs';
import type { Copied } from '@/lib/contract/move-counts';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { isFrozen } from '@/lib/cql/mutation/places';
import { LinesFile, sha256Of } from '@/lib/jobs/lines-file';
import type { ChangedTable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { RowWriter } from '@/lib/writing/row-writer';
import type { WriteRow } from '@/lib/writing/rows';
import { type Epoch, Epochs, type SourceRow } from './epochs';
import { FAILED_FILE, failedLine, headOf } from './failed';
import { CopyMapper, MappingError } from './mapper';
import { orInvalid } from './plan';
import type { CopyState, CopyWork } from './request';
import { RowMaker } from './rows';
import { type CopySource, copySource, type OpenSource, openSource, type SourceBatch } from './source';
import { changedTarget, createTarget, findTarget, TargetWatch } from './target';

/** Between the write times of a list in two runs: more than a row is sent in one. */
const LIST_MICROS_A_RUN = 64n;
/** Of a job that copies the failed rows of another, so that it is later than that one's runs. */
const LIST_MICROS_AGAIN = 4_096n;

export interface Copying {
  readonly clusters: Sides<Cluster>;
  readonly work: CopyWork;
  readonly directory: string;
  readonly principal: Principal;
  readonly rights: PersonRights | null;
  readonly signal: AbortSignal;
  /** Keeps a checkpoint. */
  readonly save: (state: CopyState) => Promise<void>;
}

interface Opened {
  readonly source: CopySource;
  readonly target: ChangedTable;
  readonly mapper: CopyMapper;
  readonly file: LinesFile;
}

/**
 * Copies rows from a source into a table. The checkpoint is never past a row that has not ended: after a crash the rows since
 * then are written again, with the same write times, and counted once.
 */
export class CopyRun {
  readonly #copying: Copying;
  readonly #opened: Opened;
  readonly #epochs = new Epochs();
  #state: CopyState;
  #progress: () => ScanProgress | null = () => null;
  #saving: Promise<void> = Promise.resolve();

  private constructor(copying: Copying, opened: Opened, state: CopyState) {
    this.#copying = copying;
    this.#opened = opened;
    this.#state = state;
  }

  /** Fields whose values were masked in the source, as far as they are copied. */
  get masked(): readonly string[] {
    const { source, mapper } = this.#opened;
    return source.fields.flatMap(({ name, isMasked }) => (isMasked === true && mapper.uses(name) ? [name] : []));
  }

  /**
   * Plans the read, creates the target where that was reviewed, and opens the file of failed rows.
   * @throws Failure `read_only`, `schema_changed` when the target is not as it was reviewed
   */
  static async open(copying: Copying, before: CopyState): Promise<CopyRun> {
    const { clusters, work, principal, rights, save } = copying;
    const [keepTtl, keepWriteTime] = [
      work.mapping.some(({ ttl }) => ttl !== undefined),
      work.mapping.some(({ timestamp }) => timestamp !== undefined),
    ];
    const isTable = work.source.from === 'table';
    const reading = { ...work, rights, keepTtl: isTable && keepTtl, keepWriteTime: isTable && keepWriteTime };
    const source = await copySource(clusters.source, reading, principal);
    const target = await CopyRun.#target(copying, before);
    const state: CopyState = {
      ...before,
      runs: before.runs + 1,
      phase: before.phase === 'create' ? 'write' : before.phase,
    };
    await save(state);
    const mapper = orInvalid(() => new CopyMapper(work.mapping, source.fields, target.shape, work.nulls));
    const { bytes, lines } = state.failed;
    const file = await LinesFile.open(join(copying.directory, FAILED_FILE), bytes, lines);
    return new CopyRun(copying, { source, target, mapper, file }, state);
  }

  static async #target(
    { clusters, work, principal, rights, signal }: Copying,
    { phase, runs }: CopyState,
  ): Promise<ChangedTable> {
    const name = { keyspace: work.target.keyspace, table: work.target.table };
    const found = await findTarget(clusters.target, name, rights);
    const isNew = work.create.length > 0;
    if (found !== null && (isNew ? phase !== 'create' || runs > 0 : found.version === work.targetVersion)) return found;
    if (found !== null || !isNew || phase !== 'create') throw changedTarget(name, found === null);
    await createTarget(clusters.target, work.create, principal, signal);
    const made = await findTarget(clusters.target, name, rights);
    if (made === null) throw changedTarget(name, true);
    return made;
  }

  get counts(): Copied {
    return this.#state.counts;
  }

  get state(): CopyState {
    return this.#state;
  }

  /** What a check of the written rows starts from. */
  get opened(): Pick<Opened, 'source' | 'target' | 'mapper'> {
    return this.#opened;
  }

  progress(): ScanProgress | null {
    return this.#progress();
  }

  /** Keeps what a check has found. */
  async keep(change: Partial<CopyState>): Promise<void> {
    this.#state = { ...this.#state, ...change };
    await this.#copying.save(this.#state);
  }

  file(): JobPart {
    const { bytes, lines } = this.#state.failed;
    return { name: FAILED_FILE, rows: lines, bytes, sha256: null };
  }

  async hashedFile(): Promise<JobPart> {
    return { ...this.file(), sha256: await sha256Of(this.#opened.file.path) };
  }

  close(): Promise<void> {
    return this.#opened.file.close();
  }

  /**
   * Writes all rows that are left. When it is stopped, what was on its way is awaited and kept.
   * @throws Failure of the source, after its other ranges; what the target refuses for every row
   */
  async run(): Promise<void> {
    if (this.#state.phase === 'verify') return;
    const { work, principal, signal } = this.#copying;
    const { source } = this.#opened;
    const at = { scan: this.#state.scan, line: this.#state.line };
    const open = await openSource({ work, source, principal, at, signal });
    this.#progress = open.progress;
    if (this.#state.ranges.length === 0) {
      const ranges = (open.ranges ?? []).map(({ from, to }): CopyState['ranges'][number] => [
        String(from),
        String(to),
        0,
        null,
      ]);
      this.#state = { ...this.#state, ranges };
    }
    const changed = new AbortController();
    const writer = await this.#writer(changed);
    try {
      await this.#writeAll(open, writer);
    } finally {
      // The rows on their way end in any case, and their outcomes belong to the checkpoint.
      await writer.end().finally(() => this.#settle());
    }
    await this.keep({ phase: 'verify' });
  }

  /** @param changed aborted when the target is not as it was */
  #writer(changed: AbortController): Promise<RowWriter<SourceRow>> {
    const { clusters, work, rights } = this.#copying;
    const { target, mapper } = this.#opened;
    const signal = AbortSignal.any([this.#copying.signal, changed.signal]);
    const watch = new TargetWatch(clusters.target, target, rights, (failure) => changed.abort(failure));
    return RowWriter.open<SourceRow>(clusters.target, {
      ...{ table: target, columns: mapper.columns, consistency: work.targetConsistency },
      ...{ timeoutMs: work.timeoutMs, rowsPerSecond: work.rowsPerSecond, signal },
      newer: ({ timestampMicros }) => timestampMicros + 1n,
      ended: (ends) => {
        for (const end of ends) this.#epochs.end(end);
        watch.ended(ends);
      },
    });
  }

  async #writeAll(open: OpenSource, writer: RowWriter<SourceRow>): Promise<void> {
    const maker = this.#maker();
    // False while a batch is taken apart: a place after it would leave out what has not begun.
    let isWhole = true;
    try {
      for await (const batch of open.batches) {
        isWhole = false;
        this.#epochs.add(batch.rows.length, batch.bytes, performance.now());
        const rows = this.#made(batch, maker);
        isWhole = true;
        if (this.#epochs.isFull(performance.now())) this.#epochs.close(open.place());
        await writer.add(rows);
        await this.#settle();
      }
    } finally {
      if (isWhole) this.#epochs.close(open.place());
    }
  }

  #maker(): RowMaker {
    const { mapper, target } = this.#opened;
    const lists = target.shape.columns.filter(({ type }) => type.kind === 'list' && !isFrozen(type));
    const again = this.#copying.work.source.from === 'job' ? LIST_MICROS_AGAIN : 0n;
    const listMicros = BigInt(this.#state.runs - 1) * LIST_MICROS_A_RUN + again;
    const names = lists.map(({ name }) => name);
    return new RowMaker(mapper, { micros: BigInt(this.#state.micros), listMicros }, names);
  }

  #made({ rows, piece }: SourceBatch, maker: RowMaker): WriteRow<SourceRow>[] {
    return rows.flatMap((cells) => {
      try {
        const { writes, merged } = maker.make(cells, piece);
        if (writes.length === 0) {
          this.#epochs.skip();
          return [];
        }
        const tag = this.#epochs.begin(cells, piece, writes.length, merged);
        return writes.map((write) => ({ ...write, tag }));
      } catch (error) {
        if (!(error instanceof MappingError)) throw error;
        this.#epochs.refuse(cells, { outcome: 'refused', code: 'invalid_request', message: error.message });
        return [];
      }
    });
  }

  /** Adds every epoch that has ended to the files and the checkpoint, in order. */
  #settle(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      for (let epoch = this.#epochs.settled(); epoch !== null; epoch = this.#epochs.settled())
        await this.#keepEpoch(epoch);
    });
    return this.#saving;
  }

  async #keepEpoch({ counts, written, failed, place }: Epoch): Promise<void> {
    const { source, file } = this.#opened;
    if (failed.length > 0) {
      const head = file.lines === 0 ? [headOf(source.keyspace, source.fields)] : [];
      await file.add([...head, ...failed.map(({ cells, failure }) => failedLine(source.fields, cells, failure))]);
      await file.sync();
    }
    const ranges = this.#state.ranges.map(([from, to, rows, found], at): CopyState['ranges'][number] => {
      return [from, to, rows + (written.get(at) ?? 0), found];
    });
    await this.keep({
      ...place,
      ranges,
      counts: added(this.#state.counts, counts),
      failed: { bytes: file.bytes, lines: file.lines },
    });
  }
}

function added(before: Copied, more: Epoch['counts']): Copied {
  return {
    ...before,
    read: before.read + more.read,
    applied: before.applied + more.applied,
    refused: before.refused + more.refused,
    unknown: before.unknown + more.unknown,
    skipped: before.skipped + more.skipped,
    merged: before.merged + more.merged,
  };
}
