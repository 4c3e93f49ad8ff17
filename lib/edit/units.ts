import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, CellRead, MutationNote, MutationOptions, RowChange, RowRead } from '@/lib/contract/mutations';
import { isCounterTable } from '../cql/mutation/checks';
import { deletePartition, deleteRange, deleteRow } from '../cql/mutation/delete';
import { insertRow } from '../cql/mutation/insert';
import type { DeleteNode, InsertNode, UpdateNode } from '../cql/mutation/nodes';
import { withLiterals } from '../cql/mutation/print';
import { type Change, updateRow } from '../cql/mutation/update';
import type { RowKey } from '../cql/row-key';
import { edited } from './cell';
import { editGuard, rowGuard } from './guard';
import { maskedNotes } from './masked';
import { note } from './notes';
import {
  columnNamed,
  EditError,
  type EditTable,
  isInParts,
  isPartitionKey,
  newestOf,
  type PlanTable,
  partitionText,
  stored,
} from './table';
import { keptTtls, saidTtl, type TtlRules } from './ttl';
import { type CellWrite, type CellWrites, restored, writesOf } from './writes';

/** A change, and the row that it changes as it is now; null: there is none. */
export interface ReadChange {
  readonly change: RowChange;
  readonly row: RowRead | null;
  /** Of a move: the row at the place where it goes. */
  readonly target?: RowRead | null;
}

export type RowStatement = InsertNode | UpdateNode | DeleteNode;

/** What is made together: statements of one partition, whose timestamp is decided later. */
export interface Unit {
  readonly partition: string;
  readonly make: readonly ((timestampMicros: string | undefined) => RowStatement)[];
  readonly notes: readonly MutationNote[];
  /** The newest write time among the cells that it changes; its own timestamp must be newer. */
  readonly newestMicros: bigint;
  readonly mayResend: boolean;
}

export interface UnitContext {
  readonly table: PlanTable;
  readonly options: MutationOptions;
  readonly rules: TtlRules;
}

/**
 * The units of a change, each of which is sent only after the one before it.
 * @throws EditError, MutationError, ValueError with the reason why it cannot be made
 */
export function unitsOf(context: UnitContext, { change, row, target = null }: ReadChange): readonly Unit[] {
  switch (change.kind) {
    case 'update':
      return [updateUnit(context, change.key, change.edits, row)];
    case 'insert':
      if (row !== null) throw new EditError('There is a row with this key now. Edit that row instead.');
      return [insertUnit(context, change)];
    case 'delete':
      return [deleteUnit(context, change.key, row)];
    case 'move':
      return moveUnits(context, change, row, target);
    case 'delete_partition':
    case 'delete_range':
      return [scopeUnit(context, change)];
    default:
      return change satisfies never;
  }
}

const isGuarded = ({ table, options }: UnitContext) => options.mode === 'guarded' && !isCounterTable(table);
const GONE = 'The row is gone: it was deleted, or it has expired. It is not brought back; insert it if you want it.';

function updateUnit(
  context: UnitContext,
  key: RowKey,
  edits: Readonly<Record<string, CellEdit>>,
  row: RowRead | null,
): Unit {
  const { table } = context;
  checkStatics(table, key, Object.keys(edits));
  if (row === null && !isPartitionKey(table, key) && !isCounterTable(table)) throw new EditError(GONE);
  const found = Object.entries(edits).map(([name, edit]) => {
    const cell = row === null ? undefined : ownValue(row.cells, name);
    const context_ = { column: columnNamed(table, name), cell, row, rules: context.rules };
    const made = writesOf(context_, edit);
    return { ...made, more: ttlNotes(context, name, { cell, edit }, made.writes) };
  });
  const writes = found.flatMap((one) => one.writes);
  if (writes.length === 0) throw new EditError('Nothing changes: the row has these values already.');
  const guard = isGuarded(context) ? editGuard(table, row, edits) : null;
  const groups = byTtl(writes);
  const make = groups.map(([ttlSeconds, changes], at) => (timestampMicros: string | undefined) => {
    // In a batch one condition for the row covers all its statements.
    const condition = at === 0 ? guard?.condition : undefined;
    return updateRow(table, { key, changes, condition, timestampMicros, ttlSeconds });
  });
  const notes = [
    ...found.flatMap((one) => [...one.notes, ...one.more]),
    ...(guard?.notes ?? []),
    ...(isPartitionKey(table, key) ? [note('static')] : []),
    ...(isCounterTable(table) ? [note('counter')] : []),
    ...(empties(table, key, edits, row) ? [note('row_vanishes')] : []),
  ];
  return unitOf(context, key, { make, notes, row, names: Object.keys(edits), mayResend: !addsToList(table, writes) });
}

