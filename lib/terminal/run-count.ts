import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { readTable } from '@/lib/cassandra/schema/schema';
import type { TableName } from '@/lib/contract/common';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { smallestKeyColumn } from '@/lib/export/key-columns';
import { openScan } from '@/lib/scan/scan';
import { type CountArguments, limitsOf } from './arguments';
import { conditionsClause, parseKeyspace, parseTableName } from './names';
import { AT_THE_PROMPT } from './principal';
import { durationText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import { UsageError } from './usage';

/** The most rows per page; pages start far smaller and grow with the bytes that arrive. */
const MOST_PAGE_ROWS = 10_000;

/** Counts rows by reading a key column of each, page by page: exact, and no single request takes long. */
export async function runCount(
  given: CountArguments,
  { cluster, reporter, signal }: { cluster: Cluster; reporter: Reporter; signal: AbortSignal },
): Promise<number> {
  const startedAt = performance.now();
  const plan = await countPlan(cluster, given, countName(given));
  const scan = await openScan(plan, { principal: AT_THE_PROMPT, limits: limitsOf(given) }, signal);
  let rows = 0;
  reporter.watch(() => ({ scan: scan.progress(), rows, bytes: null }));
  for await (const page of scan.pages) rows += page.rows;
  reporter.stop();
  for (const warning of new Set(scan.progress().warnings)) reporter.note(`! ${warning}`);
  reporter.note(`✓ complete: ${grouped(rows)} rows · ${durationText(performance.now() - startedAt)} · ${plan.shown}`);
  return rows;
}

/** @throws UsageError */
export function countName({ table, keyspace, where, allowFiltering }: CountArguments): TableName {
  if (where === undefined && allowFiltering) throw new UsageError('--allow-filtering needs --where.');
  if (where !== undefined) conditionsClause({ where, allowFiltering });
  return parseTableName(table, keyspace === undefined ? undefined : parseKeyspace(keyspace));
}

async function countPlan(cluster: Cluster, given: CountArguments, name: TableName): Promise<ReadPlan> {
  const { consistency, timeout, where, allowFiltering } = given;
  const { keyspaces } = (await readTable(cluster, name.keyspace, name.table)).schema;
  const column = smallestKeyColumn(schemaLookup(keyspaces).table(name.keyspace, name.table));
  const options = { timeoutMs: timeout, pageRows: MOST_PAGE_ROWS, maxPages: 0 };
  const table = { ...options, columns: column === null ? [] : [column] };
  if (where === undefined) return planTable(cluster, name, { ...table, consistency });
  // The consistency level applies to the statement with its conditions: without them it may not be valid.
  const plan = await planTable(cluster, name, table);
  return planQuery(cluster, {
    ...options,
    consistency,
    statement: `${plan.statement}${conditionsClause({ where, allowFiltering })}`,
  });
}
