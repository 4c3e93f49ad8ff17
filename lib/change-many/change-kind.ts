import 'server-only';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { clusterFor } from '@/lib/cassandra/client/registry';
import type { HistoryEntry } from '@/lib/contract/history';
import type { ManyCounts } from '@/lib/contract/jobs';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { history } from '@/lib/history/history';
import type { JobKind, JobPlan, JobRun } from '@/lib/jobs/job-kind';
import { type PartsDone, WorkDirectory } from '@/lib/jobs/work-directory';
import { changedTable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { metRows, pathIn, ROWS_FILE } from './journal';
import { type ManyRequest, manyRequestSchema } from './request';
import { keepRows } from './rows-again';
import { ManyRun } from './run';
import { begin, manyStateSchema, readManyStanding, standingOf, termsOf } from './state';

/** Many rows changed alike, as a job. It was planned and reviewed before: see `planMany`. */
export const changeKind: JobKind<ManyRequest> = {
  name: 'change',
  requestSchema: manyRequestSchema,
  plan: (_cluster, request) => Promise.resolve(planned(request)),
  run,
  standing: readManyStanding,
};

function planned(request: ManyRequest): JobPlan<ManyRequest> {
  const { keyspace, table, statement, read, options, rowsPerSecond } = request;
  const title = `${keyspace}.${table}`;
  const shown = `${statement}; -- for each row of: ${read}`;
  const changed = { keyspace, table, mode: options.mode };
  const description = { title, statement: shown, consistency: options.consistency, changed };
  return { description, request, maxRowsPerSecond: rowsPerSecond };
}

async function run({ cluster: name, granted, signal, ...run }: JobRun<ManyRequest>): Promise<void> {
  const rights = granted?.rights ?? null;
  await runMany(clusterFor(name, run.owner), { ...run, rights, signal: AbortSignal.any([signal]) });
}

export interface ManyWork extends Pick<JobRun<ManyRequest>, 'request' | 'owner' | 'directory' | 'signal'> {
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly watch: (progress: () => PartsDone & { readonly scan: ScanProgress | null }) => void;
  /** The rate that holds now, where it can be changed; the request's otherwise. */
  readonly maxRowsPerSecond?: JobRun<ManyRequest>['maxRowsPerSecond'];
  /** Called before the first checkpoint: what it keeps is there whenever there is something to resume. */
  readonly begin?: () => Promise<void>;
}

/**
 * Changes the rows of a request, from the checkpoint in the directory if there is one.
 * @returns how all its rows ended
 * @throws Failure for anything a person can act on
 */
export async function runMany(
  cluster: Cluster,
  { request, owner, rights = null, directory, signal, watch, maxRowsPerSecond, begin: begun }: ManyWork,
): Promise<ManyCounts> {
  const terms = termsOf(request);
  const work = new WorkDirectory(directory, { noun: 'change of many rows', terms, schema: manyStateSchema });
  const lock = await work.hold();
  try {
    let state = await work.load();
    if (state === null) {
      state = begin(terms);
      await begun?.();
      // Before the journal, so that it is never in a directory without a checkpoint.
      await work.save(state);
    }
    await keepRowsOnce(cluster, request, { directory, rights });
    const running = {
      cluster,
      request,
      directory,
      principal: owner,
      rights,
      signal,
      maxRowsPerSecond: () => {
        const now = maxRowsPerSecond?.();
        return now === undefined ? request.rowsPerSecond : now;
      },
      save: (next: typeof state) => work.save(next),
    };
    const many = await ManyRun.open(running, state);
    watch(() => many.progress());
    try {
      await recorded(cluster, request, owner, many);
      const [files, counts] = [await many.hashedFiles(), many.counts];
      const facts = { isComplete: true, startedAt: many.startedAt, warnings: [], parts: [], rows: metRows(counts) };
      await work.writeManifest({ ...facts, counts, files });
      watch(() => ({ ...standingOf(counts, files), scan: null }));
      return counts;
    } finally {
      await many.close();
    }
  } finally {
    await lock.release();
  }
}

async function keepRowsOnce(
  cluster: Cluster,
  request: ManyRequest,
  { directory, rights }: { readonly directory: string; readonly rights: PersonRights | null },
): Promise<void> {
  if (request.rows.from !== 'job' || existsSync(pathIn(directory, ROWS_FILE))) return;
  await keepRows(await changedTable(cluster, await cluster.client(), request, rights), request.rows, directory);
}

/** Runs it, with one entry in the history for all its rows; the journal has each. */
async function recorded(cluster: Cluster, request: ManyRequest, owner: Principal, many: ManyRun): Promise<void> {
  const [at, startedAt, before] = [new Date().toISOString(), performance.now(), many.counts];
  const keep = (ended: Pick<HistoryEntry, 'outcome' | 'message'>) => {
    const { applied, unchanged, notApplied, refused, unknown } = since(before, many.counts);
    const rows = applied + unchanged + notApplied + refused + unknown;
    return history().append(cluster.name, {
      ...{ id: randomUUID(), at, who: owner.id, statement: request.statement, isRedacted: false },
      ...{ keyspace: request.keyspace, consistency: request.options.consistency, isWrite: true, cost: 'write' },
      ...{ rows: 0, elapsedMs: performance.now() - startedAt, applied: unknown > 0 ? 'unknown' : 'applied' },
      ...{ list: { rows, done: applied + unchanged, notApplied, refused, unknown } },
      ...ended,
    });
  };
  try {
    await many.run();
  } catch (error) {
    await keep({ outcome: 'failed', message: toFailure(error).error.message });
    throw error;
  }
  await keep({ outcome: 'done' });
}

function since(before: ManyCounts, now: ManyCounts): ManyCounts {
  return {
    applied: now.applied - before.applied,
    unchanged: now.unchanged - before.unchanged,
    notApplied: now.notApplied - before.notApplied,
    refused: now.refused - before.refused,
    unknown: now.unknown - before.unknown,
  };
}
