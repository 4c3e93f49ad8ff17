import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { testBed } from '@/lib/cassandra/test-support';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, CellRead, MutationRequest, RowChange, RowRead } from '@/lib/contract/mutations';
import type { TableColumn } from '@/lib/contract/schema';
import type { RowKey } from '@/lib/cql/row-key';
import { edited } from '@/lib/edit/cell';
import { columnNamed, type EditTable, isSame, keyText, stored } from '@/lib/edit/table';
import { changedTable } from './table';
import { plan, run } from './test-changes';
import { anyValue, randomColumns, randomEdit, tableDdl, typeDdl, typeOf } from './test-random-table';

const KEYSPACE = 'ringside_random_edits';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [typeDdl(KEYSPACE), `CREATE TABLE ${KEYSPACE}.counts (p int, c int, n counter, m counter, PRIMARY KEY (p, c))`],
);
const [TABLES, STEPS] = [8, 12];
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
  const named = (kind: TableColumn['kind']) => {
    const own = columns.filter((one) => one.kind === kind);
    return fc
      .tuple(...own.map((one) => anyValue(typeOf(one)).filter((value) => value !== '' && value !== '0x')))
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

/** A change that fits what is there. */
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
      free.length === 0 ? [] : [fc.constantFrom(...free).map((to): RowChange => ({ kind: 'move', key, to }))];
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
  if (change.kind === 'move') return old;
  if (change.kind !== 'update') return null;
  const edits = Object.entries(change.edits).map(([name, edit]): [string, JsonValue] => [
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

/** Every cell that the change does not name is as it was, to the write time. */
function expectUntouched(
  before: ReadonlyMap<string, RowRead | null>,
  after: ReadonlyMap<string, RowRead | null>,
  table: EditTable,
  change: RowChange,
) {
  const own = new Set([keyText(table, change.key), ...(change.kind === 'move' ? [keyText(table, change.to)] : [])]);
  for (const [key, row] of before) {
    const names = Object.keys(row?.cells ?? {}).filter(
      (name) => !own.has(key) || (change.kind === 'update' && !Object.hasOwn(change.edits, name)),
    );
    const now = after.get(key) ?? null;
    // A partition's statics are read as no row where nothing else is left of it.
    for (const name of now === null ? [] : names) {
      const [old, next] = [row?.cells[name], now?.cells[name]];
      expect(next && aged(next), `${name} after ${JSON.stringify(change)}`).toEqual(old && aged(old));
    }
  }
}

describe('random changes of random tables', () => {
  let tables = 0;
  const scenario = randomColumns.chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      keys: keysOf(columns),
      defaultTtl: fc.constantFrom(0, 0, 35_000),
      modes: fc.array(fc.constantFrom('guarded' as const, 'plain' as const), { minLength: STEPS, maxLength: STEPS }),
      seed: fc.nat(),
    }),
  );

  it('leave what a model says, touch nothing else, and are undone', { timeout: 240_000 }, async () => {
    let applied = 0;
    const property = fc.asyncProperty(scenario, async ({ columns, keys, defaultTtl, modes, seed }) => {
      const name = `t${tables++}`;
      const bench = await benchOf(name, columns, defaultTtl, keys);
      const { table } = bench;
      for (const [step, mode] of modes.entries()) {
        const before = await bench.state();
        const [change] = fc.sample(changeFor(bench, before), { numRuns: 1, seed: seed + step });
        if (change === undefined) continue;
        const asked = (changes: RowChange[]): MutationRequest => ({
          keyspace: KEYSPACE,
          table: name,
          changes,
          options: { ...DEFAULTS, mode },
        });
        const planned = await plan(cluster, asked([change]));
        if (planned.token === null) continue;
        const { outcomes, end } = await run(cluster, planned);
        const says = JSON.stringify([change, planned.statements.map(({ cql }) => cql), outcomes]);
        expect(
          outcomes.map(({ outcome }) => outcome),
          says,
        ).toEqual(outcomes.map(() => 'applied'));
        applied += outcomes.length;
        const after = await bench.state();
        const at = change.kind === 'move' ? change.to : change.key;
        const old = before.get(keyText(table, change.key)) ?? null;
        expectValues(
          table,
          after.get(keyText(table, at)),
          survivor(table, after, at, modelled(table, old, change)),
          says,
        );
        if (change.kind === 'move') expect(after.get(keyText(table, change.key)), says).toBeNull();
        expectUntouched(before, after, table, change);
        if (step % 2 === 0 || end.undo.length === 0) continue;
        const undo = await plan(cluster, asked(end.undo));
        if (undo.token === null) {
          // An empty row may have had no marker, and what has no literal was never written by a statement.
          expect(undo.refusals.map(({ message }) => message).join(), says).toMatch(
            /gone|Nothing changes|null|literal|TTLs/,
          );
          continue;
        }
        const undone = await run(cluster, undo);
        expect(
          undone.outcomes.map(({ outcome }) => outcome),
          JSON.stringify([says, undo.statements, undone.outcomes]),
        ).toEqual(undone.outcomes.map(() => 'applied'));
        const back = (await bench.state()).get(keyText(table, change.key)) ?? null;
        if (old !== null || change.kind !== 'update')
          expectValues(table, back, old === null ? null : valuesIn(old), [says, undo.statements]);
        for (const cell of Object.keys(old?.cells ?? {})) {
          if (old === null || stored(columnNamed(table, cell), old.cells[cell]?.value ?? null) === null) continue;
          if (columnNamed(table, cell).type.kind === 'list') continue;
          expect(ttlsOf(back?.cells[cell]), `${cell} ${JSON.stringify([says, undo.statements])}`).toEqual(
            ttlsOf(old.cells[cell]),
          );
        }
      }
    });
    await fc.assert(property, { numRuns: TABLES, endOnFailure: true });
    expect(applied).toBeGreaterThan(TABLES * 3);
  });
});

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
