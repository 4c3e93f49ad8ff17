import 'server-only';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import type { JobPart } from '@/lib/contract/jobs';
import type { Compared } from '@/lib/contract/move-counts';
import type { Principal } from '@/lib/contract/principal';
import { type RangeFailure, RING_PARTS, type ScanProgress } from '@/lib/contract/scans';
import { LinesFile, sha256Of } from '@/lib/jobs/lines-file';
import type { PersonRights } from '@/lib/rights/rules';
import { begin } from '@/lib/scan/checkpoint';
import { missingRanges } from '@/lib/scan/failures';
import { ScanMeter } from '@/lib/scan/plan/meter';
import type { ScanPiece } from '@/lib/scan/plan/pieces';
import { doneShare, type PieceProgress, ringLetters } from '@/lib/scan/plan/progress';
import { cutRing, type RingCut } from '@/lib/scan/source';
import { TokenBucket } from '@/lib/token-bucket';
import { type Planned, planCompare, type Sides } from './plan';
import { compareRange, type RangeResult } from './range';
import type { CompareState, CompareWork } from './request';
import { DIFFERENCES_FILE, NOTHING } from './state';

/** After so many ranges could not be read the cluster is left alone. */
const MOST_FAILED_RANGES = 8;
/** Longer than a node needs to notice that another is gone. */
const SILENT_MS = 30_000;

export interface Comparing {
  readonly clusters: Sides<Cluster>;
  readonly request: CompareWork;
  readonly directory: string;
  readonly principal: Principal;
  readonly rights: PersonRights | null;
  readonly signal: AbortSignal;
  /** Keeps a checkpoint. */
  readonly save: (state: CompareState) => Promise<void>;
}

interface Opened {
  readonly planned: Planned;
  readonly cuts: Sides<RingCut>;
  readonly file: LinesFile;
}

type RangeState = 'waiting' | 'running' | 'failed' | 'done';

/** Compares two tables range by range, several at a time. A range counts once it is compared to its end. */
export class CompareRun {
  readonly #comparing: Comparing;
  readonly #opened: Opened;
  readonly #states: RangeState[];
  readonly #failures: RangeFailure[] = [];
  readonly #meter: ScanMeter;
  readonly #bucket: TokenBucket | null;
  readonly #stop = new AbortController();
  #state: CompareState;
  /** When the last page came. */
  #heardAtMs = performance.now();
  #settling: Promise<void> = Promise.resolve();

  private constructor(comparing: Comparing, opened: Opened, state: CompareState) {
    this.#comparing = comparing;
    this.#opened = opened;
    this.#state = state;
    this.#states = state.ranges.map(([, , isDone]) => (isDone ? 'done' : 'waiting'));
    const { sourceRows, targetRows } = state.counts;
    this.#meter = new ScanMeter({ rows: sourceRows + targetRows, pages: 0, frameBytes: 0 });
    const { rowsPerSecond } = comparing.request;
    this.#bucket = rowsPerSecond === undefined ? null : new TokenBucket(rowsPerSecond, performance.now());
  }

  /**
   * Plans the reads, cuts the ring by the source's nodes, and opens the file.
   * @throws Failure when the tables cannot be compared; `table_truncated` when one was truncated since the checkpoint
   */
  static async open(comparing: Comparing, before: CompareState): Promise<CompareRun> {
    const planned = await planCompare(comparing.clusters, comparing.request, comparing.rights);
    const { source, target } = planned.reads;
    const known = before.ranges.map(([from, to]) => ({ from: BigInt(from), to: BigInt(to) }));
    const workers = comparing.request.rangesAtOnce;
    const { truncations } = before;
    const ranges = known.length > 0 ? known : null;
    const ours = await cutRing(source, { workers, ranges, truncations: truncations.source });
    const theirs = await cutRing(target, { workers, ranges: ours.pieces, truncations: truncations.target });
    const state: CompareState = {
      ...before,
      ranges: ours.pieces.map(({ from, to }, at) => [String(from), String(to), before.ranges[at]?.[2] ?? false]),
      truncations: { source: ours.watch.truncations, target: theirs.watch.truncations },
    };
    const { bytes, lines } = state.file;
    const file = await LinesFile.open(join(comparing.directory, DIFFERENCES_FILE), bytes, lines);
    return new CompareRun(comparing, { planned, cuts: { source: ours, target: theirs }, file }, state);
  }

  get counts(): Compared {
    return this.#state.counts;
  }

  /** Columns that are not compared because they are masked. */
  get masked(): readonly string[] {
    return this.#opened.planned.masked;
  }

  /** The file of differences as it is now. */
  async hashedFile(): Promise<JobPart> {
    const { path, bytes, lines } = this.#opened.file;
    return { name: DIFFERENCES_FILE, rows: lines, bytes, sha256: await sha256Of(path) };
  }

  /** The file of differences, still growing. */
  file(): JobPart {
    const { bytes, lines } = this.#state.file;
    return { name: DIFFERENCES_FILE, rows: lines, bytes, sha256: null };
  }

