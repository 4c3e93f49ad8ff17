import 'server-only';
import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { currentWork } from '@/lib/cassandra/read/limited-work';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { ApiError } from '@/lib/contract/errors';
import type { JobPart, ManyCounts } from '@/lib/contract/jobs';
import { ownValue } from '@/lib/contract/json';
import type { RowChange, RowRead, StatementOutcome } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { Adapting } from '@/lib/each/adapting';
import { Pace } from '@/lib/each/pace';
import { foundOf, hasChanged } from '@/lib/edit/compare';
import { lookLevel, lookOf, readLevel } from '@/lib/edit/outcome';
import { type EditPlan, planChanges } from '@/lib/edit/plan';
import { keyText } from '@/lib/edit/table';
import type { ReadChange } from '@/lib/edit/units';
import { Failure } from '@/lib/failure';
import { LinesFile, linesFrom, sha256Of } from '@/lib/jobs/lines-file';
import type { PartsDone } from '@/lib/jobs/work-directory';
import { inTurn } from '@/lib/mutations/in-turn';
import { newestMicros, textHarm } from '@/lib/mutations/plan';
import { openMutations } from '@/lib/mutations/run';
import { type ChangedTable, type Client, changedTable, checkWritable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import {
  counted,
  type End,
  FAILED_FILE,
  type FailedLine,
  type Intent,
  JOURNAL_FILE,
  journalLineSchema,
  type OUTCOMES,
  pathIn,
  type RowLine,
} from './journal';
import type { ManyRequest } from './request';
import { type Found, openRows, type RowSource } from './source';
import { filesOf, type ManyState, standingOf } from './state';
import { isUnchanged, noLongerMatches } from './target';

/** Rows that are read, planned and sent together: one sync of the journal serves them all. */
const CHUNK_ROWS = 128;
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Statements in flight; a cluster that answers slowly has only longer queues beyond. */
const MOST_AT_ONCE = 64;

type Outcome = (typeof OUTCOMES)[number];

export interface ManyRunning {
  readonly cluster: Cluster;
  readonly request: ManyRequest;
  readonly directory: string;
  readonly principal: Principal;
  readonly rights: PersonRights | null;
  readonly signal: AbortSignal;
  /** The rate that holds now; null: no limit. */
  readonly maxRowsPerSecond: () => number | null;
  /** Keeps a checkpoint. */
  readonly save: (state: ManyState) => Promise<void>;
}

/**
 * Changes rows one statement each, whatever becomes of them. Before a statement is sent its row's old values are in the journal
 * on disk, and no row in the journal is sent again before it has been looked at: so a job that is killed and resumed
 * writes no row twice, and loses no old value.
 */
export class ManyRun {
  readonly #running: ManyRunning;
  readonly #table: ChangedTable;
  readonly #reads: EditRows;
  readonly #pace = new Adapting(MOST_AT_ONCE, performance.now());
  readonly #rate: Pace;
  readonly #journal: LinesFile;
  readonly #failed: LinesFile;
  /** Rows that are done and may be found again, by key. */
  readonly #met: Set<string>;
  #state: ManyState;
  #source: RowSource | null = null;

  private constructor(running: ManyRunning, state: ManyState, opened: Opened) {
    this.#running = running;
    this.#state = state;
    this.#met = new Set(state.met);
    this.#table = opened.table;
    this.#journal = opened.journal;
    this.#failed = opened.failed;
    const timeoutMs = running.request.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#reads = new EditRows(running.cluster, opened.client, opened.table, timeoutMs);
    this.#rate = new Pace(running.maxRowsPerSecond(), performance.now());
  }

  /**
   * Opens its files, and settles what an earlier run had in flight when it was killed.
   * @throws Failure `read_only`, `schema_changed`, `storage_failed`
   */
  static async open(running: ManyRunning, state: ManyState): Promise<ManyRun> {
    const { cluster, request, directory } = running;
    // Every row that is read at a time listens.
    setMaxListeners(0, running.signal);
    checkWritable(cluster);
    const client = await cluster.client();
    const table = await changedTable(cluster, client, request, running.rights);
    if (table.version !== request.tableVersion) throw changedSchema(request);
    const tail = await readTail(directory, state);
    const journal = await LinesFile.open(pathIn(directory, JOURNAL_FILE), tail.bytes, tail.lines);
    const failed = await LinesFile.open(pathIn(directory, FAILED_FILE), state.failed.bytes, state.failed.lines);
    const run = new ManyRun(running, { ...state, next: tail.next }, { table, client, journal, failed });
    if (tail.lines === 0) await run.#begin();
    await run.#settle(tail);
    return run;
  }

  /** How much is done. */
  progress(): PartsDone & { readonly scan: ScanProgress | null } {
    return { ...standingOf(this.#state.counts, this.files()), scan: this.#source?.progress() ?? null };
  }

  get counts(): ManyCounts {
    return this.#state.counts;
  }

  get startedAt(): string {
    return this.#state.startedAt;
  }

  files(): JobPart[] {
    return filesOf(this.#journal, this.#failed);
  }

  /** Its files with their hashes, when it is over. */
  async hashedFiles() {
    const { directory } = this.#running;
    const hashed = this.files().map(async (file) => ({ ...file, sha256: await sha256Of(`${directory}/${file.name}`) }));
    return Promise.all(hashed);
  }

  /** To the end, from the checkpoint on. @throws the signal's reason, Failure */
  async run(): Promise<void> {
    const { cluster, request, directory, principal, rights, signal } = this.#running;
    const opening = { table: this.#table, request, directory, principal, rights, at: this.#state, signal };
    this.#source = await openRows(cluster, opening);
    for await (const found of this.#source.found) await this.#page(found);
  }

  async close(): Promise<void> {
    await Promise.all([this.#journal.close(), this.#failed.close()]);
  }

  async #begin(): Promise<void> {
    const { keyspace, table, statement } = this.#running.request;
    const { startedAt } = this.#state;
    await this.#journal.add([
      { journal: 1, cluster: this.#running.cluster.name, keyspace, table, statement, startedAt },
    ]);
    await this.#journal.sync();
  }

  async #page({ rows, scan, line }: Found): Promise<void> {
    // What is found again is not found a third time.
    let left = rows.filter(({ change }) => !this.#met.delete(keyText(this.#table, change.key)));
    while (left.length > 0) {
      left = left.slice(await this.#chunk(left));
      // Some of them were not sent then: no checkpoint may leave them out.
      this.#running.signal.throwIfAborted();
    }
    await Promise.all([this.#journal.sync(), this.#failed.sync()]);
    const lengthOf = ({ bytes, lines }: LinesFile) => ({ bytes, lines });
    const [journal, failed] = [lengthOf(this.#journal), lengthOf(this.#failed)];
    this.#state = { ...this.#state, scan, line, journal, failed, met: [...this.#met] };
    await this.#running.save(this.#state);
  }

  /** @returns how many of the rows it has dealt with */
  async #chunk(rows: readonly RowLine[]): Promise<number> {
    const { cluster, signal, request, maxRowsPerSecond } = this.#running;
    const work = currentWork();
    const limit = work?.writing(cluster.name).rowsPerSecond?.most ?? Number.POSITIVE_INFINITY;
    const rate = Math.min(maxRowsPerSecond() ?? Number.POSITIVE_INFINITY, limit);
    this.#rate.set(rate < Number.POSITIVE_INFINITY ? rate : null);
    await sleep(this.#rate.waitMs(performance.now()), undefined, { signal });
    const some = rows.slice(0, this.#rate.chunkRows(CHUNK_ROWS));
    // All jobs of its person together.
    await work?.write(cluster.name, some.length, signal);
    const reads = await this.#read(some);
    const [unread] = reads.flatMap((read) => ('failure' in read ? [read.failure] : []));
    // The cluster may recover, and then these rows are met again.
    if (unread !== undefined && reads.every((read) => 'failure' in read)) throw unread;
    const todo: ReadChange[] = [];
    for (const [at, read] of reads.entries()) {
      if ('failure' in read) {
        await this.#fail(read.change, 'refused', unreadText(read.failure), true);
        continue;
      }
      const message = rows[at]?.message ?? noLongerMatches(this.#table, read);
      if (rows[at]?.message !== undefined) await this.#fail(read.change, 'refused', message ?? '', false);
      else if (message !== null) await this.#fail(read.change, 'not_applied', message, true);
      else if (isUnchanged(this.#table, read, request.options.ttl)) this.#count('unchanged');
      else todo.push(read);
    }
    await this.#send(todo, await this.#planned(todo));
    this.#rate.spent(reads.length, performance.now());
    return reads.length;
  }

  /** Reads the first rows, as many as may be held. @throws the signal's reason */
  async #read(rows: readonly RowLine[]): Promise<(ReadChange | Unread)[]> {
    const { options } = this.#running.request;
    const { signal } = this.#running;
    const [level, begunBytes] = [readLevel(options.consistency), this.#reads.readBytes];
    const reads: (ReadChange | Unread)[] = [];
    while (reads.length < rows.length && this.#reads.readBytes - begunBytes < CHUNK_BYTES) {
      const some = rows.slice(reads.length, reads.length + this.#pace.atOnce);
      const read = async ({ change }: RowLine): Promise<ReadChange | Unread> => {
        try {
          return { change, row: await this.#reads.read(change.key, level, signal) };
        } catch (error) {
          signal.throwIfAborted();
          return { change, failure: toFailure(error) };
        }
      };
      reads.push(...(await inTurn(some, some.length, read)));
    }
    return reads;
  }

  /** The statements as lib/edit plans them for the grid; what it refuses goes to the failed rows. */
  async #planned(todo: readonly ReadChange[]): Promise<EditPlan> {
    const { options } = this.#running.request;
    const nowMs = Date.now();
    const plan = planChanges(this.#table, todo, { options, nowMs, nowMicros: newestMicros(nowMs) });
    for (const { change, message, differences } of plan.refusals) {
      await this.#failAt(todo, change, differences === undefined ? 'refused' : 'not_applied', message, true);
    }
    const fits: EditPlan['statements'][number][] = [];
    for (const statement of plan.statements) {
      const harm = textHarm(statement.cql);
      if (harm === null) fits.push(statement);
      else {
        const message = `Its statement would have ${harm}, which is too much for one.`;
        await this.#failAt(todo, statement.changes[0] ?? 0, 'refused', message, true);
      }
    }
    return { ...plan, statements: fits };
  }

  async #send(todo: readonly ReadChange[], plan: EditPlan): Promise<void> {
    if (plan.statements.length === 0) return;
    const { cluster, request, principal, rights, signal } = this.#running;
    const intents = plan.statements.map(({ changes, cql, timestampMicros }): Intent => {
      const { change, row = null } = todo[changes[0] ?? 0] ?? unplanned();
      const before = request.journal === 'none' ? {} : { before: keptOf(change, row) };
      const n = this.#state.next;
      this.#state = { ...this.#state, next: n + 1 };
      return { n, change, ...before, cql, timestampMicros };
    });
    await this.#journal.add(intents);
    await this.#journal.sync();
    const planned = {
      cluster: cluster.name,
      table: this.#table,
      options: request.options,
      plan,
      changes: todo,
      confirmName: null,
    };
    const keep = () => Promise.resolve();
    const running = { principal, rights, signal, keep, pace: this.#pace };
    const lines = await openMutations(cluster, planned, running).catch(async (error: unknown) => {
      for (const intent of intents)
        await this.#end(intent, { outcome: 'not_sent', message: 'Not sent.', mayResend: true });
      throw error;
    });
    const troubles: [Intent, StatementOutcome][] = [];
    let ended = 0;
    for await (const line of lines) {
      if (!('outcome' in line)) continue;
      const { outcome } = line;
      const intent = intents[outcome.statement] ?? unplanned();
      ended++;
      if (isTrouble(outcome)) troubles.push([intent, outcome]);
      else await this.#outcome(intent, outcome);
    }
    await this.#troubled(troubles, ended);
  }

  /** Where nothing goes through any more the job stops, and these rows are met again when it resumes. */
  async #troubled(troubles: readonly [Intent, StatementOutcome][], ended: number): Promise<void> {
    const [first] = troubles;
    if (first === undefined) return;
    const isAll = troubles.length === ended;
    for (const [intent, outcome] of troubles) {
      if (isAll) await this.#end(intent, { ...outcome, outcome: 'not_sent' });
      else await this.#outcome(intent, outcome);
    }
    if (isAll) throw new Failure(first[1].error ?? lost(first[1].message));
  }

  async #outcome(intent: Intent, ended: StatementOutcome): Promise<void> {
    const { outcome, message, mayResend, rows, look } = ended;
    if (outcome === 'not_sent') {
      // Without rows it was stopped before: the row is met again.
      const isStopped = this.#running.signal.aborted && rows === undefined;
      if (isStopped) return this.#end(intent, { outcome, message, mayResend });
      return this.#end(intent, { outcome: rows === undefined ? 'refused' : 'not_applied', message, mayResend: true });
    }
    const said = look === undefined ? message : `${message} ${look.message}`;
    return this.#end(intent, { outcome, message: said, mayResend });
  }

  async #end({ n, change }: Intent, end: Omit<End, 'n'>): Promise<void> {
    const { outcome, message } = end;
    // What wrote nothing may be run again, with the row as it was seen: its cause may be gone by then.
    const mayResend = end.mayResend || outcome === 'not_applied' || outcome === 'refused';
    await this.#journal.add([{ n, outcome, message, mayResend } satisfies End]);
    if (outcome === 'applied') this.#count(outcome);
    else if (outcome !== 'not_sent') await this.#fail(change, outcome, message, mayResend);
  }

  #failAt(todo: readonly ReadChange[], at: number, outcome: Outcome, message: string, mayResend: boolean) {
    return this.#fail((todo[at] ?? unplanned()).change, outcome, message, mayResend);
  }

  async #fail(change: RowChange, outcome: Outcome, message: string, mayResend: boolean): Promise<void> {
    await this.#failed.add([{ change, outcome, message, mayResend } satisfies FailedLine]);
    this.#count(outcome);
  }

  #count(outcome: Outcome | 'unchanged'): void {
    this.#state = { ...this.#state, counts: counted(this.#state.counts, outcome) };
  }

  /** What was sent since the checkpoint counts; what was in flight when the job was killed is looked at. */
  async #settle({ intents, ends }: Tail): Promise<void> {
    for (const intent of intents) {
      const end = ends.get(intent.n);
      if (end?.outcome === 'not_sent') continue;
      if (end === undefined && (await this.#isAsBefore(intent))) continue;
      this.#met.add(keyText(this.#table, intent.change.key));
      if (end?.outcome === 'applied') this.#count('applied');
      else if (end !== undefined) {
        const { outcome, message, mayResend } = end;
        await this.#fail(intent.change, outcome, message, mayResend);
      }
    }
  }

  /** @returns whether the row is as it was, so that it can be changed as if nothing had been sent */
  async #isAsBefore(intent: Intent): Promise<boolean> {
    const { options } = this.#running.request;
    const isConditional = intent.timestampMicros === null;
    const level = lookLevel(isConditional, options.consistency, options.serialConsistency);
    const now = await this.#reads.read(intent.change.key, level, this.#running.signal);
    const { change, before, timestampMicros } = intent;
    if (before !== undefined && !hasChanged(this.#table, change, before, now)) {
      await this.#end(intent, {
        outcome: 'not_sent',
        message: 'Nothing arrived before the job ended.',
        mayResend: true,
      });
      return true;
    }
    const found = before === undefined ? 'unreadable' : foundOf(this.#table, change, { before, now, timestampMicros });
    if (found === 'there') await this.#end(intent, { outcome: 'applied', message: 'Applied.', mayResend: false });
    else {
      const message = `Unknown: the job ended before an answer came. ${lookOf([found]).message}`;
      await this.#end(intent, { outcome: 'unknown', message, mayResend: false });
    }
    return false;
  }
}

/** A row that could not be read, such as one whose replicas are down. */
interface Unread {
  readonly change: RowChange;
  readonly failure: Failure;
}

function unreadText({ error }: Failure): string {
  return `Not sent: the row could not be read first. ${error.message}`;
}

interface Opened {
  readonly table: ChangedTable;
  readonly client: Client;
  readonly journal: LinesFile;
  readonly failed: LinesFile;
}

/** What the journal has after a checkpoint. */
interface Tail {
  readonly bytes: number;
  readonly lines: number;
  readonly next: number;
  readonly intents: readonly Intent[];
  readonly ends: ReadonlyMap<number, End>;
}

async function readTail(directory: string, { journal, next }: ManyState): Promise<Tail> {
  const path = pathIn(directory, JOURNAL_FILE);
  const tail = { bytes: journal.bytes, lines: journal.lines, next };
  const [intents, ends]: [Intent[], Map<number, End>] = [[], new Map()];
  if (journal.bytes === 0 && !existsSync(path)) return { ...tail, intents, ends };
  for await (const { line, end } of linesFrom(path, journal.bytes, journalLineSchema)) {
    tail.bytes = end;
    tail.lines++;
    if ('cql' in line) {
      intents.push(line);
      tail.next = line.n + 1;
    } else if ('outcome' in line) ends.set(line.n, line);
  }
  return { ...tail, intents, ends };
}

/** The part of a row that its change takes away, for an undo. */
function keptOf(change: RowChange, row: RowRead | null): RowRead | null {
  if (row === null || change.kind !== 'update') return row;
  const cells = Object.keys(change.edits).flatMap((name) => {
    const cell = ownValue(row.cells, name);
    return cell === undefined ? [] : [[name, cell] as const];
  });
  return { at: row.at, cells: Object.fromEntries(cells) };
}

/** It was certainly not written, and the cluster may recover. */
function isTrouble({ outcome, error }: StatementOutcome): boolean {
  return (outcome === 'refused' || outcome === 'not_sent') && error?.retryable === true;
}

function lost(message: string): ApiError {
  return { code: 'cluster_unreachable', message, retryable: true };
}

function unplanned(): never {
  throw new Error('a statement without its change');
}

function changedSchema({ keyspace, table }: ManyRequest): Failure {
  return new Failure({
    code: 'schema_changed',
    message: `${keyspace}.${table} has changed since this change was reviewed, so no more rows are changed.`,
    hint: 'Review the change again, and start another job for the rows that are left.',
    retryable: false,
  });
}
