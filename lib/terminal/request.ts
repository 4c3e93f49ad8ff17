import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { FORMATS } from '@/lib/contract/export-formats';
import { exportRequestSchema } from '@/lib/contract/reads';
import { describeIssues } from '@/lib/env';
import { type ExportSource, type ParsedExportRequest, planExport } from '@/lib/export/source';
import { type ExportArguments, limitsOf } from './arguments';
import { FORMAT_FLAGS } from './format-options';
import { conditionsClause, parseColumns, parseKeyspace, parseTableName } from './names';
import type { FileKind } from './target';
import { UsageError } from './usage';

/**
 * The request that the page would send for the same export, without `--where`.
 * @throws UsageError
 */
export function requestOf(given: ExportArguments, { format, compression }: FileKind): ParsedExportRequest {
  const own = FORMATS[format].options;
  const parsed = exportRequestSchema.safeParse({
    ...sourceOf(given),
    format,
    compression,
    ...(own === null ? {} : { [own]: FORMAT_FLAGS[own].read(given) }),
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
    throw new UsageError('Name a table, or pass --query instead.');
  }
  if (given.table !== undefined) {
    if (given.allowFiltering && given.where === undefined) {
      throw new UsageError('--allow-filtering needs --where.');
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
  if (ofTables.length > 0)
    throw new UsageError(`${ofTables.join(', ')} cannot be combined with --query. Put it into the statement.`);
  return { statement: given.query, ...(keyspace === undefined ? {} : { keyspace }) };
}

/**
 * Plans the read, with the schema from the cluster. Conditions are CQL, so the statement with them is analysed like a typed
 * one, which decides whether it can be read in pieces.
 * @throws Failure, UsageError
 */
export async function planned(
  cluster: Cluster,
  given: ExportArguments,
  request: ParsedExportRequest,
): Promise<ExportSource> {
  if (given.where === undefined) return planExport(cluster, request);
  // The consistency level applies to the statement with its conditions: without them it may not be valid.
  const { consistency, ...unrestricted } = request;
  const source = await planExport(cluster, unrestricted);
  const statement = `${source.plan.statement}${conditionsClause({ ...given, where: given.where })}`;
  const { pageRows, maxPages, timeoutMs } = source.plan;
  const plan = await planQuery(cluster, { statement, consistency, pageRows, maxPages, timeoutMs });
  return { ...source, plan };
}
