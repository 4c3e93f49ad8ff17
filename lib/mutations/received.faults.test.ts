import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_NODETOOL, nodetoolOfAll } from '@/lib/cassandra/test-nodetool';
import { testBed } from '@/lib/cassandra/test-support';
import type { MutationRequest, RowChange } from '@/lib/contract/mutations';
import { HAS_5_0 } from '@/lib/test-release';
import { plan, run } from './test-changes';

/** The statements that a review shows, against those that the nodes say they received: they trace every request. */

const KEYSPACE = 'ringside_received_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TYPE ${KEYSPACE}.odd (x int, "Odd y" text)`,
    `CREATE TABLE ${KEYSPACE}."OddTable" (p text, c int, "select" int, s int static, v int, w text, m map<text, int>, st set<text>, l list<int>, u odd, f frozen<map<int, text>>, b blob, d double, ts timestamp, du duration, "Odd ""name" text, PRIMARY KEY (p, c, "select"))`,
    `CREATE TABLE ${KEYSPACE}.counts (p int, c int, n counter, PRIMARY KEY (p, c))`,
  ],
);
const TABLE = 'OddTable';

beforeAll(() => (HAS_NODETOOL ? nodetoolOfAll(['settraceprobability', '1']) : undefined));
afterAll(() => (HAS_NODETOOL ? nodetoolOfAll(['settraceprobability', '0']) : undefined));

const WRITES = /^(INSERT|UPDATE|DELETE|BEGIN) /;

/** Texts of the writes to the test's tables that any node has traced, sorted. */
async function received(): Promise<string[]> {
  const { rows } = await plain.execute('SELECT parameters FROM system_traces.sessions', [], { fetchSize: 10_000 });
  return rows
    .map((row) => String(row.get('parameters')?.query ?? ''))
    .filter((query) => WRITES.test(query) && query.includes(KEYSPACE))
    .toSorted();
}

type Options = NonNullable<MutationRequest['options']>;
const OPTIONS: Options = {
  ...{ mode: 'guarded', consistency: 'QUORUM', serialConsistency: 'SERIAL', batch: 'row' },
  // Before 5.0 the TTLs of parts cannot be read, so they cannot be kept.
  ttl: HAS_5_0 ? 'keep' : 'table',
};
const TEXT = "it's; -- 'quoted' \"twice\" /* */\n\ttabbed\r\n👩‍🚀 $$ \\ ?";
const key = (p: string, c = 1) => ({ p, c, select: 1 });
const VALUES = {
  ...{ v: 1, w: TEXT, m: { "a'b": 1, b: 2 }, st: ['x', "y'"], l: [1, 2, 3], u: { x: 1, 'Odd y': "o'" } },
  ...{ f: [[1, "one'"]], b: '0x00ff', d: -0, ts: '2026-03-29T00:30:00.007Z', du: '1mo2d3ns', 'Odd "name': TEXT },
} satisfies Extract<RowChange, { kind: 'insert' }>['values'];

/** Every shape of a statement, on rows of one partition and another. */
function steps(p: string): { changes: RowChange[]; plain?: true; table?: string; options?: Partial<Options> }[] {
  const [one, other] = [key(p), key(`${p} other`)];
  const edit = (edits: Extract<RowChange, { kind: 'update' }>['edits'], of: RowChange['key'] = one): RowChange => ({
    ...{ kind: 'update', key: of, edits },
  });
  return [
    { changes: [{ kind: 'insert', key: one, values: VALUES, ttlSeconds: 50_000 }] },
    { changes: [{ kind: 'insert', key: other, values: VALUES }] },
    { changes: [edit({ v: { set: 2 }, w: { set: null } }), edit({ s: { set: 7 } }, { p })] },
    { changes: [edit({ m: { elements: [["a'b", 5]] }, st: { elements: [['z', true]] }, u: { fields: { x: null } } })] },
    { changes: [edit({ l: { append: [4] } }), edit({ l: { prepend: [0] } }, other)], options: { ttl: 3_000 } },
    { changes: [edit({ l: { elements: [[0, 9]] }, d: { set: 'NaN' } })], options: { ttl: 0 } },
    { changes: [edit({ v: { set: 3 } }), edit({ v: { set: 3 } }, other)], options: { batch: 'partition' } },
    { changes: [edit({ v: { set: 4 } }), edit({ v: { set: 4 } }, other)], plain: true, options: { batch: 'logged' } },
    { changes: [{ kind: 'move', key: one, to: key(p, 2), edits: { w: { set: `${TEXT}!` } } }] },
    { changes: [{ kind: 'move', key: other, to: key(p, 3) }] },
    { changes: [{ kind: 'delete', key: key(p, 3) }] },
    { changes: [{ kind: 'delete_range', key: { p }, from: { value: 1, inclusive: false } }], plain: true },
    { changes: [{ kind: 'delete_partition', key: { p } }], plain: true },
    { changes: [{ kind: 'update', key: { p: 1, c: 1 }, edits: { n: { by: '-5' } } }], table: 'counts' },
  ];
}

describe.runIf(HAS_NODETOOL)('a statement that is shown', () => {
  it.each(['guarded', 'plain'] as const)(
    'is received as it is, to the byte (%s)',
    { timeout: 300_000 },
    async (mode) => {
      const before = await received();
      const shown: string[] = [];
      for (const { changes, table = TABLE, ...step } of steps(`p ${mode}`)) {
        const options = { ...OPTIONS, ...step.options, mode: step.plain === true ? ('plain' as const) : mode };
        const planned = await plan(cluster, { keyspace: KEYSPACE, table, changes, options });
        expect(planned.refusals).toEqual([]);
        const { outcomes } = await run(cluster, planned);
        expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => 'applied'));
        shown.push(...planned.statements.map(({ cql }) => cql));
      }
      // A node writes its traces after it has answered.
      await expect
        .poll(async () => (await received()).length, { timeout: 60_000, interval: 500 })
        .toBeGreaterThanOrEqual(before.length + shown.length);
      expect(await received()).toEqual([...before, ...shown].toSorted());
    },
  );
});
