import 'server-only';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { ask, UNPAGED } from '@/lib/cassandra/client/answer';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { hasNoConnection, isBusy } from '@/lib/cassandra/client/once-connected';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { appliedOf } from '@/lib/cassandra/write/applied';
import { columnsOf, ONCE } from '@/lib/cassandra/write/writes';
import type { Applied } from '@/lib/contract/applied';
import { type Consistency, DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { HistoryEntry } from '@/lib/contract/history';
import type { MutationEnd, MutationLine, RowChange, RowRead, StatementOutcome } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import { isCounterTable } from '@/lib/cql/mutation/checks';
import { Adapting, SLOW_DOWN } from '@/lib/each/adapting';
import { hasChanged } from '@/lib/edit/compare';
import { inverseOf } from '@/lib/edit/inverse';
import { APPLIED, type Fault, failed, notApplied, readLevel } from '@/lib/edit/outcome';
import type { EditStatement } from '@/lib/edit/plan';
import { EditError } from '@/lib/edit/table';
import { Failure } from '@/lib/failure';
import type { PersonRights } from '@/lib/rights/rules';
import { inTurn } from './in-turn';
import { isScope, lookAt } from './look';
import type { Planned } from './planned';
import type { Ran } from './ran';
import { type Client, changedTable, checkWritable } from './table';

/** Partitions that are written at a time, at most; the statements of one go in their order. */
const PARTITIONS_AT_ONCE = 16;
/** Rows that are read at a time for one statement. */
const READS_AT_ONCE = 16;

export interface Running {
  readonly principal: Principal;
  /** What columns are masked by, as the plan was made; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  /** Once aborted nothing more is sent; what is in flight is awaited and kept. */
  readonly signal: AbortSignal;
  /** Receives an entry for each statement that was sent. @returns when it is written */
  readonly keep: (entry: HistoryEntry) => Promise<void>;
  /** Where it is kept for who looks again; its own signal stops the sending too. */
  readonly ran?: Ran;
  /** How many partitions are written at a time; default: its own, of 16 at most. */
  readonly pace?: Adapting;
}

/**
 * Runs a plan: each statement once, exactly as it was shown, whatever becomes of it.
 * @throws Failure `read_only`, `schema_changed` before anything is sent
 */
export async function openMutations(
  cluster: Cluster,
  planned: Planned,
  running: Running,
): Promise<AsyncGenerator<MutationLine, void>> {
  checkWritable(cluster);
  const client = await cluster.client();
  const { version } = await changedTable(cluster, client, planned.table, running.rights);
  if (version !== planned.table.version) {
    throw new Failure({
      code: 'schema_changed',
      message: `Nothing was run: ${planned.table.keyspace}.${planned.table.table} has changed since the review.`,
      hint: 'Review the changes again.',
      retryable: false,
    });
  }
  return new MutationRun(cluster, client, planned, running).lines();
}

class MutationRun {
  readonly #planned: Planned;
  readonly #running: Running;
  readonly #client: Client;
  readonly #rows: EditRows;
  readonly #timeoutMs: number;
  readonly #outcomes: (StatementOutcome | undefined)[] = [];
  readonly #ready: StatementOutcome[] = [];
  readonly #hold: () => () => void;
  readonly #pace: Adapting;
  /** Never aborted: what has been sent is awaited, and read again, whoever leaves. */
  readonly #never = new AbortController().signal;
  #wake: () => void = () => undefined;

  constructor(cluster: Cluster, client: Client, planned: Planned, running: Running) {
    this.#planned = planned;
    this.#running = running;
    this.#client = client;
    this.#timeoutMs = planned.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#rows = new EditRows(cluster, client, planned.table, this.#timeoutMs);
    this.#hold = () => cluster.hold(client);
    this.#pace = running.pace ?? new Adapting(PARTITIONS_AT_ONCE, performance.now());
    // Every row that is read at a time listens.
    setMaxListeners(0, this.#never);
  }

  async *lines(): AsyncGenerator<MutationLine, void> {
    const [startedAt, release] = [performance.now(), this.#hold()];
    const { ran } = this.#running;
    const state: { isOver: boolean; error: unknown; end?: MutationEnd } = { isOver: false, error: undefined };
    // It ends also when nobody takes lines any more: what is in flight is kept in the history.
    this.#all()
      .then(() => {
        state.end = { elapsedMs: performance.now() - startedAt, ...this.#undo() };
        if (ran !== undefined) ran.end = state.end;
      })
      .catch((error: unknown) => {
        state.error = error;
      })
      .finally(() => {
        state.isOver = true;
        release();
        this.#wake();
      });
    while (!state.isOver || this.#ready.length > 0) {
      const outcome = this.#ready.shift();
      if (outcome !== undefined) yield { outcome };
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (state.error !== undefined) throw state.error;
    if (state.end !== undefined) yield { end: state.end };
  }

  async #all(): Promise<void> {
    const writing = new Set<Promise<void>>();
    for (const chain of this.#chains()) {
      while (writing.size >= this.#pace.atOnce) await Promise.race(writing);
      const one = this.#chain(chain).finally(() => writing.delete(one));
      writing.add(one);
    }
    await Promise.all(writing);
  }

  async #chain(chain: readonly number[]): Promise<void> {
    for (const index of chain) await this.#one(index);
  }

  /** Statements that are sent in their order: those of one partition, and one after the one that it waits for. */
  #chains(): number[][] {
    const chains = new Map<string, number[]>();
    const chainOf: number[][] = [];
    for (const [index, { partition, after }] of this.#planned.plan.statements.entries()) {
      const chain = (after === null ? chains.get(partition) : chainOf[after]) ?? [];
      chain.push(index);
      chainOf[index] = chain;
      if (!chains.has(partition)) chains.set(partition, chain);
    }
    return [...new Set(chainOf)];
  }

  async #one(index: number): Promise<void> {
    const statement = this.#planned.plan.statements[index];
    if (statement === undefined) return;
    const startedAt = performance.now();
    const ended = await this.#ended(statement);
    const outcome: StatementOutcome = { ...ended, statement: index, elapsedMs: performance.now() - startedAt };
    this.#adapt(outcome);
    this.#outcomes[index] = outcome;
    this.#running.ran?.outcomes.set(index, outcome);
    if (outcome.outcome !== 'not_sent') await this.#running.keep(this.#entryOf(statement, outcome));
    this.#ready.push(outcome);
    this.#wake();
  }

  #adapt({ error }: StatementOutcome): void {
    if (error !== undefined && SLOW_DOWN.has(error.code)) this.#pace.backOff(performance.now());
    else this.#pace.answered(performance.now());
  }

  async #ended(statement: EditStatement): Promise<Omit<StatementOutcome, 'statement' | 'elapsedMs'>> {
    const { signal, ran } = this.#running;
    if (signal.aborted || ran?.stop.signal.aborted) return notSent('Not sent: it was stopped before.');
    const { after } = statement;
    if (after !== null && this.#outcomes[after]?.outcome !== 'applied') {
      return notSent('Not sent: the statement before it was not applied.');
    }
    try {
      const stopped = await this.#lookFirst(statement);
      if (stopped !== null) return stopped;
    } catch (thrown) {
      const { error } = toFailure(thrown);
      return { ...notSent(`Not sent: the row could not be read first. ${error.message}`), error };
    }
    return this.#sent(statement);
  }

  /** A plain statement is sent only while the rows are as they were when the plan was made. */
  async #lookFirst(statement: EditStatement) {
    if (statement.timestampMicros === null) return null;
    const { table, changes, options } = this.#planned;
    const level = readLevel(options.consistency);
    const different = await inTurn(statement.changes, READS_AT_ONCE, async (index) => {
      const read = changes[index];
      if (read === undefined || isScope(read.change)) return [];
      const row = await this.#read(read.change.key, level);
      const target =
        read.change.kind === 'move' && statement.after === null ? await this.#read(read.change.to, level) : null;
      if (target === null && !hasChanged(table, read.change, read.row, row)) return [];
      return [{ change: index, row, ...(target === null ? {} : { target }) }];
    });
    const rows = different.flat();
    if (rows.length > 0) {
      const isTaken = rows.some(({ target }) => target !== undefined);
      const why = isTaken ? 'there is a row with the new key now' : 'the row has changed since it was read';
      const message = `Not sent: ${why}. Look at it, and review the change again.`;
      return { ...notSent(message), rows };
    }
    return null;
  }

  async #sent(statement: EditStatement): Promise<Omit<StatementOutcome, 'statement' | 'elapsedMs'>> {
    const { options, table } = this.#planned;
    try {
      const answer = await ask(
        this.#client,
        {
          ...{ statement: statement.cql, params: null, consistency: options.consistency, timeoutMs: this.#timeoutMs },
          ...(statement.isConditional ? { serialConsistency: options.serialConsistency } : {}),
          ...{ pageRows: UNPAGED, pagingState: null, trace: false, signal: this.#never },
        },
        ONCE,
        columnsOf,
      );
      const applied = await appliedOf(answer);
      if (applied === 'applied') return APPLIED;
      const rows = await this.#now(statement);
      return { ...notApplied(rows.some(({ target }) => target !== undefined)), rows };
    } catch (error) {
      const isCounter = isCounterTable(table);
      const ending = failed(faultOf(error), { ...statement, isCounter, isLogged: statement.partition === '' });
      return ending.outcome === 'unknown'
        ? { ...ending, look: await lookAt(this.#rows, this.#planned, statement, this.#never) }
        : ending;
    }
  }

  /** The rows as they are: what a conditional write returns lacks static columns, and rows of a batch. */
  async #now(statement: EditStatement): Promise<NonNullable<StatementOutcome['rows']>> {
    const { changes, options } = this.#planned;
    const read = statement.changes.map(async (index) => {
      const change = changes[index]?.change;
      const row = await this.#read(change?.key ?? {}, options.serialConsistency);
      // A move fails for the row that is there as well as for the one that is not.
      const arrives = change?.kind === 'move' && statement.after === null;
      const target = arrives ? await this.#read(change.to, options.serialConsistency) : null;
      return { change: index, row, ...(target === null ? {} : { target }) };
    });
    const settled = await Promise.allSettled(read);
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  #read(key: RowChange['key'], level: Consistency): Promise<RowRead | null> {
    return this.#rows.read(key, level, this.#never);
  }

  #entryOf(statement: EditStatement, { outcome, elapsedMs, error }: StatementOutcome): HistoryEntry {
    const { table, options } = this.#planned;
    const applied: Applied = outcome === 'applied' || outcome === 'unknown' ? outcome : 'not_applied';
    return {
      ...{ id: randomUUID(), at: new Date(Date.now() - elapsedMs).toISOString(), who: this.#running.principal.id },
      ...{ statement: statement.cql, isRedacted: false, keyspace: table.keyspace, consistency: options.consistency },
      ...{ isWrite: true, cost: 'write', rows: 0, elapsedMs, applied },
      outcome: error !== undefined ? 'failed' : statement.isConditional ? 'complete' : 'done',
      ...(error === undefined ? {} : { message: error.message }),
    };
  }

  /** The inverse of what was applied, the last change first. */
  #undo(): Pick<MutationEnd, 'undo' | 'notUndone'> {
    const { table, changes, plan, options } = this.#planned;
    const undo: RowChange[] = [];
    const notUndone: { change: number; message: string }[] = [];
    for (const [index, { change, row }] of [...changes.entries()].reverse()) {
      const ends = plan.statements.flatMap((one, at) =>
        one.changes.includes(index) ? [this.#outcomes[at]?.outcome] : [],
      );
      if (!ends.some((one) => one === 'applied' || one === 'unknown')) continue;
      try {
        if (ends.includes('unknown')) throw new EditError('Its outcome is unknown: look at the row first.');
        if (!ends.every((one) => one === 'applied'))
          throw new EditError('Only a part of it was applied: the row stands twice. Delete one of them.');
        undo.push(inverseOf(table, change, row, options.ttl));
      } catch (error) {
        if (!(error instanceof EditError)) throw error;
        notUndone.push({ change: index, message: error.message });
      }
    }
    return { undo, notUndone };
  }
}

function notSent(message: string) {
  return { outcome: 'not_sent' as const, message, mayResend: true };
}

function faultOf(thrown: unknown): Fault {
  const { error, cause } = toFailure(thrown);
  if (error.code === 'internal_error') console.error(thrown);
  const writeType =
    typeof cause === 'object' && cause !== null && 'writeType' in cause ? String(cause.writeType) : null;
  return { error, writeType, isSent: !hasNoConnection(cause) && !isBusy(cause) };
}
