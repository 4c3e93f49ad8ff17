import 'server-only';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { readTable } from '@/lib/cassandra/schema/schema';
import { readSpark } from '@/lib/config';
import { parseJson } from '@/lib/contract/json';
import { type ParsedSparkRequest, type SparkPlan, sparkRequestSchema } from '@/lib/contract/spark';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { schemaLookup, type TableShape } from '@/lib/cql/schema-lookup';
import { whereFilters } from '@/lib/cql/where-filters';
import { describeIssues, readEnvironment } from '@/lib/env';
import { sparkFacts } from '@/lib/spark/plan/progress-words';
import { planSpark } from '@/lib/spark/plan-spark';
import { runSpark } from '@/lib/spark/run-spark';
import { setUp } from '@/lib/spark/setup';
import { checkNamed, workOf, writtenTable } from '@/lib/spark/spark-kind';
import { unfitSpark } from '@/lib/spark/unfit';
import { formatBytes } from '@/lib/text/format';
import type { SparkArguments } from './arguments';
import { conditionsClause, parseColumns, parseTableName } from './names';
import { print } from './print';
import { durationText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import { UsageError } from './usage';

interface OnSpark {
  readonly cluster: Cluster;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** @throws UsageError for options that contradict each other, before anything is connected */
export function checkSpark(kind: 'spark-plan' | 'spark-run', given: SparkArguments): void {
  parseTableName(given.table, undefined);
  const { copyTo, load, target, columns, dir } = given;
  if (copyTo !== undefined && load !== undefined)
    throw new UsageError('--copy-to and --load are two jobs: choose one.');
  if ((copyTo ?? load) !== undefined && (target ?? columns) !== undefined) {
    throw new UsageError(
      '--target and --columns are for an export. A mapping chooses the columns of a copy or a load.',
    );
  }
  if (load !== undefined && given.where !== undefined) throw new UsageError('--where is for rows of a table.');
  if (kind === 'spark-run' && dir === undefined) {
    throw new UsageError('Name a directory for the script, its log and the manifest: --dir DIR.');
  }
}

/** Prints what Spark would do, with the script and its command. */
export async function planOnSpark(given: SparkArguments, { cluster }: OnSpark): Promise<void> {
  const request = await requestOf(cluster, given);
  const { plan } = await planSpark(cluster, request, { timestampMicros: Date.now() * 1_000, isAnywhere: true });
  await print(planText(plan));
}

/** Runs it on Spark, follows it, and fails unless what it wrote was read back. */
export async function runOnSpark(given: SparkArguments, { cluster, reporter, signal }: OnSpark): Promise<void> {
  const request = await requestOf(cluster, given);
  const table = writtenTable(request);
  if (table !== null && given.confirm !== table) {
    throw new UsageError(`Nothing was run: see “ringside spark plan”, and pass --confirm ${table} to write to it.`);
  }
  checkNamed(request, given.confirm);
  const work = await workOf(cluster, request, true);
  const startedAt = performance.now();
  const directory = resolve(given.dir ?? '');
  const progress = await runSpark(cluster, {
    ...{ work, directory, signal: AbortSignal.any([signal]) },
    watch: (now) => {
      reporter.stop();
      reporter.watch(() => {
        const { rows, bytes, spark } = now();
        const facts = spark === undefined ? [] : sparkFacts(spark);
        const written = bytes === 0 ? [] : [`${formatBytes(bytes)} written`];
        const text = [...facts, `${grouped(rows)} rows`, ...written].join(' · ');
        return { rows, bytes, scan: null, text };
      });
    },
  }).finally(() => reporter.stop());
  const elapsed = durationText(performance.now() - startedAt);
  reporter.note(
    `✓ complete and verified: ${[...sparkFacts({ ...progress, stage: null }), elapsed].join(' · ')} · ${directory}`,
  );
}

/** Makes the Python environment with PySpark, and says where; another Spark that jobs would use must be a fit one too. */
export async function setUpSpark(signal: AbortSignal): Promise<void> {
  const note = (line: string) => process.stderr.write(`${line}\n`);
  const { RINGSIDE_DATA_DIR: data, RINGSIDE_MAVEN_REPOSITORY: repository } = readEnvironment();
  const path = await setUp({ data, repository, signal, note });
  const config = readSpark();
  const unfit = await unfitSpark(config, config.master);
  if (unfit !== null) note(`! Jobs cannot start yet. ${unfit}`);
  await print(`${path}\n`);
}

async function requestOf(cluster: Cluster, given: SparkArguments): Promise<ParsedSparkRequest> {
  const name = parseTableName(given.table, undefined);
  const shape = await shapeOf(cluster, name);
  const parsed = sparkRequestSchema.safeParse({ ...workIn(given, name, shape), ...paceIn(given) });
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues('The job', parsed.error));
}

async function shapeOf(
  cluster: Cluster,
  { keyspace, table }: { keyspace: string; table: string },
): Promise<TableShape> {
  const { schema } = await readTable(cluster, keyspace, table);
  const shape = schemaLookup(schema.keyspaces).table(keyspace, table);
  if (shape === undefined) throw new UsageError(`There is no table ${keyspace}.${table}.`);
  return shape;
}

function workIn(given: SparkArguments, name: { keyspace: string; table: string }, shape: TableShape): object {
  const { format = 'parquet', target, copyTo, load, failed, columns } = given;
  const filters = given.where === undefined ? {} : { filters: filtersOf(given.where, name, shape) };
  if (load !== undefined)
    return { do: 'load', ...name, format, source: load, failed, mapping: mappingOf(given, shape) };
  if (copyTo !== undefined) {
    const to = parseTableName(copyTo, name.keyspace);
    return { do: 'copy', ...name, ...filters, to, failed, mapping: mappingOf(given, shape) };
  }
  const chosen = columns === undefined ? {} : { columns: parseColumns(columns) };
  return { do: 'export', ...name, ...filters, ...chosen, format, target };
}

function paceIn(given: SparkArguments): object {
  const { copyTo, load, concurrentWrites } = given;
  const isWriting = copyTo !== undefined || load !== undefined;
  return {
    ...{ master: given.master, consistency: given.consistency, readsPerSecond: given.readsPerSecond },
    ...(given.splitMb === undefined ? {} : { splitMebibytes: given.splitMb }),
    ...(given.accept === undefined ? {} : { accepted: parseColumns(given.accept) }),
    ...(isWriting ? usingIn(given) : {}),
    ...(isWriting && concurrentWrites !== undefined ? { concurrentWrites } : {}),
  };
}

function usingIn({ ttl, ttlField, timestamp, timestampField, writeConsistency }: SparkArguments): object {
  return { ttlSeconds: ttl, ttlField, timestampMicros: timestamp, timestampField, writeConsistency };
}

/** Conditions in CQL as filters, which Spark SQL can say too. @throws UsageError for others */
function filtersOf(where: string, { keyspace, table }: { keyspace: string; table: string }, shape: TableShape) {
  const clause = conditionsClause({ where, allowFiltering: true });
  const statement = `SELECT * FROM ${quoteIdentifier(keyspace)}.${quoteIdentifier(table)}${clause}`;
  const found = whereFilters(statement, shape);
  if (found !== null) return found.filters;
  throw new UsageError('--where has conditions that Spark has no equal for. Use columns, operators and plain values.');
}

function mappingOf({ mapping }: SparkArguments, shape: TableShape): unknown {
  if (mapping === undefined) return shape.columns.map(({ name }) => ({ to: name, from: { field: name } }));
  try {
    return parseJson(readFileSync(mapping, 'utf8'));
  } catch (cause) {
    throw new UsageError(`--mapping: cannot read ${mapping}.`, { cause });
  }
}

function planText({ master, columns, unconfirmed, problems, notes, estimate, files, start }: SparkPlan): string {
  const widest = Math.max(0, ...columns.map(({ column }) => column.length));
  const lines = columns.map(({ column, verdict, type, sparkType, notes: why }) =>
    [`#   ${column.padEnd(widest)}  ${VERDICTS[verdict]}: ${type} → ${sparkType ?? 'nothing'}`, ...why].join(' · '),
  );
  return [
    `# On Spark at ${master}`,
    ...lines,
    ...problems.map((text) => `# ✗ ${text}`),
    ...(unconfirmed.length === 0
      ? []
      : [`# ! May lose values: pass --accept ${unconfirmed.map(quoteIdentifier).join(',')}`]),
    ...notes.map((text) => `# ${text}`),
    ...(estimate === null ? [] : [`# Estimate: ${estimateText(estimate)}`]),
    ...(start.can ? [] : [`# Cannot start here: ${start.reason}`]),
    ...(files === null
      ? []
      : ['', '# job.py', files.script, '# spark.conf', files.properties, '# Command', files.command]),
    '',
  ].join('\n');
}

const VERDICTS = {
  exact: 'exact',
  retyped: 'exact, another type',
  may_lose: 'may lose values',
  unreadable: 'cannot be read',
} as const;

function estimateText({ bytes, splits, here, spark, reason }: NonNullable<SparkPlan['estimate']>): string {
  const seconds = (value: number | null) => (value === null ? 'unknown' : `about ${durationText(value * 1_000)}`);
  const size = bytes === null ? 'size unknown' : `${formatBytes(bytes)} in ${splits ?? 'some'} splits`;
  return `${size}; here ${seconds(here.seconds)}, on Spark ${seconds(spark.seconds)}. ${reason}`;
}
