import 'server-only';
import { setMaxListeners } from 'node:events';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { hasNoConnection, isBusy } from '@/lib/cassandra/client/once-connected';
import { explainedShortage } from '@/lib/cassandra/client/unavailable';
import { currentWork } from '@/lib/cassandra/read/limited-work';
import { RowSender, type RowStatement } from '@/lib/cassandra/write/send-rows';
import type { Consistency } from '@/lib/contract/common';
import { EACH_CONCURRENCY } from '@/lib/contract/limits';
import type { MutatedTable } from '@/lib/cql/mutation/nodes';
import { Adapting, SLOW_DOWN } from '@/lib/each/adapting';
import { Pace } from '@/lib/each/pace';
import { Failure } from '@/lib/failure';
import { afterFailure, isLost } from './after-failure';
import { bytesOf, RowInsert } from './insert';
import { refusalOfAll } from './refused-all';
import { type Group, groupRows, joinGroups, type RowEnd, type RowPart, type WriteRow } from './rows';

type Client = Awaited<ReturnType<Cluster['client']>>;

/** Of one request: far below what a node refuses as a batch (50 KiB), and few enough rows to try each alone. */
const GROUP = { rows: 32, bytes: 32 * 1024 } as const;
/**
 * Of a request with several partitions: what a node takes without a warning (`batch_size_warn_threshold`, 5 KiB, and
 * `unlogged_batch_across_partitions_warn_threshold`, 10, in `org.apache.cassandra.cql3.statements.BatchStatement`).
 */
const JOINED = { partitions: 10, bytes: 4 * 1024 } as const;
/** What the server counts for each cell beside its value, above what the request has (`AbstractCell.dataSize`). */
const CELL_BYTES = 20;
/** The node's own limit is lower than usual. */
const TOO_LARGE = /\bBatch too large\b/;
/**
 * Bytes of rows that are in flight, or wait for it, before `add` waits. It also waits while there is a request to follow each
 * in flight: rows that are held for longer cost the collector of garbage more than the sending.
 */
const HELD_BYTES = 8 * 1024 * 1024;
/** Requests that were sent and are still in the queue: it is shortened by so many at once, and holds their rows until then. */
const MOST_SENT = 32;
/** A cluster that was busy may be free later. */
const GROW_AGAIN_MS = 2_000;

export interface Writing<Tag> {
  readonly table: MutatedTable;
  /** The columns that rows have values for, in their order; the key's are among them. */
  readonly columns: readonly string[];
  readonly consistency: Consistency;
  readonly timeoutMs: number;
  /** Null: as fast as the cluster takes them. */
  readonly rowsPerSecond: number | null;
  /**
   * The write time of a row's next attempt, where its lists could otherwise have their elements twice; null: there is no
   * newer one that may be used, and the row ends as unknown.
   */
  readonly newer: (part: RowPart, attempt: number) => bigint | null;
  /** How rows ended, in no order; called at once when they have. */
  readonly ended: (ends: readonly RowEnd<Tag>[]) => void;
  /** Once aborted nothing more is sent, and what was not sent has no end. */
  readonly signal: AbortSignal;
}

interface Sending<Tag> extends Group<WriteRow<Tag>> {
  readonly attempt: number;
  /** When it failed first; null: it has not. */
  readonly failedAtMs: number | null;
}

/**
 * The one writer of many rows. Rows of a partition go together, and partitions that the same nodes have; as many requests
 * are in flight as make the whole faster. A request that failed is sent again with the timestamps that its rows have, so
 * nothing is written twice. Where the cluster takes nothing any more the writer stops.
 */
export class RowWriter<Tag> {
  readonly insert: RowInsert;
  readonly #cluster: Cluster;
  readonly #sender: RowSender;
  readonly #writing: Writing<Tag>;
  readonly #pace = new Adapting(EACH_CONCURRENCY, performance.now(), GROW_AGAIN_MS);
  readonly #rate: Pace;
  readonly #waiting: Sending<Tag>[] = [];
  /** Whose limits it keeps besides its own rate. */
  readonly #work = currentWork();
  readonly #isLimited: boolean;
  /** Requests may have several partitions. Where a rate is kept, small ones keep it better. */
  #joins: boolean;
  #first = 0;
  #inFlight = 0;
  #held = { rows: 0, bytes: 0 };
  #appliedAtMs = 0;
  #failure: unknown = null;
  #timer: NodeJS.Timeout | null = null;
  #waiters: { readonly isSo: () => boolean; readonly wake: () => void }[] = [];

  private constructor(cluster: Cluster, client: Client, writing: Writing<Tag>) {
    this.#cluster = cluster;
    this.#sender = new RowSender(client, { ...writing, keyspace: writing.table.keyspace });
    this.#writing = writing;
    this.insert = new RowInsert(writing.table, writing.columns);
    this.#rate = new Pace(writing.rowsPerSecond, performance.now());
    this.#isLimited = this.#work?.writing(cluster.name).rowsPerSecond !== undefined;
    this.#joins = writing.rowsPerSecond === null && !this.#isLimited;
    // Every request that waits to be sent again listens.
    setMaxListeners(0, writing.signal);
  }

