import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { testBed } from '@/lib/cassandra/test-support';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, CellRead, MutationPlan, MutationRequest, RowChange, RowRead } from '@/lib/contract/mutations';
import type { TableColumn } from '@/lib/contract/schema';
import type { RowKey } from '@/lib/cql/row-key';
import { edited } from '@/lib/edit/cell';
import { columnNamed, type EditTable, isSame, keyText, partitionText, stored, valueText } from '@/lib/edit/table';
import { changedTable } from './table';
import { plan, run } from './test-changes';
import { anyValue, randomColumns, randomEdit, tableDdl, typeDdl, typeOf } from './test-random-table';

const KEYSPACE = 'ringside_random_edits';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [typeDdl(KEYSPACE), `CREATE TABLE ${KEYSPACE}.counts (p int, c int, n counter, m counter, PRIMARY KEY (p, c))`],
);
/** More of them find more. */
const TABLES = Number(process.env.RINGSIDE_RANDOM_TABLES ?? 8);
/** A failed run names its seed; with it the same tables and edits come again. */
const SEED = process.env.RINGSIDE_RANDOM_SEED;
const STEPS = 12;
const TTL_STEP_SECONDS = 10_000;

/** What stands in the table, by Ringside's reading of single rows; the first test compares that with the driver's. */
class Bench {
  readonly columns: readonly TableColumn[];
  readonly table: EditTable;
  readonly keys: readonly RowKey[];
  readonly #rows: EditRows;

  constructor(rows: EditRows, table: EditTable, columns: readonly TableColumn[], keys: readonly RowKey[]) {
    this.#rows = rows;
    this.table = table;
    this.columns = columns;
    this.keys = keys;
  }

  /** Keys of all rows and partitions that the test may touch, with what is there. */
  async state(): Promise<Map<string, RowRead | null>> {
    const partitions = this.hasStatics ? this.keys.map((key) => this.partition(key)) : [];
    const all = [...this.keys, ...partitions];
    const read = all.map(
      async (key): Promise<[string, RowRead | null]> => [
        keyText(this.table, key),
        await this.#rows.read(key, 'ALL', new AbortController().signal),
      ],
    );
    return new Map(await Promise.all(read));
  }

  get hasStatics(): boolean {
    return this.columns.some(({ kind }) => kind === 'static');
  }

  partition(key: RowKey): RowKey {
    return Object.fromEntries(this.table.shape.partitionKey.map((name) => [name, key[name] ?? null]));
  }
}

async function benchOf(name: string, columns: readonly TableColumn[], defaultTtl: number, keys: readonly RowKey[]) {
  await plain.execute(tableDdl(KEYSPACE, name, columns, defaultTtl));
  const client = await cluster.client();
  const table = await changedTable(cluster, client, { keyspace: KEYSPACE, table: name });
  return new Bench(new EditRows(cluster, client, table, 10_000), table, columns, keys);
}

/** Six different keys of at most two partitions. */
function keysOf(columns: readonly TableColumn[]): fc.Arbitrary<RowKey[]> {
  const named = (kind: 'partition_key' | 'clustering') => {
    const own = columns.filter((one) => one.kind === kind);
    // Only a partition key of one column may not be empty; and nodes fail to compare keys with an empty boolean in a list.
    const isFit = (value: JsonValue) =>
      kind === 'clustering' ? !Array.isArray(value) || !value.includes('') : value !== '' && value !== '0x';
    return fc
      .tuple(...own.map((one) => anyValue(typeOf(one)).filter(isFit)))
      .map((values) => Object.fromEntries(own.map(({ name }, at): [string, JsonValue] => [name, values[at] ?? null])));
  };
  return fc
    .tuple(
      fc.array(named('partition_key'), { minLength: 2, maxLength: 2 }),
      fc.array(named('clustering'), { minLength: 3, maxLength: 3 }),
    )
    .map(([partitions, rows]) => partitions.flatMap((partition) => rows.map((row) => ({ ...partition, ...row }))));
}

const cellsOf = (columns: readonly TableColumn[], kind: TableColumn['kind']) =>
  columns.filter((one) => one.kind === kind);

/** A few changes that fit what is there, of different rows. */
function changesFor(
  bench: Bench,
  state: ReadonlyMap<string, RowRead | null>,
  mode: 'guarded' | 'plain',
): fc.Arbitrary<RowChange[]> {
  const several = fc.array(changeFor(bench, state), { minLength: 1, maxLength: 3 }).map((changes) => {
    const taken = new Set<string>();
    return changes.filter((change) => {
      const own = touchedKeys(bench, change);
      if (own.some((key) => taken.has(key))) return false;
      for (const key of own) taken.add(key);
      return true;
    });
  });
  if (mode === 'guarded') return several;
  return fc.oneof(
    { weight: 9, arbitrary: several },
    { weight: 1, arbitrary: scopeFor(bench).map((change) => [change]) },
  );
}

