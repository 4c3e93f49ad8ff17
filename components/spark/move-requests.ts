import type { CopyRequest } from '@/lib/contract/copy';
import type { LoadRequest } from '@/lib/contract/load';
import type { UsingOrigin } from '@/lib/contract/load-sources';
import { SPARK_FORMATS, type SparkRequest } from '@/lib/contract/spark';

/** What only Spark needs to know. */
export interface MoveOnSpark {
  /** A new directory for rows that do not fit. */
  readonly failed: string;
  /** Columns that may lose values and were confirmed. */
  readonly accepted: readonly string[];
}

/**
 * A copy as a request for Spark, or why Spark cannot make it.
 * @param columns of the source, copied by their names unless the copy maps them
 */
export function copyOnSpark(
  cluster: string,
  copy: CopyRequest,
  { columns, failed, accepted }: MoveOnSpark & { readonly columns: readonly string[] },
): SparkRequest | string {
  const { keyspace, table, filters = [], target, mapping, consistency, targetConsistency } = copy;
  if (keyspace === undefined || table === undefined)
    return 'Spark reads tables. Choose a table instead of a statement.';
  if (target.cluster !== cluster) return 'Spark copies within one cluster. Choose this one, or copy here.';
  if (copy.keepTtl || copy.keepWriteTime)
    return 'Spark cannot keep write times and TTLs of columns. Copy here to keep them.';
  return {
    ...{ do: 'copy', keyspace, table, filters: [...filters], accepted: [...accepted] },
    to: { keyspace: target.keyspace, table: target.table },
    mapping: mapping ?? columns.map((name) => ({ to: name, from: { field: name } })),
    ...(failed.trim() === '' ? {} : { failed: failed.trim() }),
    ...(consistency === undefined ? {} : { consistency }),
    ...(targetConsistency === undefined ? {} : { writeConsistency: targetConsistency }),
  };
}

/**
 * A load as a request for Spark, or why Spark cannot make it.
 * @param path where every worker finds the files
 */
export function loadOnSpark(
  load: LoadRequest,
  { path, failed, accepted }: MoveOnSpark & { readonly path: string },
): SparkRequest | string {
  const { keyspace, table, source, bind, options } = load;
  const format = SPARK_FORMATS.find((name) => name === source.format);
  if (format === undefined) return 'Spark reads CSV, NDJSON or Parquet here. Load this file without Spark.';
  if (format === 'csv' && !isPlainCsv(source.csv)) {
    return 'Spark reads CSV in UTF-8 with a header, commas and double quotes. Load this file without Spark.';
  }
  if (bind.nulls === 'tombstone') return 'On Spark a null writes nothing. Choose that, or load without Spark.';
  if (path.trim() === '') return 'Name the files where every worker of Spark finds them.';
  if (failed.trim() === '') return 'Name a new directory for rows that do not fit.';
  return {
    ...{ do: 'load', keyspace, table, format, source: path.trim(), failed: failed.trim() },
    ...{ mapping: bind.mapping, accepted: [...accepted], writeConsistency: options.consistency },
    ...usingOf(bind.ttl, 'ttlField', 'ttlSeconds'),
    ...usingOf(bind.timestamp, 'timestampField', 'timestampMicros'),
  };
}

function isPlainCsv(csv: LoadRequest['source']['csv']): boolean {
  const isQuoted = csv.quote === '"' && csv.escape === '"';
  const isText = csv.encoding === 'utf-8' && csv.nullText === '' && !csv.formulaSafe;
  return csv.delimiter === ',' && csv.header === true && isQuoted && isText;
}

function usingOf(origin: UsingOrigin | undefined, field: string, fixed: string): object {
  if (origin === undefined) return {};
  return 'field' in origin ? { [field]: origin.field } : { [fixed]: Number(origin.constant) };
}
