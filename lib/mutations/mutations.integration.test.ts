import type { tracker } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { NODES } from '@/lib/cassandra/test-ring';
import { clusterConfig, failureOf, testBed } from '@/lib/cassandra/test-support';
import type { MutationRequest, RowChange } from '@/lib/contract/mutations';
import { ANONYMOUS } from '@/lib/contract/principal';
import { HAS_5_0 } from '@/lib/test-release';
import { takePlan } from './reviewed';
import { plan, run } from './test-changes';

const KEYSPACE = 'ringside_mutations_test';
const LACKING = 'ringside_mutations_lacking';
const { cluster, plain } = testBed(
  [KEYSPACE, LACKING],
  [
    `CREATE TYPE ${KEYSPACE}.pair (x int, y text)`,
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, s int static, v int, w text, m map<text, int>, st set<int>, l list<int>, u pair, f frozen<list<int>>, d decimal, PRIMARY KEY (p, c)) WITH CLUSTERING ORDER BY (c DESC)`,
    `CREATE TABLE ${KEYSPACE}.maps (p int PRIMARY KEY, byid map<uuid, int>, bytiny map<tinyint, int>, bybool map<boolean, int>)`,
    `CREATE TABLE ${KEYSPACE}.aging (p int PRIMARY KEY, v int, w int) WITH default_time_to_live = 5000`,
    `CREATE TABLE ${LACKING}.t (p int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.counts (p int, c int, n counter, PRIMARY KEY (p, c))`,
  ],
);

const TTL_STEP_SECONDS = 1_000;
type Options = MutationRequest['options'];
const ask = (changes: RowChange[], options: Options = undefined, table = 't'): MutationRequest => ({
  ...{ keyspace: KEYSPACE, table, changes },
  ...(options === undefined ? {} : { options }),
});
const PLAIN: Options = { mode: 'plain' };
const change = async (changes: RowChange[], options?: Options, table?: string) =>
  run(cluster, await plan(cluster, ask(changes, options, table)));
const cql = (text: string) => plain.execute(text.replaceAll('ks.', `${KEYSPACE}.`));
const json = async (text: string) =>
  (await cql(text)).rows.map((row): unknown => JSON.parse(String(row.get('[json]'))));
const row = (p: number, c = 1) => json(`SELECT JSON v, w, m, st, l, u, f, d FROM ks.t WHERE p = ${p} AND c = ${c}`);
const set = (p: number, values: Record<string, number | string | null>, c = 1): RowChange => ({
  ...{ kind: 'update', key: { p, c } },
  edits: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { set: value }])),
});

/** The texts of all statements that the driver sends from now on. */
async function sentTexts(): Promise<() => readonly string[]> {
  const texts: string[] = [];
  const tracker: tracker.RequestTracker = {
    onSuccess: (_host, query) => void texts.push(String(query)),
    onError: () => undefined,
    shutdown: () => undefined,
  };
  Reflect.set(Reflect.get(await cluster.client(), 'options'), 'requestTracker', tracker);
  return () => texts;
}

describe('a change of rows', () => {
  it('is refused where it would be applied and not seen: under a value from the future', async () => {
    const future = (BigInt(Date.now()) + 3_600_000n) * 1_000n;
    await cql(`INSERT INTO ks.t (p, c, v) VALUES (30, 1, 1) USING TIMESTAMP ${future}`);
    expect(await plan(cluster, ask([set(30, { v: 2 })]))).toMatchObject({
      ...{ token: null, refusals: [{ message: expect.stringContaining('in the future') }] },
    });
    expect((await change([set(30, { v: 2 })], PLAIN)).outcomes).toMatchObject([{ outcome: 'applied' }]);
    expect(await row(30)).toMatchObject([{ v: 2 }]);
  });

  it('is planned, shown and run as the same text', async () => {
    await cql("INSERT INTO ks.t (p, c, v, w) VALUES (1, 1, 1, 'a')");
    const planned = await plan(cluster, ask([set(1, { v: 2 })]));
    expect(planned.statements.map((one) => one.cql)).toEqual([
      `UPDATE ${KEYSPACE}.t SET v = 2 WHERE p = 1 AND c = 1 IF v = 1`,
    ]);
    expect(await row(1)).toMatchObject([{ v: 1 }]);
    const sent = await sentTexts();
    const { outcomes, history } = await run(cluster, planned);
    expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
    expect(sent().filter((text) => text.startsWith('UPDATE'))).toEqual(planned.statements.map((one) => one.cql));
    expect(history).toMatchObject([{ statement: planned.statements[0]?.cql, applied: 'applied', who: 'anonymous' }]);
    expect(await row(1)).toMatchObject([{ v: 2, w: 'a' }]);
  });

  it.each(['guarded', 'plain'] as const)(
    'of a row deleted between read and run leaves it deleted (%s)',
    async (mode) => {
      await cql('INSERT INTO ks.t (p, c, v) VALUES (2, 1, 1)');
      const planned = await plan(cluster, ask([set(2, { v: 2 }), set(2, { w: 'new' })], { mode }));
      await cql('DELETE FROM ks.t WHERE p = 2 AND c = 1');
      const { outcomes } = await run(cluster, planned);
      expect(outcomes).toMatchObject([
        { outcome: mode === 'guarded' ? 'not_applied' : 'not_sent', rows: [{ row: null }] },
      ]);
      expect(await row(2)).toEqual([]);
    },
  );

  it('of an entry of a map is guarded whatever its keys are', async () => {
    const [one, other] = ['9213d8cb-c1ee-457b-adaa-155d5e0b3d1b', '9213d8cb-c1ee-457b-adaa-155d5e0b3d1c'];
    for (const [name, key] of [
      ['byid', one],
      ['bytiny', 1],
      ['bybool', true],
    ] as const) {
      await cql(`INSERT INTO ks.maps (p, ${name}) VALUES (1, {${key}: 5})`);
      const entry: RowChange = {
        kind: 'update',
        key: { p: 1 },
        edits: { [name]: { elements: [[key, 7]], ttlSeconds: 0 } },
      };
      const planned = await plan(cluster, ask([entry], undefined, 'maps'));
      await cql(`UPDATE ks.maps SET ${name}[${key}] = 6 WHERE p = 1`);
      expect((await run(cluster, planned)).outcomes, name).toMatchObject([{ outcome: 'not_applied' }]);
      expect((await change([entry], undefined, 'maps')).outcomes, name).toMatchObject([{ outcome: 'applied' }]);
    }
    await change(
      [{ kind: 'update', key: { p: 1 }, edits: { byid: { elements: [[other, 1]], ttlSeconds: 0 } } }],
      undefined,
      'maps',
    );
    expect(await json('SELECT JSON byid FROM ks.maps WHERE p = 1')).toEqual([{ byid: { [one]: 7, [other]: 1 } }]);
  });

  it('of nulls alone leaves a deleted row deleted', async () => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (3, 1, 1)');
    const joined = await plan(cluster, ask([set(3, { w: 'new' })]));
    expect(joined.statements[0]?.cql).toMatch(/IF w = null AND v = 1$/);
    await cql('DELETE FROM ks.t WHERE p = 3 AND c = 1');
    expect((await run(cluster, joined)).outcomes).toMatchObject([{ outcome: 'not_applied' }]);
    await cql('INSERT INTO ks.t (p, c) VALUES (3, 2)');
    const exists = await plan(cluster, ask([set(3, { w: 'new' }, 2)]));
    expect(exists.statements).toMatchObject([
      { cql: expect.stringMatching(/IF EXISTS$/), notes: [{ code: 'not_guarded' }] },
    ]);
    await cql('DELETE FROM ks.t WHERE p = 3 AND c = 2');
    expect((await run(cluster, exists)).outcomes).toMatchObject([{ outcome: 'not_applied' }]);
    expect(await json('SELECT JSON * FROM ks.t WHERE p = 3')).toEqual([]);
  });

  it.each(['guarded', 'plain'] as const)(
    'by the second of two writers is not made, and shows the row as it is (%s)',
    async (mode) => {
      await cql('INSERT INTO ks.t (p, c, v, s) VALUES (4, 1, 1, 7)');
      const [first, second] = [
        await plan(cluster, ask([set(4, { v: 2 })], { mode })),
        await plan(cluster, ask([set(4, { v: 3 })], { mode })),
      ];
      expect((await run(cluster, first)).outcomes).toMatchObject([{ outcome: 'applied' }]);
      const { outcomes } = await run(cluster, second);
      expect(outcomes).toMatchObject([
        {
          outcome: mode === 'guarded' ? 'not_applied' : 'not_sent',
          rows: [{ change: 0, row: { cells: { v: { value: 2 } } } }],
        },
      ]);
      expect(await row(4)).toMatchObject([{ v: 2 }]);
    },
  );

  it.runIf(HAS_5_0)('keeps TTLs, one statement for each, and untouched cells as they are', async () => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (5, 1, 1) USING TTL 3000');
    await cql("UPDATE ks.t USING TTL 6000 SET w = 'a', m = {'x': 1, 'y': 2} WHERE p = 5 AND c = 1");
    await cql("UPDATE ks.t USING TTL 9000 SET m['z'] = 3 WHERE p = 5 AND c = 1");
    const ages = async () =>
      (await cql('SELECT ttl(v), ttl(w), ttl(m), writetime(m) FROM ks.t WHERE p = 5 AND c = 1')).rows[0];
    const before = await ages();
    const { outcomes } = await change([
      {
        kind: 'update',
        key: { p: 5, c: 1 },
        edits: { v: { set: 2 }, w: { set: 'b' }, m: { set: { x: 1, y: 2, z: 4 } } },
      },
    ]);
    expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
    const after = await ages();
    const steps = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(steps) : Math.ceil(Number(value) / TTL_STEP_SECONDS);
    expect([after?.get(0), after?.get(1), after?.get(2)].map(steps)).toEqual([3, 6, [6, 6, 9]]);
    expect(after?.get(3).slice(0, 2)).toEqual(before?.get(3).slice(0, 2));
    expect(await row(5)).toMatchObject([{ v: 2, w: 'b', m: { x: 1, y: 2, z: 4 } }]);
  });

  it('keeps a cell without TTL from a table’s default', async () => {
    await cql('INSERT INTO ks.aging (p, v, w) VALUES (1, 1, 1) USING TTL 0');
    const asked = ask([{ kind: 'update', key: { p: 1 }, edits: { v: { set: 2 } } }], PLAIN, 'aging');
    const planned = await plan(cluster, asked);
    expect(planned.defaultTtlSeconds).toBeGreaterThan(0);
    expect(planned.statements).toMatchObject([
      { cql: expect.stringContaining('AND TTL 0'), notes: [{ code: 'ttl_none' }] },
    ]);
    await run(cluster, planned);
    expect((await cql('SELECT ttl(v), v FROM ks.aging WHERE p = 1')).rows[0]?.values()).toEqual([null, 2]);
  });

  it('moves a row without TTLs past a table’s default, and brings it back without', async () => {
    await cql('INSERT INTO ks.aging (p, v, w) VALUES (3, 1, 1) USING TTL 0');
    const moved = await plan(cluster, ask([{ kind: 'move', key: { p: 3 }, to: { p: 4 } }], PLAIN, 'aging'));
    expect(moved.statements[0]?.notes.map(({ code }) => code)).toContain('ttl_none');
    const { end } = await run(cluster, moved);
    const ttls = async (p: number) =>
      (await cql(`SELECT ttl(v), ttl(w), v FROM ks.aging WHERE p = ${p}`)).rows.map((row) => row.values());
    expect([await ttls(3), await ttls(4)]).toEqual([[], [[null, null, 1]]]);
    await run(cluster, await plan(cluster, ask(end.undo, PLAIN, 'aging')));
    expect([await ttls(3), await ttls(4)]).toEqual([[[null, null, 1]], []]);
  });

  it.runIf(HAS_5_0).each(['guarded', 'plain'] as const)(
    'moves a row within its partition and across (%s)',
    async (mode) => {
      await cql("INSERT INTO ks.t (p, c, s, v, m) VALUES (6, 1, 7, 1, {'a': 1}) USING TTL 5000");
      await cql("UPDATE ks.t SET w = 'a' WHERE p = 6 AND c = 1");
      const within = await change(
        [{ kind: 'move', key: { p: 6, c: 1 }, to: { p: 6, c: 2 }, edits: { v: { set: 2 } } }],
        {
          mode,
        },
      );
      expect(within.outcomes).toMatchObject([{ outcome: 'applied' }]);
      expect(await row(6)).toEqual([]);
      expect(await row(6, 2)).toMatchObject([{ v: 2, w: 'a', m: { a: 1 } }]);
      const across = await change([{ kind: 'move', key: { p: 6, c: 2 }, to: { p: 7, c: 1 } }], { mode });
      expect(across.outcomes).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
      expect(await row(7)).toMatchObject([{ v: 2, w: 'a', m: { a: 1 } }]);
      const { rows } = await cql('SELECT ttl(v), ttl(w), ttl(m) FROM ks.t WHERE p = 7 AND c = 1');
      expect(rows[0]?.values().map((ttl) => (ttl === null ? null : Math.ceil(Number(ttl) / TTL_STEP_SECONDS)))).toEqual(
        [5, null, 5],
      );
      const back = await run(cluster, await plan(cluster, ask(across.end.undo, { mode })));
      expect(back.outcomes).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
      expect(await row(6, 2)).toMatchObject([{ v: 2, w: 'a' }]);
      await cql('DELETE FROM ks.t WHERE p = 6');
    },
  );

  it('of a move deletes nothing when its insert was not applied', async () => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (8, 1, 1)');
    const planned = await plan(cluster, ask([{ kind: 'move', key: { p: 8, c: 1 }, to: { p: 9, c: 1 } }]));
    await cql('INSERT INTO ks.t (p, c, v) VALUES (9, 1, 5)');
    expect((await run(cluster, planned)).outcomes).toMatchObject([{ outcome: 'not_applied' }, { outcome: 'not_sent' }]);
    expect([await row(8), await row(9)]).toMatchObject([[{ v: 1 }], [{ v: 5 }]]);
  });

  it.each([
    { mode: 'guarded', to: { p: 9, c: 2 } },
    { mode: 'guarded', to: { p: 8, c: 3 } },
    { mode: 'plain', to: { p: 9, c: 4 } },
    { mode: 'plain', to: { p: 8, c: 5 } },
  ] as const)('of a move says which row stands in its way: $mode, to $to.p', async ({ mode, to }) => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (8, 2, 1)');
    const move: RowChange = { kind: 'move', key: { p: 8, c: 2 }, to };
    const planned = await plan(cluster, ask([move], { mode }));
    const [taken, changed] = [planned, await plan(cluster, ask([move], { mode }))];
    await cql('UPDATE ks.t SET v = 2 WHERE p = 8 AND c = 2');
    const isSourceSeen = mode === 'plain' || to.p === 8;
    const source = { change: 0, row: { cells: { v: { value: 2 } } } };
    if (isSourceSeen) {
      const [first] = (await run(cluster, changed)).outcomes;
      expect(first?.message).toContain(mode === 'plain' ? 'has changed' : 'not as it was read');
      expect(first?.rows).toMatchObject([source]);
      expect(first?.rows?.[0]).not.toHaveProperty('target');
    }
    await cql(`INSERT INTO ks.t (p, c, v) VALUES (${to.p}, ${to.c}, 5)`);
    const target = { cells: { v: { value: 5 } } };
    const [first] = (await run(cluster, taken)).outcomes;
    expect(first).toMatchObject({
      outcome: mode === 'plain' ? 'not_sent' : 'not_applied',
      rows: [{ ...source, target }],
    });
    expect(first?.message).toContain('there is a row with the new key');
    expect((await plan(cluster, ask([move], { mode }))).refusals).toMatchObject([{ target }]);
    expect([await row(8, 2), await row(to.p, to.c)]).toMatchObject([[{ v: 2 }], [{ v: 5 }]]);
  });

  it.runIf(HAS_5_0).each(['guarded', 'plain'] as const)(
    'is undone with the values and TTLs that were there (%s)',
    async (mode) => {
      const key = { p: mode === 'plain' ? 10 : 11, c: 1 };
      const where = `WHERE p = ${key.p} AND c = 1`;
      await cql(
        `INSERT INTO ks.t (p, c, v, w, m, st, l, u, f) VALUES (${key.p}, 1, 1, 'a', {'x': 1, 'y': 2}, {1, 2}, [1, 2], {x: 1, y: 'y'}, [1]) USING TTL 5000`,
      );
      await cql(`UPDATE ks.t USING TTL 8000 SET m['y'] = 3, u.y = 'z', l = l + [3] ${where}`);
      const before = await row(key.p);
      const ages = async () =>
        (await cql(`SELECT ttl(v), ttl(w), ttl(m), ttl(st), ttl(u), ttl(f) FROM ks.t ${where}`)).rows[0]?.values();
      const steps = (value: unknown): unknown =>
        Array.isArray(value) ? value.map(steps) : value === null ? null : Math.ceil(Number(value) / TTL_STEP_SECONDS);
      const aged = (await ages())?.map(steps);
      const edited: RowChange = {
        ...{ kind: 'update', key },
        edits: {
          ...{
            v: { set: null },
            w: { set: 'b' },
            m: {
              elements: [
                ['x', null],
                ['y', 9],
                ['n', 1],
              ],
            },
            st: { set: [] },
          },
          ...{ l: { append: [4] }, u: { fields: { y: 'n' } }, f: { set: [2] }, d: { set: '1.50' } },
        },
      };
      const { outcomes, end } = await change([edited], { mode });
      expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
      expect(await row(key.p)).toMatchObject([
        { v: null, w: 'b', m: { y: 9, n: 1 }, st: null, l: [1, 2, 3, 4], u: { x: 1, y: 'n' }, f: [2], d: 1.5 },
      ]);
      expect(end.notUndone).toEqual([]);
      expect((await change(end.undo, { mode })).outcomes).toMatchObject([{ outcome: 'applied' }]);
      expect(await row(key.p)).toEqual(before);
      expect((await ages())?.map(steps)).toEqual(aged);
      const deleted = await change([{ kind: 'delete', key }], { mode });
      expect(await row(key.p)).toEqual([]);
      expect((await change(deleted.end.undo, { mode })).outcomes).toMatchObject([{ outcome: 'applied' }]);
      expect(await row(key.p)).toEqual(before);
      expect((await ages())?.map(steps)).toEqual(aged);
    },
  );

  it('of counters is only added, and undone by its opposite', async () => {
    const { outcomes, end } = await change(
      [{ kind: 'update', key: { p: 1, c: 1 }, edits: { n: { by: '5' } } }],
      undefined,
      'counts',
    );
    expect(outcomes).toMatchObject([{ outcome: 'applied', mayResend: false }]);
    const count = async () => String((await cql('SELECT n FROM ks.counts WHERE p = 1 AND c = 1')).rows[0]?.get('n'));
    expect(await count()).toBe('5');
    await change(end.undo, undefined, 'counts');
    expect(await count()).toBe('0');
  });

  it('of static columns belongs to the partition', async () => {
    await cql('INSERT INTO ks.t (p, c, v, s) VALUES (12, 1, 1, 1)');
    const asStatic: RowChange = { kind: 'update', key: { p: 12 }, edits: { s: { set: 2 } } };
    const refused = await plan(cluster, ask([{ ...asStatic, key: { p: 12, c: 1 } }]));
    expect(refused).toMatchObject({ token: null, refusals: [{ message: expect.stringContaining('is static') }] });
    const { outcomes } = await change([asStatic, set(12, { v: 2 })], { batch: 'partition' });
    expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
    expect(await json('SELECT JSON s, v FROM ks.t WHERE p = 12')).toEqual([{ s: 2, v: 2 }]);
  });

  it('is refused where the row is not as it was seen', async () => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (13, 1, 5)');
    const { refusals, token } = await plan(
      cluster,
      ask([{ kind: 'update', key: { p: 13, c: 1 }, seen: { v: 1 }, edits: { v: { set: 2 } } }]),
    );
    expect({ refusals, token }).toMatchObject({
      token: null,
      refusals: [{ change: 0, differences: [{ column: 'v', seen: 1, now: 5, wanted: 2 }] }],
    });
  });

  it('runs once, for who reviewed it, on the schema that was reviewed', async () => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (14, 1, 1)');
    const { token } = await plan(cluster, ask([set(14, { v: 2 })]));
    const taking = { token: token ?? '', cluster: cluster.name, confirmName: undefined, nowMs: Date.now() };
    expect(() => takePlan({ ...taking, principal: { id: 'somebody else' } })).toThrow('somebody else’s');
    expect(() => takePlan({ ...taking, principal: ANONYMOUS, cluster: 'other' })).toThrow('Nothing was run');
    expect(() => takePlan({ ...taking, principal: ANONYMOUS, nowMs: Date.now() + 600_000 })).toThrow('has expired');
    expect(takePlan({ ...taking, principal: ANONYMOUS }).plan.statements).toHaveLength(1);
    expect(() => takePlan({ ...taking, principal: ANONYMOUS })).toThrow('was run already');
    await cql('CREATE TABLE ks.changing (p int PRIMARY KEY, v int)');
    const planned = await plan(
      cluster,
      ask([{ kind: 'insert', key: { p: 1 }, values: { v: 1 } }], undefined, 'changing'),
    );
    await cql('ALTER TABLE ks.changing ADD w int');
    expect(await failureOf(run(cluster, planned))).toMatchObject({ code: 'schema_changed' });
  });

  it('is refused on a read-only cluster, and asks for the name on a red one', async () => {
    const readOnly = new Cluster(clusterConfig({ name: 'readonly', writes: false }));
    expect(await failureOf(plan(readOnly, ask([set(1, { v: 2 })])))).toMatchObject({ code: 'read_only' });
    const red = new Cluster(clusterConfig({ name: 'red', colour: '#c62828' }));
    const planned = await plan(red, ask([{ kind: 'insert', key: { p: 15, c: 1 }, values: { v: 1 } }]));
    expect(planned.confirmName).toBe('t');
    expect(await failureOf(run(red, { ...planned, confirmName: null }))).toMatchObject({
      code: 'confirmation_required',
    });
    expect((await run(red, planned)).outcomes).toMatchObject([{ outcome: 'applied' }]);
    await Promise.all([readOnly.close(), red.close()]);
  });

  it('deletes a partition or a range only plain, and confirmed', async () => {
    for (const c of [1, 2, 3]) await cql(`INSERT INTO ks.t (p, c, v) VALUES (16, ${c}, 1)`);
    const range: RowChange = { kind: 'delete_range', key: { p: 16 }, from: { value: 2, inclusive: true } };
    expect((await plan(cluster, ask([range]))).refusals).toMatchObject([
      { message: expect.stringContaining('no condition') },
    ]);
    const planned = await plan(cluster, ask([range], PLAIN));
    expect(planned.confirmName).toBe('t');
    expect((await run(cluster, planned)).end.notUndone).toHaveLength(1);
    expect(await json('SELECT JSON c FROM ks.t WHERE p = 16')).toEqual([{ c: 1 }]);
    await change([{ kind: 'delete_partition', key: { p: 16 } }], PLAIN);
    expect(await json('SELECT JSON c FROM ks.t WHERE p = 16')).toEqual([]);
  });

  it('is proved by its own write time, in one logged batch of several partitions', async () => {
    const changes = [17, 18].map((p): RowChange => ({ kind: 'insert', key: { p, c: 1 }, values: { v: p } }));
    const planned = await plan(cluster, ask(changes, { mode: 'plain', batch: 'logged' }));
    expect(planned.statements).toMatchObject([
      { changes: [0, 1], cql: expect.stringMatching(/^BEGIN BATCH USING TIMESTAMP/) },
    ]);
    await run(cluster, planned);
    const { rows } = await cql('SELECT writetime(v) FROM ks.t WHERE p IN (17, 18)');
    expect(rows.map((one) => String(one.get(0)))).toEqual([
      planned.statements[0]?.timestampMicros,
      planned.statements[0]?.timestampMicros,
    ]);
  });

  it('warns of conditional and plain writes in the history of a table', async () => {
    await cql('INSERT INTO ks.t (p, c, v) VALUES (19, 1, 1)');
    const { history } = await change([set(19, { v: 2 })], PLAIN);
    const codes = async (mode: 'plain' | 'guarded') =>
      (await plan(cluster, ask([set(19, { v: 3 })], { mode }), history)).notes.map(({ code }) => code);
    expect(await codes('guarded')).toContain('mixed_writes');
    expect(await codes('plain')).not.toContain('mixed_writes');
  });

  // Fewer than three nodes cannot accept what five replicas must.
  it.runIf(NODES.length >= 3)(
    'is unknown where its commit lacked replicas, is looked at again, and not undone',
    async () => {
      const options: Options = { consistency: 'ALL' };
      const name = { keyspace: LACKING, table: 't' };
      await plain.execute(`INSERT INTO ${LACKING}.t (p, v) VALUES (1, 1)`);
      const update: RowChange = { kind: 'update', key: { p: 1 }, edits: { v: { set: 2 } } };
      const [guarded, unguarded] = [
        await plan(cluster, { ...name, changes: [update], options }),
        await plan(cluster, { ...name, changes: [update], options: { ...options, mode: 'plain' } }),
      ];
      await plain.execute(
        `ALTER KEYSPACE ${LACKING} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 5}`,
      );
      const { outcomes, end, history } = await run(cluster, guarded);
      expect(outcomes).toMatchObject([
        {
          outcome: 'unknown',
          mayResend: false,
          error: { code: 'not_enough_replicas' },
          look: { found: 'looks_there' },
        },
      ]);
      expect(history).toMatchObject([{ applied: 'unknown', outcome: 'failed' }]);
      expect(end).toMatchObject({ undo: [], notUndone: [{ change: 0 }] });
      // A plain one is not sent where its row cannot be read first.
      const sent = await run(cluster, unguarded);
      expect([sent.outcomes, sent.history]).toMatchObject([[{ outcome: 'not_sent' }], []]);
    },
  );

  it('of more bytes than a plan may hold is refused', async () => {
    const large = 'x'.repeat(3_000_000);
    const changes = [20, 21, 22].map((p) => set(p, { v: 2 }));
    for (const p of [20, 21, 22])
      await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, w) VALUES (${p}, 1, ?)`, [large], { prepare: true });
    expect(await failureOf(plan(cluster, ask(changes)))).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('8.00 MiB'),
    });
  });
});
