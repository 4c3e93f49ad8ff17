import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { openWrite } from '@/lib/cassandra/write/writes';
import type { Applied } from '@/lib/contract/applied';
import type { ApprovalUndo } from '@/lib/contract/approvals';
import type { HistoryEntry } from '@/lib/contract/history';
import type { StatementOutcome } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import { invalidRequest } from '@/lib/failure';
import { recording } from '@/lib/history/recorded-run';
import { openMutations } from '@/lib/mutations/run';
import { changedTable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { plural } from '@/lib/text/format';
import type { KeptRan } from './record';
import type { KeptPlan, Work } from './work';

/** Statements whose outcome is kept one by one. */
const MOST_SHOWN = 100;

export interface Running {
  readonly principal: Principal;
  /** Of whoever asked, now; null: everything. */
  readonly rights: PersonRights | null;
  /** Receives an entry for each statement that was sent. @returns when it is written */
  readonly keep: (entry: HistoryEntry) => Promise<void>;
  /** Starts a job. @returns its id */
  readonly startJob: (work: Extract<Work, { of: 'job' }>) => Promise<string>;
}

type End = KeptRan['statements'][number];

/**
 * Runs what was approved, once, exactly as it was shown. Whoever asked may leave: what has been sent cannot be called back,
 * so it is awaited. It never rejects.
 */
export async function runWork(cluster: Cluster, work: Work, running: Running): Promise<KeptRan> {
  const ends: End[] = [];
  const ended = (fields: Omit<KeptRan, 'at' | 'statements'>): KeptRan => ({
    at: new Date().toISOString(),
    statements: ends.slice(0, MOST_SHOWN),
    ...fields,
  });
  try {
    if (work.of === 'job') {
      return ended({ outcome: 'started', message: 'Its job was started.', job: await running.startJob(work) });
    }
    let undo: ApprovalUndo | null = null;
    if (work.of === 'statements') await runStatements(cluster, work, running, ends);
    else undo = await runMutations(cluster, work.planned, running, ends);
    return ended({ outcome: outcomeOf(ends), message: endText(ends), ...(undo === null ? {} : { undo }) });
  } catch (error) {
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    // What one statement met is in its end; this kept the rest from being sent.
    const outcome = ends.length === 0 ? 'not_applied' : outcomeOf(ends);
    return ended({ outcome, message: failure.message, error: failure });
  }
}

async function runStatements(
  cluster: Cluster,
  { requests, onFailure }: Extract<Work, { of: 'statements' }>,
  running: Running,
  ends: End[],
): Promise<void> {
  for (const request of requests) {
    const end = await runOne(cluster, request, running);
    ends.push(end);
    if (end.message !== undefined && onFailure === 'stop') return;
  }
}

type Request = Extract<Work, { of: 'statements' }>['requests'][number];

async function runOne(cluster: Cluster, request: Request, { principal, keep }: Running): Promise<End> {
  let kept: HistoryEntry | undefined;
  const signal = new AbortController().signal;
  try {
    const plan = await planQuery(cluster, request);
    if (!plan.classification.isWrite) throw invalidRequest('The statement reads rows, so it was not run here.');
    const record = recording(plan, request.keyspace ?? null, principal, (entry) => {
      kept = entry;
      void keep(entry);
    });
    const run = await openWrite(plan, principal, signal).catch((error: unknown) => {
      record.failed(error);
      throw error;
    });
    for await (const _page of record.follow(run).pages);
    return { outcome: kept?.applied ?? 'unknown' };
  } catch (error) {
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    return { outcome: kept?.applied ?? 'not_applied', message: failure.message };
  }
}

/** @returns what undoes it; null: nothing was applied that can be undone */
async function runMutations(
  cluster: Cluster,
  { keyspace, table: name, version, options, plan, changes: kept }: KeptPlan,
  { principal, rights, keep }: Running,
  ends: End[],
): Promise<ApprovalUndo | null> {
  const table = await changedTable(cluster, await cluster.client(), { keyspace, table: name }, rights);
  const changes = kept.map(({ target, ...change }) => (target === undefined ? change : { ...change, target }));
  const reviewed = { options, plan, changes, confirmName: null };
  const planned = { cluster: cluster.name, table: { ...table, version }, ...reviewed };
  const signal = new AbortController().signal;
  let undo: ApprovalUndo | null = null;
  for await (const line of await openMutations(cluster, planned, { principal, rights, signal, keep })) {
    if ('outcome' in line) ends[line.outcome.statement] = endOf(line.outcome);
    if ('error' in line) throw new Error(line.error.message);
    if ('end' in line && line.end.undo.length > 0) {
      undo = { keyspace, table: name, changes: line.end.undo, left: line.end.notUndone.length };
    }
  }
  return undo;
}

/** What was refused or not sent changed nothing. */
function endOf({ outcome, message }: StatementOutcome): End {
  if (outcome === 'applied') return { outcome };
  return { outcome: outcome === 'unknown' ? outcome : 'not_applied', message };
}

/** One statement that is unknown, or was not applied, decides. */
function outcomeOf(ends: readonly End[]): Applied {
  const found = new Set(ends.map(({ outcome }) => outcome));
  if (found.has('unknown')) return 'unknown';
  return found.has('not_applied') ? 'not_applied' : 'applied';
}

function endText(ends: readonly End[]): string {
  const applied = ends.filter(({ outcome }) => outcome === 'applied').length;
  if (applied === ends.length) return ends.length === 1 ? 'Applied.' : `All ${ends.length} statements were applied.`;
  const first = ends.findIndex(({ outcome }) => outcome !== 'applied');
  const why = ends[first]?.message ?? 'its condition did not hold.';
  return ends.length === 1
    ? `${ends[0]?.outcome === 'unknown' ? 'Unknown' : 'Not applied'}: ${why}`
    : `${applied} of ${plural(ends.length, 'statement')} that were sent were applied. Statement ${first + 1}: ${why}`;
}