/** The deletion of a partition, or of its rows with one value of a clustering column. */
function scopeFor({ keys, table }: Bench): fc.Arbitrary<RowChange> {
  const { clusteringKey, partitionKey } = table.shape;
  return fc.tuple(fc.constantFrom(...keys), fc.boolean()).map(([of, isRange]): RowChange => {
    const key = Object.fromEntries(partitionKey.map((name) => [name, of[name] ?? null]));
    const [first] = clusteringKey;
    if (!isRange || first === undefined) return { kind: 'delete_partition', key };
    const bound = { value: of[first] ?? null, inclusive: true };
    return { kind: 'delete_range', key, from: bound, to: bound };
  });
}

/** Texts of the keys of all rows, and of the partition for its statics, that a change may touch. */
function touchedKeys({ keys, table }: Bench, change: RowChange): string[] {
  const own = (key: RowKey) => keyText(table, key);
  if (change.kind === 'move') return [own(change.key), own(change.to)];
  if (change.kind !== 'delete_partition' && change.kind !== 'delete_range') return [own(change.key)];
  const partition = partitionText(table, change.key);
  const rows = keys.filter((key) => partitionText(table, key) === partition);
  if (change.kind === 'delete_partition') return [...rows.map(own), partition];
  const [first = ''] = table.shape.clusteringKey;
  const column = columnNamed(table, first);
  const value = change.from?.value ?? null;
  return rows.filter((key) => valueText(column.type, key[first] ?? null) === valueText(column.type, value)).map(own);
}

/** A change of one row that fits what is there. */
function changeFor(bench: Bench, state: ReadonlyMap<string, RowRead | null>): fc.Arbitrary<RowChange> {
  const { columns, table } = bench;
  const keys = [...new Map(bench.keys.map((key) => [keyText(table, key), key])).values()];
  return fc.constantFrom(...keys).chain((key): fc.Arbitrary<RowChange> => {
    const row = state.get(keyText(table, key)) ?? null;
    const free = keys.filter((other) => state.get(keyText(table, other)) === null);
    const insert = valuesFor(cellsOf(columns, 'regular')).chain((values) =>
      fc
        .option(fc.constantFrom(15_000, 25_000))
        .map(
          (ttlSeconds): RowChange => ({ kind: 'insert', key, values, ...(ttlSeconds === null ? {} : { ttlSeconds }) }),
        ),
    );
    const statics = bench.hasStatics ? [staticFor(bench, state, key)] : [];
    if (row === null)
      return fc.oneof({ weight: 4, arbitrary: insert }, ...statics.map((arbitrary) => ({ weight: 1, arbitrary })));
    const update = editsFor(cellsOf(columns, 'regular'), row).map(
      (edits): RowChange => ({ kind: 'update', key, edits }),
    );
    const others = fc.constant<RowChange>({ kind: 'delete', key });
    const move =
      free.length === 0
        ? []
        : [
            fc
              .tuple(fc.constantFrom(...free), fc.option(editsFor(cellsOf(columns, 'regular'), row)))
              .map(([to, edits]): RowChange => ({ kind: 'move', key, to, ...(edits === null ? {} : { edits }) })),
          ];
    const rare = [others, ...move, ...statics].map((arbitrary) => ({ weight: 1, arbitrary }));
    return fc.oneof({ weight: 6, arbitrary: update }, ...rare);
  });
}

function staticFor(bench: Bench, state: ReadonlyMap<string, RowRead | null>, of: RowKey): fc.Arbitrary<RowChange> {
  const key = bench.partition(of);
  const edits = editsFor(cellsOf(bench.columns, 'static'), state.get(keyText(bench.table, key)) ?? null);
  return edits.map((some) => ({ kind: 'update', key, edits: some }));
}

function valuesFor(columns: readonly TableColumn[]): fc.Arbitrary<Record<string, JsonValue>> {
  return fc
    .tuple(...columns.map((one) => fc.option(anyValue(typeOf(one)))))
    .map((values) =>
      Object.fromEntries(
        columns.flatMap(({ name }, at): [string, JsonValue][] =>
          values[at] == null ? [] : [[name, values[at] ?? null]],
        ),
      ),
    );
}

