import 'server-only';
import { setMaxListeners } from 'node:events';
import { type Answer, ask, type StatementRequest } from '@/lib/cassandra/client/answer';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { hasNoConnection } from '@/lib/cassandra/client/once-connected';
import type { BudgetReader } from '@/lib/cassandra/read/budget';
import { currentWork } from '@/lib/cassandra/read/limited-work';
import { pageValues } from '@/lib/cassandra/read/page-values';
import { ColumnMemory, readPage } from '@/lib/cassandra/read/pages';
import { appliedOf } from '@/lib/cassandra/write/applied';
import { columnsOf, ONCE } from '@/lib/cassandra/write/writes';
import { mayBeConditional } from '@/lib/contract/applied';
import { EACH_CONCURRENCY, EACH_KEPT_ROWS } from '@/lib/contract/limits';
import type { EachFault, EachLine, EachOutcome, EachProgress, EachResult } from '@/lib/contract/parameters';
import { formatCqlType } from '@/lib/cql/type-text';
import { Adapting, SLOW_DOWN } from './adapting';
import { faultOutcome } from './outcome';
import type { EachPlan } from './plan';
import { EndRate, Latencies } from './tally';

type Client = Awaited<ReturnType<Cluster['client']>>;

/** Adapting never goes higher: beyond this a cluster that answers slowly has only longer queues. */
const MOST_ADAPTED = 64;
/** Nothing more is sent while this many outcomes wait to be taken. */
const MOST_WAITING = 2_000;
const LINE_EVERY_MS = 250;
/** Bytes of results that are sent to the page. */
const KEPT_BYTES = 1024 * 1024;
/**
 * Runs a prepared statement for each row of a list, several at a time. A write is sent once and never again, however it
 * fails. After `stop()` nothing more is sent; what is in flight is awaited and counted.
 */
export class EachRun {
  readonly #each: EachPlan;
  readonly #pace = new Adapting(Math.min(EACH_CONCURRENCY, MOST_ADAPTED), performance.now());
  readonly #reader: BudgetReader;
  readonly #columns = new ColumnMemory();
  readonly #latencies = new Latencies();
  readonly #rate = new EndRate();
  readonly #startedAt = performance.now();
  readonly #counts = { done: 0, notApplied: 0, refused: 0, unknown: 0, returned: 0 };
  #next = 0;
  #inFlight = 0;
  #outcome: EachOutcome = 'complete';
  #faults: EachFault[] = [];
  #results: EachResult[] = [];
  #keeps = { rows: EACH_KEPT_ROWS, bytes: KEPT_BYTES };
  #saidColumns = false;
  #largest: number | null = null;
  #wake: () => void = () => undefined;

  constructor(each: EachPlan) {
    this.#each = each;
    this.#reader = each.plan.cluster.reads.reader();
  }

  /** Nothing more is sent. */
  stop(): void {
    this.#end('stopped');
  }

  /** The run, as lines: it goes on while somebody takes them. Leaving the loop stops it. */
  async *lines(client: Client, signal: AbortSignal): AsyncGenerator<EachLine, void, undefined> {
    // Each request that waits listens.
    setMaxListeners(0, signal);
    this.#rate.add(0, this.#startedAt);
    try {
      this.#fill(client, signal);
      while (this.#inFlight > 0) {
        await this.#somethingOrTime();
        yield* this.#taken();
        this.#fill(client, signal);
        yield { progress: this.#progress() };
      }
      yield* this.#taken();
      yield { end: { outcome: this.#outcome, progress: this.#progress() } };
    } finally {
      this.#end('stopped');
    }
  }

  #end(outcome: EachOutcome): void {
    if (this.#outcome === 'complete' && this.#next < this.#each.rows.length) this.#outcome = outcome;
  }

  /** Reads of unknown size are read one at a time. */
  get #atOnce(): number {
    if (!this.#each.plan.classification.isWrite && this.#largest === null) return 1;
    return this.#each.concurrency ?? this.#pace.atOnce;
  }

  #fill(client: Client, signal: AbortSignal): void {
    const { rows } = this.#each;
    if (signal.aborted) this.#end('stopped');
    while (
      this.#outcome === 'complete' &&
      this.#next < rows.length &&
      this.#inFlight < this.#atOnce &&
      this.#faults.length + this.#results.length < MOST_WAITING
    ) {
      const row = this.#next++;
      this.#inFlight++;
      // It reports its own failure, and never rejects.
      void this.#one(client, row, signal).finally(() => {
        this.#inFlight--;
        this.#fill(client, signal);
        if (this.#inFlight === 0 || this.#faults.length + this.#results.length >= MOST_WAITING) this.#wake();
      });
    }
  }

  async #one(client: Client, row: number, signal: AbortSignal): Promise<void> {
    const { encode, rows, plan, stopOnFailure } = this.#each;
    try {
      const params = encode(rows[row] ?? []);
      const answer = await this.#send(client, params, signal);
      this.#latencies.add(answer.elapsedMs);
      this.#pace.answered(performance.now());
      await this.#keep(row, answer);
      this.#counts.done++;
    } catch (error) {
      const { error: failure, cause } = toFailure(error);
      if (failure.code === 'internal_error') console.error(error);
      const isSent = failure.code !== 'invalid_request' && !hasNoConnection(cause);
      const { classification } = plan;
      const isConditional = mayBeConditional(classification);
      const outcome = faultOutcome(failure.code, { isWrite: classification.isWrite, isConditional, isSent });
      this.#counts[outcome]++;
      this.#faults.push({ row, outcome, code: failure.code, message: failure.message });
      if (SLOW_DOWN.has(failure.code)) this.#pace.backOff(performance.now());
      if (stopOnFailure) this.#end('failed');
    } finally {
      this.#rate.add(this.#ended, performance.now());
    }
  }

