import 'server-only';
import { join } from 'node:path';
import { type Cluster, MURMUR3 } from '@/lib/cassandra/client/cluster';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { runCompare } from '@/lib/compare/compare-kind';
import type { Sides } from '@/lib/compare/plan';
import { compareRequestSchema } from '@/lib/contract/compare';
import type { Compared, FoundRange, ReadBack } from '@/lib/contract/move-counts';
import type { Principal } from '@/lib/contract/principal';
import { smallestKeyColumn } from '@/lib/export/key-columns';
import type { PersonRights } from '@/lib/rights/rules';
import type { ScanPiece } from '@/lib/scan/plan/pieces';
import { openScan } from '@/lib/scan/scan';
import { cutRing } from '@/lib/scan/source';
import { carriedColumns } from './mapper';
import type { CopyState, CopyWork } from './request';
import type { CopyRun } from './run';

const PAGE_ROWS = 10_000;
const RANGES_AT_ONCE = 4;
/** Ranges that lack rows and are named. */
const NAMED_RANGES = 100;
/** Where the values are compared: a job's directory within that of the copy. */
const COMPARE_DIRECTORY = 'compare';

export interface Verifying {
  readonly clusters: Sides<Cluster>;
  readonly work: CopyWork;
  readonly directory: string;
  readonly principal: Principal;
  readonly rights: PersonRights | null;
  readonly signal: AbortSignal;
}

/** Counts what is in the target, and compares its values if that was asked for. @throws Failure when a range cannot be read */
export async function verify(run: CopyRun, verifying: Verifying): Promise<void> {
  const { work } = verifying;
  if (work.verify === 'none') return;
  const isByRange = await keepsTokens(run, verifying.clusters);
  const readBack = isByRange ? await countRanges(run, verifying) : await countTable(run, verifying);
  await run.keep({ counts: { ...run.counts, readBack } });
  if (work.verify !== 'compare' || work.source.from !== 'table') return;
  const compared = await compareBoth(run, verifying);
  await run.keep({ counts: { ...run.counts, compared } });
}

/** Whether a row has the same token in both tables. */
async function keepsTokens(run: CopyRun, clusters: Sides<Cluster>): Promise<boolean> {
  const { source, target, mapper } = run.opened;
  const key = source.shape?.partitionKey;
  if (key === undefined || run.state.ranges.length === 0) return false;
  const identities = await Promise.all([clusters.source.identity(), clusters.target.identity()]);
  const places = target.shape.partitionKey.map((name) => mapper.carriedBy(name)?.name);
  return (
    identities.every(({ partitioner }) => partitioner === MURMUR3) &&
    places.length === key.length &&
    places.every((name, at) => name === key[at])
  );
}

function countPlan({ clusters, work }: Verifying, run: CopyRun): Promise<ReadPlan> {
  const column = smallestKeyColumn(run.opened.target.shape);
  const { keyspace, table } = work.target;
  return planTable(
    clusters.target,
    { keyspace, table },
    {
      ...{ columns: column === null ? [] : [column], consistency: work.targetConsistency },
      ...{ timeoutMs: work.timeoutMs, pageRows: PAGE_ROWS, maxPages: 0 },
    },
  );
}

/** Range by range, each kept when it is counted. */
async function countRanges(run: CopyRun, verifying: Verifying): Promise<ReadBack> {
  const plan = await countPlan(verifying, run);
  const ranges = run.state.ranges.map(([from, to]) => ({ from: BigInt(from), to: BigInt(to) }));
  const { pieces, watch } = await cutRing(plan, { workers: RANGES_AT_ONCE, ranges, truncations: {} });
  const open = run.state.ranges.flatMap(([, , , found], at) => (found === null ? [at] : []));
  let saving = Promise.resolve();
  const work = async () => {
    for (let at = open.shift(); at !== undefined; at = open.shift()) {
      const [piece, place] = [pieces[at], at];
      if (piece === undefined) return;
      const found = await rowsIn(plan, piece, verifying);
      saving = saving.then(() => run.keep({ ranges: withFound(run.state.ranges, place, found) }));
      await saving;
    }
  };
  await Promise.all(Array.from({ length: RANGES_AT_ONCE }, work));
  await watch.check();
  const all = run.state.ranges.map(
    ([from, to, written, found]): FoundRange => ({ from, to, written, found: found ?? 0 }),
  );
  const lacking = all.filter(({ written, found }) => found < written);
  return {
    by: 'range',
    written: all.reduce((sum, { written }) => sum + written, 0),
    found: all.reduce((sum, { found }) => sum + found, 0),
    lacking: lacking.length,
    ranges: lacking.slice(0, NAMED_RANGES),
  };
}

function withFound(ranges: CopyState['ranges'], place: number, found: number): CopyState['ranges'] {
  return ranges.map(([from, to, written, before], at) => [from, to, written, at === place ? found : before]);
}

async function rowsIn(plan: ReadPlan, only: ScanPiece, { principal, signal }: Verifying): Promise<number> {
  const scan = await openScan(plan, { principal, only }, signal);
  let rows = 0;
  for await (const page of scan.pages) rows += page.rows;
  return rows;
}

async function countTable(run: CopyRun, verifying: Verifying): Promise<ReadBack> {
  const { principal, signal } = verifying;
  const scan = await openScan(await countPlan(verifying, run), { principal, givesRows: false }, signal);
  let found = 0;
  for await (const page of scan.pages) found += page.rows;
  const written = run.counts.applied;
  return { by: 'table', written, found, lacking: found < written ? 1 : 0, ranges: [] };
}

function compareBoth(
  run: CopyRun,
  { clusters, work, directory, principal, rights, signal }: Verifying,
): Promise<Compared> {
  const { source, target } = work;
  if (source.from !== 'table') throw new TypeError('only tables are compared');
  const { mapper, target: table } = run.opened;
  const request = compareRequestSchema.parse({
    ...{ keyspace: source.keyspace, table: source.table },
    target: { cluster: target.cluster, keyspace: target.keyspace, table: target.table },
    ...{ columns: carriedColumns(mapper, table.shape), consistency: work.consistency },
    ...{ targetConsistency: work.targetConsistency, timeoutMs: work.timeoutMs },
  });
  const running = { request, owner: principal, rights, directory: join(directory, COMPARE_DIRECTORY), signal };
  return runCompare(clusters, { ...running, watch: () => undefined });
}
