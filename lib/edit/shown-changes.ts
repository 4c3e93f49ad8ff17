import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, RowChange } from '@/lib/contract/mutations';
import type { RowKey } from '../cql/row-key';
import { keyColumn } from '../local/value-orders';
import { edited } from './cell';
import { type EditableRows, hasRow, partitionKeyOf, rowKeyOf, type Values, valueNamed } from './editable';
import { type ChangeEnding, type Endings, NO_ENDINGS } from './ending';
import type { ChangeQueue } from './queue';
import { columnNamed, isSame, keyText } from './table';

/** A cell whose edit waits. */
export interface ShownCell {
  /** As the row is shown without the edit. */
  readonly before: JsonValue;
  /** Seconds until the new value expires, 0 for never; undefined: nobody said. */
  readonly ttlSeconds: number | undefined;
  /** The value is no longer the one that was seen when it was edited: somebody else has changed it. */
  readonly hasChanged: boolean;
  /** How the last run of the edit ended. */
  readonly ending?: ChangeEnding | undefined;
}

/** A row with the changes that wait for it. */
export interface ShownRow {
  /** With all edits; the same array where there are none. */
  readonly values: Values;
  readonly fate: 'kept' | 'deleted' | 'moved';
  /** Of a row that moves: where to. */
  readonly to?: RowKey;
  /** Of a row that is deleted or moves: it is no longer as it was seen. */
  readonly hasChanged: boolean;
  /** Edited cells, by which of the row's values. */
  readonly cells: ReadonlyMap<number, ShownCell>;
  /** Of a row that is deleted or moves: how the last run of that ended. */
  readonly ending?: ChangeEnding | undefined;
}

type Insert = Extract<RowChange, { readonly kind: 'insert' }>;
type Range = Extract<RowChange, { readonly kind: 'delete_range' }>;

const NO_CELLS: ReadonlyMap<number, ShownCell> = new Map();

/** Texts of keys stay with their rows: they outlive any one queue. */
export class KeyTexts {
  readonly #rows = new WeakMap<Values, { row: string; partition: string } | null>();

  constructor(private readonly rows: EditableRows) {}

  /** Null: the key is none that can be written. */
  of(values: Values): { readonly row: string; readonly partition: string } | null {
    const known = this.#rows.get(values);
    if (known !== undefined) return known;
    const made = this.#textsOf(values);
    this.#rows.set(values, made);
    return made;
  }

  #textsOf(values: Values) {
    const { rows } = this;
    try {
      const partition = keyText(rows.table, partitionKeyOf(rows, values));
      return { partition, row: hasRow(rows, values) ? keyText(rows.table, rowKeyOf(rows, values)) : partition };
    } catch {
      // A value that cannot be written back: no change can be about this row.
      return null;
    }
  }
}

/** What the changes that wait make of the rows that are shown, by key: asked for each row that is drawn. */
export class ShownChanges {
  /** New rows, in the order in which they were added. */
  readonly inserts: readonly Insert[];
  readonly #byKey = new Map<string, RowChange>();
  readonly #partitions = new Map<string, RowChange>();
  readonly #ranges: readonly Range[];
  readonly #shown = new WeakMap<Values, ShownRow>();

  constructor(
    private readonly rows: EditableRows,
    private readonly texts: KeyTexts,
    private readonly queue: ChangeQueue,
    private readonly endings: Endings = NO_ENDINGS,
  ) {
    const { changes } = queue;
    this.inserts = changes.filter((change): change is Insert => change.kind === 'insert');
    this.#ranges = changes.filter((change): change is Range => change.kind === 'delete_range');
    for (const change of changes) {
      const text = keyText(rows.table, change.key);
      if (change.kind === 'delete_partition') this.#partitions.set(text, change);
      else if (change.kind !== 'delete_range' && change.kind !== 'insert') this.#byKey.set(text, change);
    }
  }

  get isEmpty(): boolean {
    return this.queue.changes.length === 0;
  }

  of(values: Values): ShownRow {
    const known = this.#shown.get(values);
    if (known !== undefined) return known;
    const shown = this.#rowOf(values);
    this.#shown.set(values, shown);
    return shown;
  }

