import type { JsonValue } from '@/lib/contract/json';
import { ownValue } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { isCounterTable } from '@/lib/cql/mutation/checks';
import { whyNotInMany } from '@/lib/edit/many-words';
import { columnNamed, EditError, type EditTable, isSame, type PlanTable, valueText } from '@/lib/edit/table';
import type { ReadChange } from '@/lib/edit/units';
import { jsonToLoadableCql } from '@/lib/wire/json-texts';
import type { ManyRequest } from './request';

type Wanted = Pick<ManyRequest, 'deed' | 'rows' | 'options'>;

/** @throws EditError, MutationError, ValueError naming what no row can be set to */
export function checkDeed(table: PlanTable, { deed }: Pick<ManyRequest, 'deed'>): void {
  if (deed.do !== 'set') return;
  const names = Object.keys(deed.values);
  const masked = names.find((name) => table.masked?.includes(name));
  if (masked !== undefined) throw new EditError(`“${masked}” is masked for you, so it cannot be changed.`);
  if (names.length === 0) throw new EditError('There is nothing to set. Name at least one column.');
  for (const name of names) {
    const column = columnNamed(table, name);
    const refusal = whyNotInMany(column, isCounterTable(table));
    if (refusal !== null) throw new EditError(refusal);
    valueText(column.type, ownValue(deed.values, name) ?? null);
  }
}

/**
 * The columns that are read to find the rows: the key, then what must still be the same when a row is changed. Of a deletion,
 * and where the conditions are CQL, that is the whole row.
 */
export function readColumns(table: EditTable, { deed, rows }: Wanted): { key: string[]; seen: string[] } {
  const { shape } = table;
  const key = [...shape.partitionKey, ...shape.clusteringKey];
  const filtered = rows.from === 'filters' ? rows.filters.map(({ column }) => column) : [];
  const named = new Set(deed.do === 'set' && rows.from === 'filters' ? [...Object.keys(deed.values), ...filtered] : []);
  const isWhole = deed.do !== 'set' || rows.from !== 'filters';
  const seen = shape.columns.filter(({ name, kind }) => kind === 'regular' && (isWhole || named.has(name)));
  return { key, seen: isCounterTable(table) ? [] : seen.map(({ name }) => name) };
}

/** The change of one row as it was found; null: a partition that has static columns alone. */
export function changeOf(
  { deed }: Wanted,
  { key: keyNames, seen: seenNames }: { readonly key: readonly string[]; readonly seen: readonly string[] },
  values: readonly JsonValue[],
): RowChange | null {
  const named = (names: readonly string[], from: number): Record<string, JsonValue> =>
    Object.fromEntries(names.map((name, at) => [name, values[from + at] ?? null]));
  const key = named(keyNames, 0);
  if (Object.values(key).includes(null)) return null;
  const seen = named(seenNames, keyNames.length);
  if (deed.do !== 'set') return { kind: 'delete', key, seen };
  const edits = Object.entries(deed.values).map(([name, set]) => [name, { set }]);
  return { kind: 'update', key, seen, edits: Object.fromEntries(edits) };
}

/** The row has the wanted values already, and keeps its TTLs. */
export function isUnchanged(table: EditTable, { change, row }: ReadChange, ttl: unknown): boolean {
  if (change.kind !== 'update' || row === null || ttl !== 'keep') return false;
  return Object.entries(change.edits).every(
    ([name, edit]) =>
      'set' in edit &&
      edit.expiresAt === undefined &&
      edit.ttlSeconds === undefined &&
      isSame(columnNamed(table, name), edit.set, ownValue(row.cells, name)?.value ?? null),
  );
}

/** A column that the rows were found by, and that is another now; null: the row still matches. */
export function noLongerMatches(table: EditTable, { change, row }: ReadChange): string | null {
  if (change.kind !== 'update' || row === null || change.seen == null) return null;
  const other = Object.entries(change.seen).find(([name, value]) => {
    const cell = ownValue(row.cells, name);
    return (
      cell !== undefined && !Object.hasOwn(change.edits, name) && !isSame(columnNamed(table, name), value, cell.value)
    );
  });
  return other === undefined
    ? null
    : `“${other[0]}” has changed since the row was found, so it may not match any more.`;
}

/** What runs for each row, with a `?` for what differs. */
export function templateOf(table: EditTable, { deed, options }: Pick<ManyRequest, 'deed' | 'options'>): string {
  const { shape } = table;
  const isGuarded = options.mode === 'guarded' && !isCounterTable(table);
  const marks = (names: readonly string[]) => names.map((name) => `${quoteIdentifier(name)} = ?`).join(' AND ');
  const where = `WHERE ${marks([...shape.partitionKey, ...shape.clusteringKey])}`;
  const using = isGuarded || isCounterTable(table) ? '' : ' USING TIMESTAMP ?';
  const regular = shape.columns.filter(({ kind }) => kind === 'regular').map(({ name }) => name);
  if (deed.do !== 'set') {
    const guard = regular.length === 0 ? ' IF EXISTS' : ` IF ${marks(regular)}`;
    return `DELETE FROM ${qualifiedName(table.keyspace, table.table)}${using} ${where}${isGuarded ? guard : ''}`;
  }
  const sets = Object.entries(deed.values).map(
    ([name, value]) => `${quoteIdentifier(name)} = ${jsonToLoadableCql(value, columnNamed(table, name).type)}`,
  );
  const guard = isGuarded ? ` IF ${marks(Object.keys(deed.values))}` : '';
  return `UPDATE ${qualifiedName(table.keyspace, table.table)}${using} SET ${sets.join(', ')} ${where}${guard}`;
}
