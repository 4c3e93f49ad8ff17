import 'server-only';
import type { JsonValue } from '@/lib/contract/json';
import type { LoadPreview } from '@/lib/contract/load';
import type { MutatedTable } from '@/lib/cql/mutation/nodes';
import { toJson } from '@/lib/wire/values';
import { binderOf } from './binder';
import type { DecidedLoad } from './decide';
import { problemOf } from './problem-text';

/** The first records with what they become, and why others are no rows. */
export function shownRecords({ table, source, bind, items, fields, statement }: DecidedLoad): LoadPreview['records'] {
  const binder = statement === null ? null : binderOf(table, source, bind);
  return items.map((item) => {
    const { number, line } = item;
    if (item.kind === 'bad') return { number, line, fields: [], row: null, problem: problemOf(item) };
    const values = fields.map((name) => item.fields[item.names.indexOf(name)] ?? null);
    const bound = binder?.bind(item) ?? null;
    if (bound?.kind === 'problem') return { number, line, fields: values, row: null, problem: problemOf(item, bound) };
    const row = bound === null || binder === null ? null : rowOf(table, binder.columns, bound.writes);
    return { number, line, fields: values, row, problem: null };
  });
}

function rowOf(
  table: MutatedTable,
  columns: readonly string[],
  writes: readonly { values: readonly (Uint8Array | null | undefined)[] }[],
) {
  const types = new Map(table.shape.columns.map(({ name, type }) => [name, type]));
  const row: Record<string, JsonValue> = {};
  for (const { values } of writes) {
    for (const [at, name] of columns.entries()) {
      const [value, type] = [values[at], types.get(name)];
      if (value !== undefined && type !== undefined) row[name] = toJson(value, type);
    }
  }
  return row;
}