/**
 * Whether sending the writes twice could differ from once. A list that is written whole grows too: its elements get new
 * places in it, and the tombstone before them is a microsecond older than those of the first time (`Lists.Setter`).
 */
function addsToList(table: EditTable, writes: readonly CellWrite[]): boolean {
  return writes.some(({ change }) => {
    const column = columnNamed(table, change.column);
    if (column.type.kind !== 'list' || !isInParts(column)) return false;
    return change.kind !== 'set' || change.value !== null || change.element !== undefined;
  });
}

/** @throws EditError for static columns under a row's key */
function checkStatics(table: EditTable, key: RowKey, names: readonly string[]): void {
  if (isPartitionKey(table, key)) return;
  const name = names.find((one) => columnNamed(table, one).kind === 'static');
  if (name === undefined) return;
  throw new EditError(`“${name}” is static: it belongs to the partition. Change it by the partition key alone.`);
}

/** Whether an edit leaves no value in the row; one with masked columns may have values that nobody sees. */
function empties(
  table: PlanTable,
  key: RowKey,
  edits: Readonly<Record<string, CellEdit>>,
  row: RowRead | null,
): boolean {
  if (row === null || isPartitionKey(table, key) || isCounterTable(table) || table.masked?.length) return false;
  return table.shape.columns
    .filter(({ kind }) => kind === 'regular')
    .every((column) => {
      const before = ownValue(row.cells, column.name)?.value ?? null;
      const edit = ownValue(edits, column.name);
      return stored(column, edit === undefined ? before : edited(column, before, edit)) === null;
    });
}

interface Aged {
  /** What is there; undefined: nothing. */
  readonly cell: CellRead | undefined;
  /** What says a TTL for itself; undefined: nothing does. */
  readonly edit?: CellEdit | undefined;
}

/** What is to be said of the TTLs with which a cell is written. */
function ttlNotes(
  { table, options }: UnitContext,
  name: string,
  { cell, edit = { set: null } }: Aged,
  writes: readonly CellWrite[],
): MutationNote[] {
  const ttls = writes.flatMap(({ ttl }) => (ttl === 'any' || ttl === 'expired' ? [] : [ttl]));
  if (ttls.length === 0 || 'by' in edit) return [];
  const had = cell !== undefined && [cell, ...(cell.parts ?? [])].some(({ ttlSeconds }) => ttlSeconds !== null);
  const isSaid = edit.expiresAt !== undefined;
  const isKept = !isSaid && edit.ttlSeconds === undefined && options.ttl === 'keep';
  const isForEver = ttls.every((ttl) => (ttl ?? table.defaultTtlSeconds) === 0);
  if (had && isKept) return [note('ttl_kept', name)];
  if (had && isForEver && !isSaid) return [note('ttl_lost', name)];
  return table.defaultTtlSeconds > 0 && ttls.includes(0) ? [note('ttl_none', name)] : [];
}

/** Assignments by TTL, one statement each; deletions join the first. */
function byTtl(writes: readonly CellWrite[]): [number | undefined, Change[]][] {
  const groups = new Map<number | undefined, Change[]>();
  for (const { change, ttl } of writes) {
    if (ttl === 'any' || ttl === 'expired') continue;
    groups.set(ttl, [...(groups.get(ttl) ?? []), change]);
  }
  const deletions = writes.filter(({ ttl }) => ttl === 'any').map(({ change }) => change);
  const [first, ...others] = [...groups];
  if (first === undefined) return [[undefined, deletions]];
  return [[first[0], [...first[1], ...deletions]], ...others];
}