function editsFor(columns: readonly TableColumn[], row: RowRead | null): fc.Arbitrary<Record<string, CellEdit>> {
  return fc
    .subarray([...columns], { minLength: 1, maxLength: Math.min(3, columns.length) })
    .chain((some) =>
      fc
        .tuple(
          ...some.map((one) =>
            randomEdit(typeOf(one), (row === null ? null : ownValue(row.cells, one.name)?.value) ?? null),
          ),
        )
        .map((edits) =>
          Object.fromEntries(some.map(({ name }, at): [string, CellEdit] => [name, edits[at] ?? { set: null }])),
        ),
    );
}

/** What a row's cells should be after a change; null: no row. */
function modelled(table: EditTable, before: RowRead | null, change: RowChange): Record<string, JsonValue> | null {
  const cells = before?.cells ?? {};
  const old = Object.fromEntries(Object.entries(cells).map(([name, { value }]): [string, JsonValue] => [name, value]));
  if (change.kind === 'insert') return change.values;
  if (change.kind !== 'update' && change.kind !== 'move') return null;
  const edits = Object.entries(change.edits ?? {}).map(([name, edit]): [string, JsonValue] => [
    name,
    edited(columnNamed(table, name), old[name] ?? null, edit),
  ]);
  return { ...old, ...Object.fromEntries(edits) };
}

function expectValues(
  table: EditTable,
  row: RowRead | null | undefined,
  wanted: Record<string, JsonValue> | null,
  what: unknown,
) {
  const says = JSON.stringify(what);
  expect(row === null, says).toBe(wanted === null);
  for (const [name, cell] of Object.entries(row?.cells ?? {})) {
    const value = wanted === null ? null : (ownValue(wanted, name) ?? null);
    expect(
      isSame(columnNamed(table, name), cell.value, value),
      `${says} ${name}: ${JSON.stringify([cell.value, value])}`,
    ).toBe(true);
  }
}

const stepOf = (ttl: number | null) => (ttl === null ? null : Math.ceil(ttl / TTL_STEP_SECONDS));
/** A cell without what the run of time changes. */
const aged = ({ value, writeTimeMicros, ttlSeconds, parts }: CellRead) => ({
  ...{ value, writeTimeMicros, ttl: stepOf(ttlSeconds) },
  parts: parts?.map((part) => [part.writeTimeMicros, stepOf(part.ttlSeconds)]) ?? null,
});
const ttlsOf = (cell: CellRead | undefined) => [
  stepOf(cell?.ttlSeconds ?? null),
  cell?.parts?.map(({ ttlSeconds }) => stepOf(ttlSeconds)) ?? null,
];

/** Every cell that no change names is as it was, to the write time. */
function expectUntouched(
  bench: Bench,
  before: ReadonlyMap<string, RowRead | null>,
  after: ReadonlyMap<string, RowRead | null>,
  changes: readonly RowChange[],
) {
  const named = (key: string, name: string) =>
    changes.some(
      (change) =>
        touchedKeys(bench, change).includes(key) && (change.kind !== 'update' || Object.hasOwn(change.edits, name)),
    );
  for (const [key, row] of before) {
    const now = after.get(key) ?? null;
    // A partition's statics are read as no row where nothing else is left of it.
    for (const name of now === null ? [] : Object.keys(row?.cells ?? {})) {
      if (named(key, name)) continue;
      const [old, next] = [row?.cells[name], now?.cells[name]];
      expect(next && aged(next), `${name} after ${JSON.stringify(changes)}`).toEqual(old && aged(old));
    }
  }
}

/** The rows that changes touched are as a model says. */
function expectModelled(
  bench: Bench,
  before: ReadonlyMap<string, RowRead | null>,
  after: ReadonlyMap<string, RowRead | null>,
  changes: readonly RowChange[],
  says: string,
) {
  const { table } = bench;
  for (const change of changes) {
    if (change.kind === 'delete_partition' || change.kind === 'delete_range') {
      for (const key of touchedKeys(bench, change)) expectGone(table, after.get(key), says);
      continue;
    }
    const at = change.kind === 'move' ? change.to : change.key;
    const old = before.get(keyText(table, change.key)) ?? null;
    const wanted = survivor(table, after, at, modelled(table, old, change));
    expectValues(table, after.get(keyText(table, at)), wanted, says);
    if (change.kind === 'move') expect(after.get(keyText(table, change.key)), says).toBeNull();
  }
}

/** Statics that are gone are read as no row, or as nulls where rows are left. */
function expectGone(table: EditTable, row: RowRead | null | undefined, says: string) {
  for (const [name, { value }] of Object.entries(row?.cells ?? {}))
    expect(stored(columnNamed(table, name), value), says).toBeNull();
}

