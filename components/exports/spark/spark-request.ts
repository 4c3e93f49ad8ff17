import { SPARK_FORMATS, type SparkRequest } from '@/lib/contract/spark';
import type { ExportChoices } from '../form/export-request';
import { compressionOf, hasExtras } from '../form/export-request';

/** What only Spark needs to know. */
export interface SparkChoices {
  /** Empty: the job's own directory. */
  readonly target: string;
  /** Columns that may lose values and were confirmed. */
  readonly accepted: readonly string[];
}

/** The request for Spark, or why these choices have none. */
export function sparkRequest(choices: ExportChoices, { target, accepted }: SparkChoices): SparkRequest | string {
  const { source, consistency } = choices;
  const format = SPARK_FORMATS.find((name) => name === choices.format);
  if (source.kind === 'statement') return 'Spark reads tables. Choose a table instead of a statement.';
  if (format === undefined) return 'Spark writes CSV, NDJSON or Parquet. Choose one of them.';
  if (compressionOf(choices) !== 'none') return 'Choose no compression: Spark’s files are written as they are.';
  if (hasExtras(choices)) return 'Spark adds no columns for TTL and write time. Leave them out.';
  const { keyspace, table, filters, columns } = source;
  return {
    ...{ do: 'export', keyspace, table, filters: [...filters], format, accepted: [...accepted] },
    ...(columns === null ? {} : { columns: [...columns] }),
    ...(target.trim() === '' ? {} : { target: target.trim() }),
    ...(consistency === null ? {} : { consistency }),
  };
}