  /**
   * Compares all ranges that are left. When the signal is aborted, those that are done are kept.
   * @throws Failure `ranges_failed` after all the others, `schema_changed`, `table_truncated`
   */
  async run(): Promise<void> {
    const { request, signal, save } = this.#comparing;
    await save(this.#state);
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    setMaxListeners(0, stop);
    const readers = { source: this.#reader('source'), target: this.#reader('target') };
    const workers = Array.from({ length: request.rangesAtOnce }, () => this.#work(readers, stop));
    try {
      await Promise.race([Promise.all(workers), this.#listen(stop)]);
    } catch (error) {
      signal.throwIfAborted();
      await this.#checkTables(true);
      throw error;
    } finally {
      this.#stop.abort(new Error('another range has failed'));
      await Promise.allSettled(workers);
      await this.#settling.catch(() => undefined);
    }
    await this.#checkTables(this.#failures.length > 0);
    if (this.#failures.length > 0) throw missingRanges(this.#failures);
  }

  /**
   * A range is read in ever smaller parts around what cannot be read, for minutes: where no page comes any more, each side
   * is asked whether it answers at all.
   * @throws Failure when one does not
   */
  async #listen(signal: AbortSignal): Promise<void> {
    const { source, target } = this.#comparing.clusters;
    for (;;) {
      await sleep(SILENT_MS, undefined, { signal });
      if (performance.now() - this.#heardAtMs < SILENT_MS) continue;
      for (const cluster of [source, target]) await readSystem(await cluster.client(), 'SELECT key FROM system.local');
    }
  }

  /**
   * A table that was dropped says more than the ranges that are missing for it, or than what a node failed with while it
   * dropped it; one that cannot be asked says less.
   * @param hasFailed there is a failure to report already
   * @throws Failure `schema_changed`, `table_truncated`
   */
  async #checkTables(hasFailed: boolean): Promise<void> {
    const { source, target } = this.#opened.cuts;
    await Promise.all([source.watch.check(), target.watch.check()]).catch((error: unknown) => {
      if (!hasFailed || !toFailure(error).error.retryable) throw error;
    });
  }

  close(): Promise<void> {
    return this.#opened.file.close();
  }

  #reader(side: 'source' | 'target') {
    return this.#comparing.clusters[side].reads.reader();
  }

  async #work(readers: Sides<ReturnType<Cluster['reads']['reader']>>, signal: AbortSignal): Promise<void> {
    const { planned, cuts } = this.#opened;
    const { principal, request } = this.#comparing;
    for (let at = this.#next(); at !== -1; at = this.#next()) {
      signal.throwIfAborted();
      const [source, target] = [cuts.source.pieces[at], cuts.target.pieces[at]];
      if (source === undefined || target === undefined) return;
      this.#states[at] = 'running';
      const { reads, layout } = planned;
      const keep = Math.max(0, request.keep - this.#state.counts.kept);
      const reading = { reads, readers, layout, principal, signal, keep, pieces: { source, target } };
      const result = await compareRange({ ...reading, read: (page) => this.#paced(page, signal) }).catch(
        (error: unknown) => this.#failed(at, source, error, signal),
      );
      if (result === null) continue;
      this.#settling = this.#settling.then(() => this.#settle(at, result));
      await this.#settling;
    }
  }

  #next(): number {
    return this.#failures.length >= MOST_FAILED_RANGES ? -1 : this.#states.indexOf('waiting');
  }

  async #paced(page: { readonly rows: number; readonly frameBytes: number }, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.#heardAtMs = now;
    this.#meter.add(page, now, () => doneShare(this.#pieces()));
    this.#bucket?.spend(page.rows, now);
    const waitMs = this.#bucket?.waitMs(now) ?? 0;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
  }

  /** Leaves the range for the next run if that may help. @throws what would fail every other range as well */
  #failed(at: number, { from, to }: ScanPiece, cause: unknown, signal: AbortSignal): null {
    if (signal.aborted) throw signal.reason;
    const failure = toFailure(cause);
    if (!failure.error.retryable) throw failure;
    this.#states[at] = 'failed';
    this.#failures.push({ from: String(from), to: String(to), error: failure.error });
    return null;
  }

  /** Adds a range that is done: its lines, its counts, and the checkpoint. One range at a time. */
  async #settle(at: number, { counts, lines }: RangeResult): Promise<void> {
    const { file } = this.#opened;
    const before = this.#state.counts;
    const some = lines.slice(0, Math.max(0, this.#comparing.request.keep - before.kept));
    await file.add(some);
    await file.sync();
    this.#states[at] = 'done';
    this.#state = {
      ...this.#state,
      ranges: this.#state.ranges.map(([from, to, isDone], index) => [from, to, isDone || index === at]),
      counts: added(before, { ...counts, kept: some.length }),
      file: { bytes: file.bytes, lines: file.lines },
    };
    await this.#comparing.save(this.#state);
  }

  /** As the job's page draws it: the rows of both sides together. */
  progress(): ScanProgress {
    const [now, pieces, meter] = [performance.now(), this.#pieces(), this.#meter];
    const share = doneShare(pieces);
    const count = (state: RangeState) => this.#states.filter((one) => one === state).length;
    return {
      rows: meter.rows,
      pages: meter.pages,
      frameBytes: meter.frameBytes,
      ringFraction: share,
      ring: ringLetters(pieces, RING_PARTS),
      ranges: {
        ...{ total: pieces.length, done: count('done'), running: count('running') },
        ...{ retried: 0, failed: count('failed') },
      },
      concurrency: count('running') * 2,
      waitsFor: null,
      estimatedRows: meter.estimatedRows(share),
      rowsPerSecond: meter.rowsPerSecond(now),
      estimatedLeftMs: meter.estimatedLeftMs(share, now),
      warnings: [],
      failures: [...this.#failures],
    };
  }

  #pieces(): PieceProgress[] {
    return this.#opened.cuts.source.pieces.map(({ from, to }, at) => {
      const state = this.#states[at] ?? 'waiting';
      return { from, to, left: state === 'done' ? [] : [{ ...begin({ from, to }), state }] };
    });
  }
}

function added(before: Compared, more: Compared): Compared {
  const sum = { ...NOTHING };
  for (const field of Object.keys(NOTHING) as (keyof Compared)[]) sum[field] = before[field] + more[field];
  return sum;
}
