import { types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { traceSchema } from '@/lib/contract/traces';
import { groupOf } from '@/lib/trace/groups';
import { failureOf, insertAll, openQuery, pagesOf, testBed } from '../test-support';
import { readTrace } from './trace';

const KEYSPACE = 'ringside_trace_test';
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v text)`]);
const { signal } = new AbortController();
const HOUR_MS = 3_600_000;

describe('traces', () => {
  it('are there for every page of a result, each with its own session', async () => {
    const rows = Array.from({ length: 250 }, (_, k) => [k, 'v']);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (?, ?)`, rows);
    const read = await openQuery(cluster, {
      statement: `SELECT * FROM ${KEYSPACE}.t`,
      pageRows: 100,
      maxPages: 0,
      trace: true,
    });
    const pages = await pagesOf(read);
    const ids = pages.flatMap(({ traces }) => traces.map(({ id }) => id));
    expect(pages.filter(({ endsPage }) => endsPage).map(({ frame }) => frame.rows)).toEqual([100, 100, 50]);
    expect(pages.at(-1)?.frame.traces?.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(3);
    for (const id of [ids[0], ids.at(-1)]) {
      const trace = traceSchema.parse(await readTrace(cluster, id ?? '', signal));
      expect(trace.parameters.query).toBe(`SELECT * FROM ${KEYSPACE}.t`);
      expect(trace.events.every(({ atMicros }) => atMicros !== null)).toBe(true);
    }
  });

  it('hold only messages that have a group', async () => {
    const statement = `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (1, 'x') IF NOT EXISTS`;
    const run = await openQuery(cluster, { statement, confirm: { statement }, trace: true });
    const [page] = await pagesOf(run);
    const { events } = await readTrace(cluster, page?.traces[0]?.id ?? '', signal);
    expect(events.filter(({ activity }) => groupOf(activity) === 'other')).toEqual([]);
    expect(events.map(({ activity }) => groupOf(activity))).toContain('paxos');
  });

  it('that are not there are not found; an old id says that it has expired', async () => {
    const old = types.TimeUuid.fromDate(new Date(Date.now() - 48 * HOUR_MS)).toString();
    expect(await failureOf(readTrace(cluster, old, signal))).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('has expired'),
    });
    const recent = types.TimeUuid.fromDate(new Date(Date.now() - HOUR_MS)).toString();
    expect(await failureOf(readTrace(cluster, recent, signal))).toMatchObject({
      code: 'not_found',
      message: `There is no trace ${recent} in this cluster.`,
    });
    expect(await failureOf(readTrace(cluster, 'seventeen', signal))).toMatchObject({ code: 'invalid_request' });
  });
});