  #rowOf(values: Values): ShownRow {
    const plain: ShownRow = { values, fate: 'kept', hasChanged: false, cells: NO_CELLS };
    if (this.isEmpty) return plain;
    const texts = this.texts.of(values);
    if (texts === null) return plain;
    const own = texts.row === texts.partition ? undefined : this.#byKey.get(texts.row);
    const statics = this.#byKey.get(texts.partition);
    const shown = [own, statics].reduce((row, change) => this.#with(row, values, change), plain);
    const gone = this.#partitions.get(texts.partition) ?? this.#ranges.find((range) => this.#isIn(range, values));
    return gone === undefined ? shown : { ...shown, fate: 'deleted', ending: this.endings.get(gone) };
  }

  #with(row: ShownRow, values: Values, change: RowChange | undefined): ShownRow {
    return change === undefined ? row : withChange(this.rows, row, values, change, this.endings.get(change));
  }

  /** How the last run of a new row ended. */
  endingOf(insert: Insert): ChangeEnding | undefined {
    return this.endings.get(insert);
  }

  /** Clustering columns that are not in the range's key are compared with its bounds, in the order of their type. */
  #isIn({ key, from, to }: Range, values: Values): boolean {
    const { rows } = this;
    const { table } = rows;
    const isOther = (name: string) =>
      Object.hasOwn(key, name) &&
      !isSame(columnNamed(table, name), ownValue(key, name) ?? null, valueNamed(rows, values, name));
    if (!hasRow(rows, values) || [...table.shape.partitionKey, ...table.shape.clusteringKey].some(isOther))
      return false;
    const bounded = table.shape.clusteringKey.find((name) => !Object.hasOwn(key, name));
    if (bounded === undefined) return true;
    const order = (bound: JsonValue): number => {
      const keys = keyColumn(columnNamed(table, bounded).type);
      keys?.add(valueNamed(rows, values, bounded));
      keys?.add(bound);
      return keys?.compare(0, 1) ?? 0;
    };
    const isAfter = from === undefined || order(from.value) > (from.inclusive ? -1 : 0);
    return isAfter && (to === undefined || order(to.value) < (to.inclusive ? 1 : 0));
  }
}

function withChange(
  rows: EditableRows,
  shown: ShownRow,
  values: Values,
  change: RowChange,
  ending: ChangeEnding | undefined,
): ShownRow {
  if (change.kind === 'insert') return shown;
  if (change.kind === 'delete') {
    return { ...shown, fate: 'deleted', hasChanged: differs(rows, values, change.seen), ending };
  }
  if (change.kind !== 'update' && change.kind !== 'move') return shown;
  const cells = new Map(shown.cells);
  const next = [...shown.values];
  for (const [name, edit] of Object.entries(change.edits ?? {})) {
    const source = rows.sources.get(name);
    if (source === undefined) continue;
    const before = values[source] ?? null;
    const seen = change.seen == null ? undefined : ownValue(change.seen, name);
    const column = columnNamed(rows.table, name);
    const hasChanged = seen !== undefined && !isSame(column, seen, before);
    cells.set(source, { before, ttlSeconds: 'by' in edit ? undefined : edit.ttlSeconds, hasChanged, ending });
    next[source] = afterEdit(rows, name, before, edit);
  }
  const edited = { ...shown, values: next, cells };
  if (change.kind === 'update') return edited;
  return { ...edited, fate: 'moved', to: change.to, hasChanged: differs(rows, values, change.seen), ending };
}

/** The row may have changed so that the edit no longer fits, such as a list that is shorter now: the review says so. */
function afterEdit(rows: EditableRows, name: string, before: JsonValue, edit: CellEdit): JsonValue {
  try {
    return edited(columnNamed(rows.table, name), before, edit);
  } catch {
    return before;
  }
}

function differs(rows: EditableRows, values: Values, seen: Readonly<Record<string, JsonValue>> | null | undefined) {
  if (seen == null) return false;
  return Object.entries(seen).some(([name, value]) => {
    const source = rows.sources.get(name);
    return source !== undefined && !isSame(columnNamed(rows.table, name), value, values[source] ?? null);
  });
}
