import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { clusterFor } from '@/lib/cassandra/client/registry';
import type { Sides } from '@/lib/compare/plan';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Copied } from '@/lib/contract/move-counts';
import type { ScanProgress } from '@/lib/contract/scans';
import { history } from '@/lib/history/history';
import type { JobKind, JobPlan, JobRun } from '@/lib/jobs/job-kind';
import { type PartsDone, WorkDirectory } from '@/lib/jobs/work-directory';
import type { PersonRights } from '@/lib/rights/rules';
import { repeatCopy } from './repeat-copy';
import { type CopyWork, copyStateSchema, copyWorkSchema } from './request';
import { CopyRun } from './run';
import { beginState, readCopyStanding, standingOf, termsOf } from './state';
import { verify } from './verify';

/** Rows copied into a table, as a job. It was planned and reviewed before: see `planCopy`. */
export const copyKind: JobKind<CopyWork> = {
  name: 'copy',
  repeats: 'writes',
  repeating: repeatCopy,
  requestSchema: copyWorkSchema,
  plan: (_cluster, request) => Promise.resolve(planned(request)),
  run: async ({ cluster, request, granted, ...running }) => {
    const source = clusterFor(cluster, running.owner);
    const clusters = { source, target: clusterFor(request.target.cluster, running.owner) };
    await runCopy(clusters, { request, rights: granted?.rights ?? null, ...running });
  },
  standing: readCopyStanding,
  otherCluster: ({ target }) => target.cluster,
};

function planned(request: CopyWork): JobPlan<CopyWork> {
  const { source, target, read, write, consistency } = request;
  const from =
    source.from === 'table' ? `${source.keyspace}.${source.table}` : source.from === 'job' ? 'failed rows' : 'query';
  const title = `${from} to ${target.cluster}: ${target.keyspace}.${target.table}`;
  const statement = `${write}; -- for each row of: ${read}`;
  return { description: { title, statement, consistency, copiedTo: target }, request };
}

export interface CopyRunning extends Pick<JobRun<CopyWork>, 'request' | 'owner' | 'directory' | 'signal'> {
  /** What columns of the source are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly watch: (progress: () => PartsDone & { readonly scan: ScanProgress | null }) => void;
  /** Called before the first checkpoint: what it keeps is there whenever there is something to resume. */
  readonly begin?: () => Promise<void>;
}

/**
 * Copies rows, from the checkpoint in the directory if there is one, and checks them.
 * @returns how they ended
 * @throws Failure for anything a person can act on
 */
export async function runCopy(clusters: Sides<Cluster>, running: CopyRunning): Promise<Copied> {
  const { request, owner, rights = null, directory, signal, watch, begin } = running;
  const terms = termsOf(clusters.source.name, request);
  const work = new WorkDirectory(directory, { noun: 'copy', terms, schema: copyStateSchema });
  const lock = await work.hold();
  try {
    let state = await work.load();
    if (state === null) {
      state = beginState(terms);
      await begin?.();
      // Before all other files, so that none of them is ever in a directory without a checkpoint.
      await work.save(state);
    }
    const save = (next: typeof state) => work.save(next);
    const shared = { clusters, work: request, directory, principal: owner, rights, signal };
    const run = await CopyRun.open({ ...shared, save }, state);
    watch(() => ({ ...standingOf(run.counts, [run.file()]), scan: run.progress() }));
    try {
      await recorded(clusters.target, running, run);
      await verify(run, shared);
      const [file, { counts }] = [await run.hashedFile(), run];
      const masked = run.masked.length === 0 ? {} : { masked: run.masked };
      const facts = {
        isComplete: true,
        startedAt: state.startedAt,
        warnings: [],
        parts: [],
        rows: counts.read,
        ...masked,
      };
      await work.writeManifest({ ...facts, counts, files: [file] });
      watch(() => ({ ...standingOf(counts, [file]), scan: run.progress() }));
      return counts;
    } finally {
      await run.close();
    }
  } finally {
    await lock.release();
  }
}

/** Whether every row was written, and found again where that was checked. */
export function isCopied({ refused, unknown, readBack, compared }: Copied): boolean {
  const isSame = compared === null || compared.missing + compared.different === 0;
  return refused + unknown === 0 && (readBack === null || readBack.lacking === 0) && isSame;
}

/** Runs it, with one entry in the target's history for all its rows. */
async function recorded(target: Cluster, { request, owner }: CopyRunning, run: CopyRun): Promise<void> {
  const [at, startedAt, before] = [new Date().toISOString(), performance.now(), run.counts];
  if (run.state.phase === 'verify') return;
  const keep = (ended: Pick<HistoryEntry, 'outcome' | 'message'>) => {
    const { counts } = run;
    const [done, refused, unknown] = [
      counts.applied - before.applied,
      counts.refused - before.refused,
      counts.unknown - before.unknown,
    ];
    return history().append(target.name, {
      ...{ id: randomUUID(), at, who: owner.id, statement: request.write, isRedacted: false },
      ...{ keyspace: request.target.keyspace, consistency: request.targetConsistency, isWrite: true, cost: 'write' },
      ...{ rows: 0, elapsedMs: performance.now() - startedAt, applied: unknown > 0 ? 'unknown' : 'applied' },
      ...{ list: { rows: done + refused + unknown, done, notApplied: 0, refused, unknown } },
      ...ended,
    });
  };
  try {
    await run.run();
  } catch (error) {
    await keep({ outcome: 'failed', message: toFailure(error).error.message });
    throw error;
  }
  await keep({ outcome: 'done' });
}
