import type { Keyspace } from '@/lib/contract/schema';
import { keyspaceOf } from '../cql/mutation/test-mutations';
import { type EditableRows, editableRows, type Values } from './editable';

/** The rows of a test table, with all of its columns in their order. */
export function editableOf(name: 't' | 'counts'): EditableRows {
  const keyspace: Keyspace = keyspaceOf('ks');
  const columns = keyspace.tables.find((table) => table.name === name)?.columns ?? [];
  const found = editableRows({ keyspace: 'ks', name, columns, isReadOnly: false, keyspaces: [keyspace] });
  if ('refusal' in found) throw new Error(found.refusal);
  return found;
}

/** A row of `t`: p, c, c2, s, sl, v, w, l, st, m, f, u, d and a column with an odd name. */
export const ROW: Values = [1, 1, 1, 5, [1], 10, 'a', [1, 2], ['x'], { k: 1 }, [1], { x: 1, y: 'y' }, '1d', null];

export function rowWith(values: Readonly<Record<number, Values[number]>>): Values {
  return ROW.map((value, source) => (Object.hasOwn(values, source) ? (values[source] ?? null) : value));
}
