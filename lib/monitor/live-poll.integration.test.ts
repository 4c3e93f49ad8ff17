import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { NODES } from '@/lib/cassandra/test-ring';
import { clusterConfig, countAnswers, insertAll, testBed } from '@/lib/cassandra/test-support';
import type { LiveResponse } from '@/lib/contract/live';
import { LivePoll } from './live-poll';

const KEYSPACE = 'ringside_live_test';
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.moved (k int PRIMARY KEY, v text)`]);
const RECORDED = readFileSync(new URL('../metrics/jmx-exporter-1.0.1.txt', import.meta.url), 'utf8');
const WAIT = { timeout: 60_000, interval: 200 };
const poll = new LivePoll(cluster);
afterAll(() => poll.end());

const knownOf = ({ lines }: LiveResponse, series: string) =>
  lines.filter((line) => line.series === series && line.values.some((value) => value !== null));

async function rounds(count: number): Promise<void> {
  await expect.poll(async () => (await poll.look({})).times.length, WAIT).toBeGreaterThanOrEqual(count);
}

describe('the poll of a cluster', () => {
  it('asks each node once for all who look, and says how often', async () => {
    const pools = countAnswers(await cluster.client(), 'thread_pools');
    const looks = await Promise.all(Array.from({ length: 30 }, () => poll.look({})));
    expect(looks.map(({ everyMs }) => everyMs)).toEqual(looks.map(() => 10_000));
    await rounds(1);
    expect(pools()).toBe(NODES.length);
    const { nodes, statementsPerMinute } = await poll.look({});
    expect(nodes).toEqual([...NODES].sort());
    expect(statementsPerMinute).toBe(Math.ceil(NODES.length * 34.2));
  });

  it('has what was written and read since, by node and by table, and what waits, is connected and lies on disk', async () => {
    await rounds(2);
    const rows = Array.from({ length: 500 }, (_, k) => [k, 'x'] as const);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.moved (k, v) VALUES (?, ?)`, rows);
    await insertAll(
      plain,
      `SELECT v FROM ${KEYSPACE}.moved WHERE k = ?`,
      rows.map(([k]) => [k]),
    );
    const ofTable = { keyspace: KEYSPACE, table: 'moved' };
    await expect
      .poll(
        async () =>
          knownOf(await poll.look(ofTable), 'writes')
            .map(({ node }) => node)
            .sort(),
        WAIT,
      )
      .toEqual([...NODES].sort());
    const table = await poll.look(ofTable);
    const seconds = table.times.map((time, at) => (time - (table.times[at - 1] ?? time)) / 1_000);
    const written = knownOf(table, 'writes')
      .flatMap(({ values }) => values.map((value, at) => (value ?? 0) * (seconds[at] ?? 0)))
      .reduce((sum, value) => sum + value, 0);
    // The times are those of rounds, and a window begins and ends within its round.
    expect(written).toBeGreaterThan(250);
    expect(written).toBeLessThan(1_000);
    expect(knownOf(table, 'readP99').length).toBeGreaterThan(0);
    const whole = await poll.look({});
    for (const series of ['reads', 'writes', 'pending', 'blocked', 'clients', 'disk', 'tombstonesP99']) {
      expect([
        series,
        knownOf(whole, series)
          .map(({ node }) => node)
          .sort(),
      ]).toEqual([series, [...NODES].sort()]);
    }
    expect(whole.gaps).toEqual([]);
    const [one = ''] = NODES;
    expect(new Set((await poll.look({ nodes: [one] })).lines.map(({ node }) => node))).toEqual(new Set([one]));
  });

  it('gives only what has come since', async () => {
    const { times } = await poll.look({});
    const last = times.at(-1) ?? 0;
    expect((await poll.look({ after: last })).times.every((time) => time > last)).toBe(true);
  });

  it('has heap and garbage collection where the nodes have metrics endpoints', async () => {
    const server = createServer((_, response) => response.end(RECORDED)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/metrics`;
    const [one = ''] = NODES;
    const more = new Cluster(clusterConfig({ metrics: { [one]: url } }));
    const watched = new LivePoll(more);
    await expect.poll(async () => knownOf(await watched.look({}), 'gc').map(({ node }) => node), WAIT).toEqual([one]);
    const { lines, sources } = await watched.look({});
    expect(lines.find(({ series }) => series === 'heap')?.values.at(-1)).toBe(441_088_400);
    expect(sources.at(-1)).toMatchObject({ source: 'metrics', everyMs: 10_000 });
    watched.end();
    await more.close();
    server.close();
  });

  it('ends when nobody looks, and goes on when somebody does', async () => {
    const short = new LivePoll(cluster, 0);
    await short.look({});
    await expect.poll(() => short.isRunning, WAIT).toBe(false);
    const { times } = await short.look({});
    expect(times.length).toBeGreaterThan(0);
    short.end();
  });
});