  /** A read waits for its turn among all reads of the cluster; one that has been sent is awaited, whoever leaves. */
  async #send(client: Client, params: readonly (Buffer | null)[], signal: AbortSignal): Promise<Answer> {
    const { plan } = this.#each;
    const { statement, consistency, serialConsistency, timeoutMs, pageRows } = plan;
    const request: StatementRequest = {
      ...{ statement, params, consistency, serialConsistency, timeoutMs, pageRows, signal },
      pagingState: null,
      trace: false,
    };
    if (plan.classification.isWrite) {
      await currentWork()?.write(plan.cluster.name, 1, signal);
      return ask(client, request, ONCE, columnsOf);
    }
    return readPage(client, { ...request, reader: this.#reader, expectedBytes: this.#largest }, this.#columns);
  }

  /** Keeps the first rows that statements return; the others are counted. */
  async #keep(row: number, answer: Answer): Promise<void> {
    if (this.#each.plan.classification.isWrite) return this.#keepCondition(row, answer);
    this.#largest = Math.max(this.#largest ?? 0, answer.frameBytes);
    this.#counts.returned += answer.rows;
    if (!this.#hasRoom) return;
    const values = await pageValues(answer);
    const kept = values.slice(0, Math.max(0, this.#keeps.rows));
    this.#keepResult(answer, { row, values: kept, more: answer.pagingState !== null || kept.length < values.length });
  }

  /** A conditional write says whether it was applied, and if not, the values that are there. */
  async #keepCondition(row: number, answer: Answer): Promise<void> {
    if ((await appliedOf(answer)) === 'applied') return;
    this.#counts.notApplied++;
    if (!this.#hasRoom) return;
    const columns = answer.columns?.map(({ name }) => name) ?? [];
    this.#keepResult(answer, { row, values: await pageValues(answer), more: false, columns });
  }

  get #hasRoom(): boolean {
    return this.#keeps.rows > 0 && this.#keeps.bytes > 0;
  }

  #keepResult({ frameBytes }: Answer, result: EachResult): void {
    this.#keeps = { rows: this.#keeps.rows - result.values.length, bytes: this.#keeps.bytes - frameBytes };
    this.#results.push(result);
  }

  *#taken(): Generator<EachLine, void> {
    const { columns } = this.#columns;
    if (columns !== null && !this.#saidColumns) {
      this.#saidColumns = true;
      yield { columns: columns.map(({ name, type }) => ({ name, type: formatCqlType(type) })) };
    }
    const [faults, results] = [this.#faults, this.#results];
    [this.#faults, this.#results] = [[], []];
    if (faults.length > 0) yield { faults };
    if (results.length > 0) yield { results };
  }

  get #ended(): number {
    const { done, refused, unknown } = this.#counts;
    return done + refused + unknown;
  }

  #progress(): EachProgress {
    const now = performance.now();
    return {
      ...this.#counts,
      rows: this.#each.rows.length,
      inFlight: this.#inFlight,
      concurrency: this.#atOnce,
      rowsPerSecond: this.#rate.perSecond(this.#ended, now),
      latencyMs: this.#latencies.summary(),
      elapsedMs: now - this.#startedAt,
    };
  }

  /** Until all rows in flight have ended, outcomes pile up, or it is time for a line. */
  #somethingOrTime(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LINE_EVERY_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
