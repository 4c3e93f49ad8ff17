import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterFor } from '@/lib/cassandra/client/registry';
import { compareRequestSchema } from '@/lib/contract/compare';
import type { Compared } from '@/lib/contract/move-counts';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import type { JobKind, JobPlan, JobRun, PlannedBy } from '@/lib/jobs/job-kind';
import { type PartsDone, WorkDirectory } from '@/lib/jobs/work-directory';
import type { PersonRights } from '@/lib/rights/rules';
import { planCompare, type Sides } from './plan';
import { type CompareWork, compareStateSchema } from './request';
import { CompareRun } from './run';
import { beginState, readCompareStanding, standingOf, termsOf } from './state';

/** Two tables compared, as a job: a file of the rows that are not the same. */
export const compareKind: JobKind<CompareWork> = {
  name: 'compare',
  requestSchema: compareRequestSchema,
  plan,
  run: async ({ cluster, request, granted, ...work }) => {
    await runCompare(sidesOf(cluster, request, work.owner), { request, rights: granted?.rights ?? null, ...work });
  },
  standing: readCompareStanding,
  otherCluster: ({ target }) => target.cluster,
};

/** Both as a person uses them. @throws as {@link clusterFor} */
export function sidesOf(
  cluster: string,
  { target }: Pick<CompareWork, 'target'>,
  person: Pick<Principal, 'id'>,
): Sides<Cluster> {
  return { source: clusterFor(cluster, person), target: clusterFor(target.cluster ?? cluster, person) };
}

async function plan(
  cluster: string,
  request: CompareWork,
  { owner, rights }: PlannedBy,
): Promise<JobPlan<CompareWork>> {
  const { reads } = await planCompare(sidesOf(cluster, request, owner), request, rights);
  const { source, target } = reads;
  const place = request.target.cluster === undefined ? '' : `${request.target.cluster}: `;
  const title = `${request.keyspace}.${request.table} and ${place}${request.target.keyspace}.${request.target.table}`;
  const statement = `${source.shown} -- compared with: ${target.shown}`;
  return { description: { title, statement, consistency: source.consistency }, request };
}

export interface CompareRunning extends Pick<JobRun<CompareWork>, 'request' | 'owner' | 'directory' | 'signal'> {
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly watch: (progress: () => PartsDone & { readonly scan: ScanProgress | null }) => void;
}

/**
 * Compares two tables, from the checkpoint in the directory if there is one.
 * @throws Failure for anything a person can act on
 */
export async function runCompare(clusters: Sides<Cluster>, running: CompareRunning): Promise<Compared> {
  const { request, owner, rights = null, directory, signal, watch } = running;
  const terms = termsOf([clusters.source.name, clusters.target.name], request);
  const work = new WorkDirectory(directory, { noun: 'comparison', terms, schema: compareStateSchema });
  const lock = await work.hold();
  try {
    const state = (await work.load()) ?? beginState(terms);
    // First of all, so that no file is in a directory without a checkpoint.
    await work.save(state);
    const save = (next: typeof state) => work.save(next);
    const comparing = { clusters, request, rights, directory, principal: owner, signal, save };
    const run = await CompareRun.open(comparing, state);
    watch(() => ({ ...standingOf(run.counts, [run.file()]), scan: run.progress() }));
    try {
      await run.run();
      const [file, { counts }] = [await run.hashedFile(), run];
      const masked = run.masked.length === 0 ? {} : { masked: run.masked };
      const facts = { isComplete: true, startedAt: state.startedAt, warnings: [], parts: [], ...masked };
      await work.writeManifest({ ...facts, rows: counts.sourceRows + counts.targetRows, counts, files: [file] });
      watch(() => ({ ...standingOf(counts, [file]), scan: run.progress() }));
      return counts;
    } finally {
      await run.close();
    }
  } finally {
    await lock.release();
  }
}