  /** @throws Failure `invalid_request` as {@link RowInsert}, `cluster_unreachable` */
  static async open<Tag>(cluster: Cluster, writing: Writing<Tag>): Promise<RowWriter<Tag>> {
    return new RowWriter(cluster, await cluster.client(), writing);
  }

  /** Requests in flight. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Takes rows, and resolves when it takes more. Rows of one partition that come in one call go together.
   * @throws what stopped the writer; the signal's reason
   */
  async add(rows: readonly WriteRow<Tag>[]): Promise<void> {
    const grouped = rows.map((row) => ({ row, key: this.insert.keyOf(row), bytes: bytesOfRow(row) }));
    const groups = groupRows(grouped, GROUP);
    for (const group of this.#joins ? this.#joined(groups) : groups) {
      this.#held.rows += group.rows.length;
      this.#held.bytes += group.bytes;
      this.#waiting.push({ ...group, attempt: 0, failedAtMs: null });
    }
    this.#fill();
    await this.until(() => this.#held.bytes < HELD_BYTES && this.#waiting.length - this.#first <= this.#pace.atOnce);
  }

  #joined(groups: readonly Group<WriteRow<Tag>>[]): Group<WriteRow<Tag>>[] {
    const [cluster, insert] = [this.#cluster, this.insert];
    const { table, columns } = this.#writing;
    const isPlain = (row: WriteRow<Tag>) => row.more === undefined && !insert.hasCollections(row);
    return joinGroups(groups, JOINED, {
      placeOf: ({ rows, key }) => (rows.every(isPlain) ? cluster.routing.placeOf(table.keyspace, key) : null),
      bytesOf: ({ rows, bytes }) => bytes + rows.length * columns.length * CELL_BYTES,
    });
  }

  /**
   * Until all rows have ended, or the writer has stopped and nothing is in flight.
   * @throws what stopped it; the signal's reason
   */
  async end(): Promise<void> {
    await this.until(() => this.#held.rows === 0).finally(() => this.#landed());
  }

  /** Waits for what is in flight. */
  async #landed(): Promise<void> {
    if (this.#inFlight > 0) await this.#event(() => this.#inFlight === 0);
  }

  /**
   * Until something is so that a row's end may make so.
   * @throws what stopped the writer; the signal's reason
   */
  async until(isSo: () => boolean): Promise<void> {
    const { signal } = this.#writing;
    const onAbort = () => this.#signal();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const isDone = () => isSo() || this.#isOver;
      if (!isDone()) await this.#event(isDone);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    signal.throwIfAborted();
    if (this.#failure !== null) throw this.#failure;
  }

  #event(isSo: () => boolean): Promise<void> {
    return new Promise((wake) => this.#waiters.push({ isSo, wake }));
  }

  /** Something may have become so. */
  #signal(): void {
    const waiters = this.#waiters;
    this.#waiters = waiters.filter(({ isSo, wake }) => {
      if (!isSo()) return true;
      wake();
      return false;
    });
  }