/** What an undo brought back: each row as it was before, with its TTLs. */
function expectBack(
  { table }: Bench,
  before: ReadonlyMap<string, RowRead | null>,
  back: ReadonlyMap<string, RowRead | null>,
  changes: readonly RowChange[],
  says: unknown,
) {
  for (const change of changes) {
    const old = before.get(keyText(table, change.key)) ?? null;
    const now = back.get(keyText(table, change.key)) ?? null;
    if (old !== null || change.kind !== 'update') expectValues(table, now, old === null ? null : valuesIn(old), says);
    for (const [name, cell] of Object.entries(old?.cells ?? {})) {
      const column = columnNamed(table, name);
      if (stored(column, cell.value) === null || column.type.kind === 'list') continue;
      expect(ttlsOf(now?.cells[name]), `${name} ${JSON.stringify(says)}`).toEqual(ttlsOf(cell));
    }
  }
}

/** Every value that a change writes has the TTL that the options say. */
function expectTtl(
  { table }: Bench,
  after: ReadonlyMap<string, RowRead | null>,
  changes: readonly RowChange[],
  ttl: number,
) {
  for (const change of changes) {
    if (change.kind !== 'update') continue;
    for (const [name, edit] of Object.entries(change.edits)) {
      const cell = after.get(keyText(table, change.key))?.cells[name];
      if (!('set' in edit) || cell?.value == null || columnNamed(table, name).type.kind !== 'native') continue;
      expect(stepOf(cell.ttlSeconds), JSON.stringify([change, cell])).toBe(ttl === 0 ? null : stepOf(ttl));
    }
  }
}

const step = fc.record({
  mode: fc.constantFrom('guarded' as const, 'plain' as const),
  batch: fc.constantFrom('row' as const, 'row' as const, 'partition' as const, 'logged' as const),
  ttl: fc.constantFrom('keep' as const, 'keep' as const, 'keep' as const, 'table' as const, 0, 45_000),
});
/** Why a change that fits what is there may be refused: what has no literal was never written by a statement. */
const MAY_BE_REFUSED = /literal|got ""|Nothing changes|TTLs in .* cannot be read|frozen|null/;

describe('random changes of random tables', () => {
  let tables = 0;
  const scenario = randomColumns.chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      keys: keysOf(columns),
      defaultTtl: fc.constantFrom(0, 0, 35_000),
      steps: fc.array(step, { minLength: STEPS, maxLength: STEPS }),
      seed: fc.nat(),
    }),
  );

  it('leave what a model says, touch nothing else, and are undone', { timeout: TABLES * 60_000 }, async () => {
    let [applied, undone] = [0, 0];
    const property = fc.asyncProperty(scenario, async ({ columns, keys, defaultTtl, steps, seed }) => {
      const bench = await benchOf(`t${tables++}`, columns, defaultTtl, keys);
      for (const [at, { mode, batch, ttl }] of steps.entries()) {
        const before = await bench.state();
        const [asked = []] = fc.sample(changesFor(bench, before, mode), { numRuns: 1, seed: seed + at });
        // Conditions are for one partition.
        const options = { ...DEFAULTS, mode, ttl, batch: mode === 'guarded' && batch === 'logged' ? 'row' : batch };
        const planned = await plan(cluster, requestOf(bench, asked, options));
        for (const { message } of planned.refusals) expect(message).toMatch(MAY_BE_REFUSED);
        if (planned.token === null) continue;
        const { outcomes, end } = await run(cluster, planned);
        const says = JSON.stringify([asked, planned.statements.map(({ cql }) => cql), outcomes]);
        // A busy node left it open: no model says what this table has from now on.
        if (outcomes.some(({ outcome }) => outcome === 'unknown')) return;
        expect(
          outcomes.map(({ outcome }) => outcome),
          says,
        ).toEqual(outcomes.map(() => 'applied'));
        applied += outcomes.length;
        const made = new Set(planned.statements.flatMap(({ changes }) => changes));
        const changes = planned.changes.filter((_, index) => made.has(index));
        const after = await bench.state();
        expectModelled(bench, before, after, changes, says);
        expectUntouched(bench, before, after, changes);
        if (typeof ttl === 'number') expectTtl(bench, after, changes, ttl);
        if (at % 2 === 0 || end.undo.length === 0) continue;
        const taken = await undo(bench, before, { changes, undo: end.undo, mode, says });
        if (taken === null) return;
        undone += taken;
      }
    });
    const seed = SEED === undefined ? {} : { seed: Number(SEED) };
    await fc.assert(property, { numRuns: TABLES, endOnFailure: true, ...seed });
    expect(applied).toBeGreaterThan(TABLES * 3);
    expect(undone).toBeGreaterThan(TABLES);
  });

  interface Undoing {
    readonly changes: readonly RowChange[];
    readonly undo: RowChange[];
    readonly mode: 'guarded' | 'plain';
    readonly says: string;
  }
  /** @returns how many statements were undone; null: not known */
  async function undo(
    bench: Bench,
    before: ReadonlyMap<string, RowRead | null>,
    { changes, undo: asked, mode, says }: Undoing,
  ): Promise<number | null> {
    const planned = await plan(cluster, requestOf(bench, asked, { ...DEFAULTS, mode }));
    // An emptied row may have had no marker.
    for (const { message } of planned.refusals) expect(message, says).toMatch(/gone|Nothing changes|null|literal|TTLs/);
    if (planned.token === null) return 0;
    const { outcomes } = await run(cluster, planned);
    const all = [says, planned.statements, outcomes];
    if (outcomes.some(({ outcome }) => outcome === 'unknown')) return null;
    expect(
      outcomes.map(({ outcome }) => outcome),
      JSON.stringify(all),
    ).toEqual(outcomes.map(() => 'applied'));
    const made = new Set(planned.statements.flatMap((one) => one.changes).map((index) => keyOf(bench, planned, index)));
    const back = changes.filter((change) =>
      made.has(keyText(bench.table, change.kind === 'move' ? change.to : change.key)),
    );
    expectBack(bench, before, await bench.state(), back, all);
    return outcomes.length;
  }
});

