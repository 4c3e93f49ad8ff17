import 'server-only';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { maskedPlan } from '@/lib/cassandra/read/masked-plan';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { readTable } from '@/lib/cassandra/schema/schema';
import type { Principal } from '@/lib/contract/principal';
import type { countRequestSchema } from '@/lib/contract/reads';
import type { ScanProgress } from '@/lib/contract/scans';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import type { PersonRights } from '@/lib/rights/rules';
import { openScan, type Scan } from '@/lib/scan/scan';
import { smallestKeyColumn } from './key-columns';

type ParsedCountRequest = z.output<typeof countRequestSchema>;

/** The most that the driver handles well; rows of one key column are small. */
const PAGE_ROWS = 10_000;
const PROGRESS_EVERY_MS = 250;

/** A count that is running. */
export interface Count {
  /** The statement that is read, with its values written out. */
  readonly statement: string;
  /**
   * Reads to the end: yields progress now and then, and returns the number of rows.
   * Leaving it ends the scan.
   * @throws Failure when not every row could be read; there is no number then
   */
  run(): AsyncGenerator<ScanProgress, number, undefined>;
  readonly scan: Scan;
}

/**
 * Starts counting the rows that `COUNT(*)` counts by reading one key column of each, ranges in parallel. It is paged, so
 * that no single request takes long; a partition with only static content is one row, as in `COUNT(*)`.
 * @param reader whose turns its pages take, so that the caller can see it wait
 * @param rights what its columns are masked by; null: nothing is masked
 * @throws Failure when it cannot start
 */
export async function openCount(
  cluster: Cluster,
  request: ParsedCountRequest,
  principal: Principal,
  signal: AbortSignal,
  reader = cluster.reads.reader(),
  rights: PersonRights | null = null,
): Promise<Count> {
  const { keyspace, table, filters, allowFiltering, consistency, timeoutMs, limits } = request;
  const { keyspaces } = (await readTable(cluster, keyspace, table)).schema;
  const column = smallestKeyColumn(schemaLookup(keyspaces).table(keyspace, table));
  const plan = await planTable(
    cluster,
    { keyspace, table },
    {
      filters,
      allowFiltering,
      consistency,
      timeoutMs,
      pageRows: PAGE_ROWS,
      maxPages: 0,
      columns: column === null ? [] : [column],
    },
  );
  const scan = await openScan({ ...maskedPlan(plan, rights), reader }, { principal, limits, givesRows: false }, signal);
  return { statement: plan.shown, run: () => countPages(scan), scan };
}

async function* countPages(scan: Scan): AsyncGenerator<ScanProgress, number, undefined> {
  let rows = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  for await (const page of scan.pages) {
    rows += page.rows;
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS) continue;
    toldAt = now;
    yield scan.progress();
  }
  yield scan.progress();
  return rows;
}