  get #isOver(): boolean {
    return this.#failure !== null || this.#writing.signal.aborted;
  }

  #fill(): void {
    while (!this.#isOver && this.#inFlight < this.#pace.atOnce) {
      const next = this.#waiting[this.#first];
      if (next === undefined) break;
      const waitMs = this.#rate.waitMs(performance.now());
      if (waitMs > 0) {
        this.#fillIn(waitMs);
        return;
      }
      this.#rate.spent(next.rows.length, performance.now());
      this.#first++;
      this.#launch(next);
    }
    if (this.#first < MOST_SENT && this.#first < this.#waiting.length) return;
    this.#waiting.splice(0, this.#first);
    this.#first = 0;
  }

  #fillIn(waitMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#fill();
    }, waitMs);
  }

  #launch(sending: Sending<Tag>): void {
    this.#inFlight++;
    // It reports its own failure, and never rejects.
    void this.#send(sending).then(() => {
      this.#inFlight--;
      this.#fill();
      this.#signal();
    });
  }

  async #send(first: Sending<Tag>): Promise<void> {
    for (let sending: Sending<Tag> | null = first; sending !== null && !this.#isOver; ) {
      if (this.#isLimited && !(await this.#mayWrite(sending))) return;
      try {
        await this.#sender.send(this.#statements(sending), sending.key);
        this.#applied(sending);
        return;
      } catch (error) {
        sending = await this.#failed(sending, error);
      }
    }
  }

  /** Waits for the rate that all jobs of its person share; false: it is over meanwhile, and nothing was sent. */
  async #mayWrite({ rows }: Sending<Tag>): Promise<boolean> {
    const { signal } = this.#writing;
    await this.#work?.write(this.#cluster.name, rows.length, signal).catch(() => undefined);
    return !this.#isOver;
  }

  #statements({ rows }: Sending<Tag>): RowStatement[] {
    const statements: RowStatement[] = [];
    for (const row of rows) {
      statements.push(this.insert.statementOf(row));
      for (const part of row.more ?? []) statements.push(this.insert.statementOf(part));
    }
    return statements;
  }

  #applied(sending: Sending<Tag>): void {
    this.#appliedAtMs = performance.now();
    this.#pace.answered(this.#appliedAtMs);
    this.#ended(
      sending,
      sending.rows.map(({ tag }) => ({ tag, outcome: 'applied', reason: null })),
    );
  }

  /** @returns what is to be sent again now; null: it has ended, or waits as rows alone */
  async #failed(sending: Sending<Tag>, error: unknown): Promise<Sending<Tag> | null> {
    const { rows, attempt } = sending;
    const { error: failure, cause } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    const refusal = refusalOfAll(failure);
    if (refusal !== null) {
      await this.#stop(new Failure(refusal, { cause }));
      return null;
    }
    if (SLOW_DOWN.has(failure.code)) this.#pace.backOff(performance.now());
    const isSent = !hasNoConnection(cause) && !isBusy(cause);
    const next = afterFailure({ ...failure, isSent, rows: rows.length, attempt });
    const failedAtMs = sending.failedAtMs ?? performance.now();
    if (next.do === 'again') {
      const again = next.mayBeWritten ? this.#renewed(sending, error) : sending;
      if (again !== null) await this.#pause(next.waitMs);
      return again === null ? null : { ...again, attempt: attempt + 1, failedAtMs };
    }
    if (next.do === 'alone') {
      if (TOO_LARGE.test(failure.detail ?? '')) this.#joins = false;
      for (const row of rows) {
        const alone = { rows: [row], key: this.insert.keyOf(row), bytes: bytesOfRow(row), partitions: 1 };
        this.#waiting.push({ ...alone, attempt: 0, failedAtMs });
      }
      return null;
    }
    if (next.do === 'stop' || (isLost(failure.code) && this.#appliedAtMs < failedAtMs)) await this.#stop(error);
    else this.#fail(sending, next.outcome, failure);
    return null;
  }

  /** With newer timestamps where rows need them; those that cannot have one end here. Null: no row is left. */
  #renewed(sending: Sending<Tag>, error: unknown): Sending<Tag> | null {
    const [left, lost]: [WriteRow<Tag>[], WriteRow<Tag>[]] = [[], []];
    for (const row of sending.rows) {
      const next = this.#renewedRow(row, sending.attempt + 1);
      if (next === null) lost.push(row);
      else left.push(next);
    }
    if (lost.length === 0) return { ...sending, rows: left };
    const bytes = lost.reduce((sum, row) => sum + bytesOfRow(row), 0);
    this.#fail({ ...sending, rows: lost, bytes }, 'unknown', toFailure(error).error);
    return left.length === 0 ? null : { ...sending, rows: left, bytes: sending.bytes - bytes };
  }

  #renewedRow(row: WriteRow<Tag>, attempt: number): WriteRow<Tag> | null {
    const parts = [row, ...(row.more ?? [])];
    if (!parts.some((part) => this.insert.addsElements(part))) return row;
    const renewed = parts.map((part) => {
      if (!this.insert.addsElements(part)) return part;
      const timestampMicros = this.#writing.newer(part, attempt);
      return timestampMicros === null ? null : { ...part, timestampMicros };
    });
    if (renewed.includes(null)) return null;
    const [own, ...more] = renewed.filter((part) => part !== null);
    return own === undefined ? null : { ...row, ...own, more };
  }

  #fail(sending: Sending<Tag>, outcome: 'refused' | 'unknown', { code, message }: Failure['error']): void {
    this.#ended(
      sending,
      sending.rows.map(({ tag }) => ({ tag, outcome, reason: { code, message } })),
    );
  }

  #ended({ rows, bytes }: Group<WriteRow<Tag>>, ends: readonly RowEnd<Tag>[]): void {
    this.#held.rows -= rows.length;
    this.#held.bytes -= bytes;
    this.#writing.ended(ends);
  }

  async #stop(error: unknown): Promise<void> {
    const { keyspace, table: name } = this.#writing.table;
    const asked = { cluster: this.#cluster, classification: { table: { keyspace, name }, target: null } };
    const explained = await explainedShortage(asked, error);
    this.#failure ??= explained instanceof Failure ? explained : toFailure(explained);
    this.#signal();
  }

  /** Ends at once when nothing more is sent. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#writing;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** With all its parts. */
function bytesOfRow<Tag>(row: WriteRow<Tag>): number {
  let bytes = bytesOf(row);
  for (const part of row.more ?? []) bytes += bytesOf(part);
  return bytes;
}