function keyOf({ table }: Bench, { changes }: MutationPlan, index: number): string {
  return keyText(table, changes[index]?.key ?? {});
}

function requestOf({ table }: Bench, changes: RowChange[], options: MutationRequest['options']): MutationRequest {
  return { keyspace: KEYSPACE, table: table.table, changes, ...(options === undefined ? {} : { options }) };
}

describe('random counts', () => {
  const deltas = fc.array(
    fc.record({
      c: fc.nat(2),
      n: fc.option(fc.integer({ min: -9, max: 9 })),
      m: fc.option(fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n })),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('are added up for each row, once, and taken back', async () => {
    let p = 0;
    const property = fc.asyncProperty(deltas, async (counts) => {
      const key = ++p;
      const changes = counts.flatMap(({ c, n, m }): RowChange[] => {
        const edits = {
          ...(n === null ? {} : { n: { by: String(n) } }),
          ...(m === null ? {} : { m: { by: String(m) } }),
        };
        return Object.keys(edits).length === 0 ? [] : [{ kind: 'update', key: { p: key, c }, edits }];
      });
      if (changes.length === 0) return;
      const asked = (some: RowChange[]) =>
        plan(cluster, {
          keyspace: KEYSPACE,
          table: 'counts',
          changes: some,
          options: { ...DEFAULTS, batch: 'partition' },
        });
      const { outcomes, end } = await run(cluster, await asked(changes));
      expect(outcomes).toMatchObject([{ outcome: 'applied', mayResend: false }]);
      const sums = async () => (await plain.execute(`SELECT c, n, m FROM ${KEYSPACE}.counts WHERE p = ${key}`)).rows;
      for (const row of await sums()) {
        const own = counts.filter(({ c }) => c === row.get('c'));
        expect(BigInt(row.get('n') ?? 0)).toBe(own.reduce((sum, { n }) => sum + BigInt(n ?? 0), 0n));
        expect(BigInt(row.get('m') ?? 0)).toBe(own.reduce((sum, { m }) => sum + (m ?? 0n), 0n));
      }
      await run(cluster, await asked(end.undo));
      for (const row of await sums()) expect([BigInt(row.get('n') ?? 0), BigInt(row.get('m') ?? 0)]).toEqual([0n, 0n]);
    });
    await fc.assert(property, { numRuns: 10, endOnFailure: true });
  });
});

const DEFAULTS = { consistency: 'ALL', serialConsistency: 'SERIAL', ttl: 'keep', batch: 'row' } as const;

function valuesIn({ cells }: RowRead): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(cells).map(([name, { value }]): [string, JsonValue] => [name, value]));
}

/** A row that was emptied may have vanished with its last value; a partition without static values is none. */
function survivor(
  table: EditTable,
  after: ReadonlyMap<string, RowRead | null>,
  key: RowKey,
  wanted: Record<string, JsonValue> | null,
) {
  const isEmpty =
    wanted !== null &&
    Object.entries(wanted).every(([name, value]) => stored(columnNamed(table, name), value) === null);
  return isEmpty && after.get(keyText(table, key)) === null ? null : wanted;
}
