import { describe, expect, it } from 'vitest';
import { testBed } from '@/lib/cassandra/test-support';
import type { MutationRequest, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { plan, run } from './test-changes';

/** Two people who change one row at once, each by a review of their own. */

const KEYSPACE = 'ringside_writers_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [`CREATE TABLE ${KEYSPACE}.t (p int, c int, n int, who text, m map<text, int>, l list<text>, PRIMARY KEY (p, c))`],
);
const TRIES = 40;

type Mode = 'guarded' | 'plain';
const asked = (changes: RowChange[], mode: Mode): MutationRequest => ({
  ...{ keyspace: KEYSPACE, table: 't', changes },
  options: { mode, consistency: 'QUORUM', serialConsistency: 'SERIAL', ttl: 'keep', batch: 'row' },
});
const update = (p: number, edits: Extract<RowChange, { kind: 'update' }>['edits']): RowChange => ({
  ...{ kind: 'update', key: { p, c: 1 }, edits },
});
const rowOf = async (p: number) => {
  const { rows } = await plain.execute(`SELECT JSON n, who, m, l FROM ${KEYSPACE}.t WHERE p = ${p} AND c = 1`);
  return rows.map((row): unknown => JSON.parse(String(row.get('[json]'))));
};

/** Each plans before either runs, as two browsers with the same row on screen. */
async function both(of: (who: string) => RowChange, mode: Mode): Promise<Record<string, StatementOutcome>> {
  const names = ['a', 'b'];
  const plans = await Promise.all(names.map((who) => plan(cluster, asked([of(who)], mode))));
  const ran = await Promise.all(plans.map((one) => run(cluster, one)));
  const ended = ran.flatMap(({ outcomes }, at) => outcomes.map((outcome) => [names[at] ?? '', outcome] as const));
  return Object.fromEntries(ended);
}

describe('two who change one row at once', () => {
  it('guarded: add up to what was applied, and the loser is shown what won', { timeout: 120_000 }, async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, n) VALUES (1, 1, 0)`);
    let [sum, lost] = [0, 0];
    for (let at = 0; at < TRIES; at++) {
      const ended = await both((who) => update(1, { n: { set: sum + 1 }, who: { set: `${who}${at}` } }), 'guarded');
      const applied = Object.entries(ended).filter(([, { outcome }]) => outcome === 'applied');
      expect(applied.length, JSON.stringify(ended)).toBeLessThanOrEqual(1);
      for (const [who, { outcome, rows }] of Object.entries(ended)) {
        expect(['applied', 'not_applied', 'unknown'], who).toContain(outcome);
        if (outcome !== 'not_applied' || applied.length === 0) continue;
        lost++;
        expect(rows).toMatchObject([{ row: { cells: { who: { value: `${applied[0]?.[0]}${at}` } } } }]);
      }
      const { rows: now } = await plain.execute(`SELECT n, who FROM ${KEYSPACE}.t WHERE p = 1 AND c = 1`);
      const [n, who] = [Number(now[0]?.get('n')), String(now[0]?.get('who'))];
      // Only an unknown outcome may have added one that nobody knows of.
      const isUnknown = Object.values(ended).some(({ outcome }) => outcome === 'unknown');
      if (applied.length === 1) expect([n, who]).toEqual([sum + 1, `${applied[0]?.[0]}${at}`]);
      else expect(isUnknown, JSON.stringify(ended)).toBe(true);
      sum = n;
    }
    expect(lost).toBeGreaterThan(0);
  });

  it('guarded: make both changes of two entries of one map', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, m) VALUES (2, 1, {'a': 0, 'b': 0})`);
    for (let at = 1; at <= 10; at++) {
      // Before 5.0 the TTLs of entries cannot be read, so one is said.
      const ended = await both((who) => update(2, { m: { elements: [[who, at]], ttlSeconds: 0 } }), 'guarded');
      const outcomes = Object.values(ended).map(({ outcome }) => outcome);
      if (outcomes.includes('unknown')) continue;
      expect(outcomes).toEqual(['applied', 'applied']);
      expect(await rowOf(2)).toMatchObject([{ m: { a: at, b: at } }]);
    }
  });

  it('guarded: insert one row once, and move two rows to one place once', async () => {
    for (let p = 100; p < 110; p++) {
      const inserted = await both((who) => ({ kind: 'insert', key: { p, c: 1 }, values: { who } }), 'guarded');
      const winner = Object.entries(inserted).find(([, { outcome }]) => outcome === 'applied')?.[0];
      const outcomes = Object.values(inserted).map(({ outcome }) => outcome);
      if (outcomes.includes('unknown')) continue;
      expect(outcomes.toSorted()).toEqual(['applied', 'not_applied']);
      expect(await rowOf(p)).toMatchObject([{ who: winner }]);
      for (const c of [2, 3])
        await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, who) VALUES (${p}, ${c}, 'row ${c}')`);
      const moved = await both(
        (who) => ({ kind: 'move', key: { p, c: who === 'a' ? 2 : 3 }, to: { p, c: 9 } }),
        'guarded',
      );
      const ends = Object.values(moved).map(({ outcome }) => outcome);
      if (ends.includes('unknown')) continue;
      expect(ends.toSorted()).toEqual(['applied', 'not_applied']);
      const loser = moved.a?.outcome === 'not_applied' ? moved.a : moved.b;
      const won = moved.a?.outcome === 'applied' ? 'row 2' : 'row 3';
      // What stands in the way is what the loser is shown.
      expect(loser?.rows).toMatchObject([{ target: { cells: { who: { value: won } } } }]);
      const { rows } = await plain.execute(`SELECT c, who FROM ${KEYSPACE}.t WHERE p = ${p} AND c > 1`);
      const left = won === 'row 2' ? 'row 3' : 'row 2';
      expect(rows.map((row) => String(row.get('who'))).toSorted()).toEqual([won, left].toSorted());
    }
  });

  it('plain: learn what is known, and one of both stands', { timeout: 120_000 }, async () => {
    for (let p = 200; p < 200 + TRIES; p++) {
      await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, n) VALUES (${p}, 1, 0)`);
      const ended = await both((who) => update(p, { who: { set: who } }), 'plain');
      const applied = Object.entries(ended).flatMap(([who, { outcome }]) => (outcome === 'applied' ? [who] : []));
      for (const { outcome, rows } of Object.values(ended)) {
        expect(['applied', 'not_sent', 'unknown']).toContain(outcome);
        if (outcome === 'not_sent') expect(rows).toMatchObject([{ change: 0, row: { cells: { n: { value: 0 } } } }]);
      }
      const [row] = await rowOf(p);
      expect(applied.map((who) => ({ n: 0, who, m: null, l: null }))).toContainEqual(row);
    }
  });

  it('plain: read after the first has written, the second is not sent', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, n) VALUES (3, 1, 0)`);
    const late = await plan(cluster, asked([update(3, { who: { set: 'late' } })], 'plain'));
    const soon = await plan(cluster, asked([update(3, { who: { set: 'late' } })], 'plain'));
    expect((await run(cluster, soon)).outcomes).toMatchObject([{ outcome: 'applied' }]);
    // The same value by somebody else has another write time.
    expect((await run(cluster, late)).outcomes).toMatchObject([{ outcome: 'not_sent' }]);
  });
});
