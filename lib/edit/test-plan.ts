import type { JsonValue } from '@/lib/contract/json';
import { type MutationOptions, mutationOptionsSchema, type RowChange, type RowRead } from '@/lib/contract/mutations';
import { mutatedTable } from '../cql/mutation/test-mutations';
import { planChanges } from './plan';
import type { PlanTable } from './table';
import type { ReadChange } from './units';

/** A table for each way in which Cassandra changes a column, and rows as they are read from it. */

const NOW_MS = Date.UTC(2026, 10, 29, 12);
export const AT = new Date(NOW_MS).toISOString();
export const T: PlanTable = { ...mutatedTable('ks', 't'), defaultTtlSeconds: 0 };
export const COUNTS: PlanTable = { ...mutatedTable('ks', 'counts'), defaultTtlSeconds: 0 };
export const KEY = { p: 1, c: 1, c2: 1 };

interface Age {
  readonly ttl?: number | null;
  readonly parts?: readonly (number | null)[] | null;
}

/** A row with these values; TTLs by column, of values in parts one by one. */
export function rowOf(values: Readonly<Record<string, JsonValue>>, ages: Readonly<Record<string, Age>> = {}): RowRead {
  const cells = T.shape.columns
    .filter(({ kind }) => kind === 'regular' || kind === 'static')
    .map(({ name }) => {
      const { ttl = null, parts = [] } = ages[name] ?? {};
      const aged = parts?.map((ttlSeconds) => ({ writeTimeMicros: '5', ttlSeconds })) ?? null;
      return [name, { value: values[name] ?? null, writeTimeMicros: '5', ttlSeconds: ttl, parts: aged }];
    });
  return { at: AT, cells: Object.fromEntries(cells) };
}

function optionsOf(options: Partial<MutationOptions> = {}): MutationOptions {
  return mutationOptionsSchema.parse(options);
}

export function planned(changes: readonly ReadChange[], options: Partial<MutationOptions> = {}, table = T) {
  return planChanges(table, changes, { options: optionsOf(options), nowMs: NOW_MS, nowMicros: 7n });
}

/** The statements of one change, without the table's name. */
export function texts(
  change: RowChange,
  row: RowRead | null,
  options: Partial<MutationOptions> = {},
  table = T,
): string[] {
  const { statements, refusals } = planned([{ change, row }], options, table);
  return [
    ...statements.map(({ cql }) => cql.replaceAll(/ks\.(t|counts) /g, '')),
    ...refusals.map(({ message }) => `refused: ${message}`),
  ];
}
