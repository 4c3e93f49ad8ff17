import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { exportRequestSchema } from '@/lib/contract/reads';
import { describeIssues } from '@/lib/env';
import { type ExportAsked, type ExportSource, planExport } from '@/lib/export/source';
import { csvOptions, type ExportArguments, limitsOf, parquetOptions } from './arguments';
import { conditionsClause, parseColumns, parseKeyspace, parseTableName } from './names';
import type { FileKind } from './target';
import { UsageError } from './usage';

/**
 * The request that the page would send for the same export; `--where` is not in it.
 * @throws UsageError
 */
export function requestOf(given: ExportArguments, { format, compression }: FileKind): ExportAsked {
  const parsed = exportRequestSchema.safeParse({
    ...sourceOf(given),
    format,
    compression,
    csv: format === 'csv' ? csvOptions(given) : undefined,
    parquet: format === 'parquet' ? parquetOptions(given) : undefined,
    extras: given.ttl || given.writetime ? { ttl: given.ttl, writetime: given.writetime } : undefined,
    limits: limitsOf(given),
    consistency: given.consistency,
    pageRows: given.pageRows,
    timeoutMs: given.timeout,
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues('The export', parsed.error));
}

function sourceOf(given: ExportArguments) {
  const keyspace = given.keyspace === undefined ? undefined : parseKeyspace(given.keyspace);
  if ((given.table === undefined) === (given.query === undefined)) {
    throw new UsageError('Name a table, or a --query in its place.');
  }
  if (given.table !== undefined) {
    if (given.allowFiltering && given.where === undefined) {
      throw new UsageError('--allow-filtering belongs to --where.');
    }
    const columns = given.columns === undefined ? {} : { columns: parseColumns(given.columns) };
    return { ...parseTableName(given.table, keyspace), ...columns };
  }
  const ofTables = [
    ...(given.where === undefined ? [] : ['--where']),
    ...(given.columns === undefined ? [] : ['--columns']),
    ...(given.ttl ? ['--ttl'] : []),
    ...(given.writetime ? ['--writetime'] : []),
    ...(given.allowFiltering ? ['--allow-filtering'] : []),
  ];
  if (ofTables.length > 0) throw new UsageError(`${ofTables.join(', ')}: write it into the statement of --query.`);
  return { statement: given.query, ...(keyspace === undefined ? {} : { keyspace }) };
}

/**
 * What is to be read, looked up on the cluster. Conditions are CQL, so that the statement with them is looked at as one
 * that was typed: that decides whether it can be read in pieces.
 * @throws CassandraFailure, UsageError
 */
export async function planned(cluster: Cluster, given: ExportArguments, asked: ExportAsked): Promise<ExportSource> {
  if (given.where === undefined) return planExport(cluster, asked);
  // The level is that of the statement with its conditions: without them it may not fit.
  const { consistency, ...unrestricted } = asked;
  const source = await planExport(cluster, unrestricted);
  const statement = `${source.plan.statement}${conditionsClause({ ...given, where: given.where })}`;
  const { pageRows, maxPages, timeoutMs } = source.plan;
  const plan = await planQuery(cluster, { statement, consistency, pageRows, maxPages, timeoutMs });
  return { ...source, plan };
}