type Insert = Extract<RowChange, { readonly kind: 'insert' }>;

function insertUnit(context: UnitContext, change: Insert): Unit {
  const { table, rules } = context;
  checkStatics(table, change.key, Object.keys(change.values));
  const found = Object.entries(change.values).flatMap(([name, given]) => {
    const column = columnNamed(table, name);
    const value = stored(column, given);
    // There is no row, so there is nothing that null could delete.
    if (value === null) return [];
    const expiresAt = change.expiresAt === undefined ? undefined : ownValue(change.expiresAt, name);
    const { ttlSeconds } = change;
    const said = {
      ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    const made = restored(column, value, saidTtl(said, rules) ?? [undefined], rules, nothing(name));
    const edit = { set: value, ...said };
    return [{ ...made, notes: [...made.notes, ...ttlNotes(context, name, { cell: undefined, edit }, made.writes)] }];
  });
  const writes = found.flatMap((one) => one.writes);
  const make = insertMakers(context, change.key, writes);
  const notes = found.flatMap((one) => one.notes);
  return unitOf(context, change.key, { make, notes, row: null, names: [], mayResend: !addsToList(table, writes) });
}

/** In a new row an expired value is left out. */
function nothing(column: string): CellWrite {
  return { change: { kind: 'set', column, value: null }, ttl: 'expired' };
}

/** An INSERT for the values that live longest, and with them the row's marker; an UPDATE for each other TTL. */
function insertMakers({ table, ...context }: UnitContext, key: RowKey, all: readonly CellWrite[]): Unit['make'] {
  const span = (ttl: number | undefined) => (ttl ?? table.defaultTtlSeconds) || Number.POSITIVE_INFINITY;
  const writes = all.filter(({ ttl }) => ttl !== 'expired');
  const groups = byTtl(writes).toSorted(([one], [other]) => span(other) - span(one));
  const [first, ...others] = groups;
  const ifNotExists = isGuarded({ table, ...context });
  const whole = (first?.[1] ?? []).filter(isWhole);
  const parts = (first?.[1] ?? []).filter((change) => !isWhole(change));
  const values = Object.fromEntries(whole.map(({ column, value }): [string, JsonValue] => [column, value]));
  const insert = (timestampMicros: string | undefined) =>
    insertRow(table, { key, values, ifNotExists, timestampMicros, ttlSeconds: first?.[0] });
  const rest: typeof groups = [
    ...(parts.length === 0 ? [] : [[first?.[0], parts] satisfies (typeof groups)[number]]),
    ...others,
  ];
  return [
    insert,
    ...rest.map(
      ([ttlSeconds, changes]) =>
        (timestampMicros: string | undefined) =>
          updateRow(table, { key, changes, timestampMicros, ttlSeconds }),
    ),
  ];
}

function isWhole(change: Change): change is Extract<Change, { readonly kind: 'set' }> {
  return change.kind === 'set' && change.element === undefined && change.field === undefined;
}

function deleteUnit(context: UnitContext, key: RowKey, row: RowRead | null): Unit {
  const { table } = context;
  if (row === null) throw new EditError('The row is gone already: it was deleted, or it has expired.');
  const guard = isGuarded(context) ? rowGuard(table, row) : null;
  const make = [
    (timestampMicros: string | undefined) => deleteRow(table, { key, condition: guard?.condition, timestampMicros }),
  ];
  const notes = [
    ...(guard?.notes ?? []),
    ...maskedNotes(table, 'masked_deleted'),
    ...(isCounterTable(table) ? [note('counter'), note('counter_deleted')] : []),
  ];
  return unitOf(context, key, { make, notes, row, names: Object.keys(row.cells), mayResend: true });
}

type Move = Extract<RowChange, { readonly kind: 'move' }>;

function moveUnits(context: UnitContext, change: Move, row: RowRead | null, target: RowRead | null): readonly Unit[] {
  const { table, options } = context;
  if (isCounterTable(table)) {
    throw new EditError('Counters cannot be moved: a deleted counter stays gone, and a new one starts from nothing.');
  }
  if (row === null) throw new EditError(GONE);
  if (target !== null) throw new EditError('There is a row with the new key. Delete it first, or choose another key.');
  const moved = table.shape.columns
    .filter(({ kind }) => kind === 'regular')
    .map(({ name }) => movedCell(context, name, row, ownValue(change.edits ?? {}, name)));
  const writes = moved.flatMap((one) => one.writes);
  const make = insertMakers(context, change.to, writes);
  const notes = [note('marker'), ...moved.flatMap((one) => one.notes)];
  const mayResend = !addsToList(table, writes);
  const insert = unitOf(context, change.to, { make, notes, row: null, names: [], mayResend });
  const remove = deleteUnit(context, change.key, row);
  const isLogged = options.batch === 'logged';
  if (insert.partition !== remove.partition && !isLogged)
    return [{ ...insert, notes: [...notes, note('two_steps')] }, remove];
  if (insert.partition !== remove.partition) return [insert, remove];
  return [{ ...remove, mayResend, make: [...insert.make, ...remove.make], notes: [...notes, ...remove.notes] }];
}

/** A cell under the new key: with its TTLs, or with an edit's value and the TTL that the edit would have had in place. */
function movedCell(context: UnitContext, name: string, row: RowRead, edit: CellEdit | undefined): CellWrites {
  const { table, rules } = context;
  const column = columnNamed(table, name);
  const cell = ownValue(row.cells, name);
  const before = cell?.value ?? null;
  const value = stored(column, edit === undefined ? before : edited(column, before, edit));
  if (value === null) return { writes: [], notes: [] };
  const said = edit === undefined || 'by' in edit ? null : saidTtl(edit, rules);
  const whole = saidTtl({}, rules);
  const ttls = said ?? whole ?? keptTtls(column, cell, row, rules);
  const { writes, notes } = restored(column, value, ttls, rules, nothing(name));
  return { writes, notes: [...notes, ...ttlNotes(context, name, { cell, edit }, writes)] };
}

type Scope = Extract<RowChange, { readonly kind: 'delete_partition' | 'delete_range' }>;

/** @throws EditError: Cassandra takes no condition for more than a row */
function scopeUnit(context: UnitContext, change: Scope): Unit {
  const { table } = context;
  if (isGuarded(context)) {
    const what = change.kind === 'delete_range' ? 'a range of rows' : 'a partition';
    throw new EditError(
      `Cassandra takes no condition for the deletion of ${what}. Run it plain, or delete rows one by one.`,
    );
  }
  const make = (timestampMicros: string | undefined) =>
    change.kind === 'delete_partition'
      ? deletePartition(table, { key: change.key, timestampMicros })
      : deleteRange(table, { key: change.key, timestampMicros, from: change.from, to: change.to });
  const notes = [note('range'), ...(isCounterTable(table) ? [note('counter_deleted')] : [])];
  return unitOf(context, change.key, { make: [make], notes, row: null, names: [], mayResend: true });
}

interface UnitParts extends Pick<Unit, 'make' | 'notes' | 'mayResend'> {
  readonly row: RowRead | null;
  readonly names: readonly string[];
}

function unitOf({ table }: UnitContext, key: RowKey, { row, names, ...unit }: UnitParts): Unit {
  // Checked here, so that a refusal names its change.
  for (const make of unit.make) withLiterals(make(undefined));
  const times = names.map((name) => (row === null ? null : ownValue(row.cells, name)?.writeTimeMicros) ?? '0');
  return { ...unit, partition: partitionText(table, key), newestMicros: newestOf(times.map(BigInt)) };
}
