import 'server-only';
import type { types } from 'cassandra-driver';
import type { Latency, PerRead } from '@/lib/contract/stats';
import { isSince } from '@/lib/cql/release';

/** Rows of the virtual tables about tables: read here and nowhere else. */

/** Null: the row, or its value, is missing. */
export function numberOf(row: types.Row | undefined, column: string): number | null {
  const value: unknown = row?.get(column);
  return value === null || value === undefined ? null : Number(value);
}

/**
 * Since 4.1 Cassandra computes the columns named `…_ms` as if timers counted nanoseconds (`TableMetricTables.NS_TO_MS`), but
 * they count microseconds (`CassandraMetricsRegistry.DEFAULT_TIMER_UNIT`), so the columns have seconds, cut to three decimals.
 * Seen on 4.1.10 and 5.0.9: reads that take milliseconds appear as 0.00x. On 4.0 timers do count nanoseconds, and the columns
 * have milliseconds, to the microsecond.
 */
const COLUMN_TO_MS = 1_000;

/** A latency column of a virtual table, in milliseconds. @param release of the node that it is from */
export function latencyMs(value: number, release: string | null): number {
  return isSince(release, '4.1') === false ? value : Math.round(value * COLUMN_TO_MS);
}

/** A row of a latency table. @param release of the node that it is from */
export function latencyOf(row: types.Row | undefined, release: string | null): Latency | null {
  if (row === undefined) return null;
  const inMs = (column: string) => latencyMs(numberOf(row, column) ?? 0, release);
  return {
    count: String(row.get('count')),
    p50Ms: inMs('p50th_ms'),
    p99Ms: inMs('p99th_ms'),
    maxMs: inMs('max_ms'),
    perSecond: numberOf(row, 'per_second') ?? 0,
  };
}

/** A row of `tombstones_per_read` or `rows_per_read`. */
export function perReadOf(row: types.Row | undefined): PerRead | null {
  if (row === undefined) return null;
  return {
    count: String(row.get('count')),
    p50: numberOf(row, 'p50th') ?? 0,
    p99: numberOf(row, 'p99th') ?? 0,
    max: numberOf(row, 'max') ?? 0,
  };
}
