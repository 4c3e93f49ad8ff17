import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig, insertAll } from '@/lib/cassandra/test-support';
import { type ChangeManyRequest, changeManyRequestSchema } from '@/lib/contract/change-many';
import { ANONYMOUS } from '@/lib/contract/principal';
import { linesOf } from '@/lib/test-lines';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';
import { runMany } from './change-kind';
import { manyReviews, planMany } from './plan';

/** Rows that a job could not change because their replica was down, on nodes that nothing else uses. */

const ADDRESSES = ['127.0.45.31', '127.0.45.32', '127.0.45.33'] as const;
const PORT = 9042;
const KEYSPACE = 'many_faults';
const ROWS = 600;
/** Rows a second. A quarter of them are read and sent at a time: more than a range of the ring has, so never all of one node. */
const RATE = 100;
const TEST_TIMEOUT_MS = 300_000;
const SETTLED = { timeout: 120_000, interval: 100 };

vi.stubEnv('RINGSIDE_DATA_DIR', mkdtempSync(join(tmpdir(), 'ringside-many-faults-data-')));

let ring: Ring;
let plain: Client;
let cluster: Cluster;

beforeAll(async () => {
  ring = await startRing({
    nodes: ADDRESSES.map((address, at) => ({ address, rack: `rack${at + 1}` })),
    ...{ port: PORT, heapMb: 512, engine: 'jvm', javaFlags: ['-XX:TieredStopAtLevel=1'] },
    directory: join(mkdtempSync(join(tmpdir(), 'ringside-many-faults-')), 'ring'),
    clusterName: 'ringside-many-faults',
    ...(process.env.RINGSIDE_OUTCOMES_RELEASE === undefined ? {} : { version: process.env.RINGSIDE_OUTCOMES_RELEASE }),
  });
  plain = new AgreeingClient({ contactPoints: [ADDRESSES[0]], localDataCenter: 'dc1' });
  await plain.execute(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await plain.execute(`CREATE TABLE ${KEYSPACE}.t (p int PRIMARY KEY, v int)`);
  const contactPoints = [`${ADDRESSES[0]}:${PORT}`];
  cluster = new Cluster(clusterConfig({ contactPoints }));
}, 300_000);

afterAll(async () => {
  await cluster?.close();
  await plain?.shutdown();
  await ring?.stop();
});

const signal = new AbortController().signal;
const OPTIONS = { mode: 'plain', consistency: 'ONE' } as const;

const AGAIN = { again: { job: randomUUID(), take: 'failed' as const } };

/** A job of its own directory, run to its end. @param whenSent done once its journal has so many lines */
async function ran(asked: Asked, whenSent?: { readonly lines: number; readonly act: () => Promise<void> }) {
  const parsed = changeManyRequestSchema.parse({ keyspace: KEYSPACE, table: 't', options: OPTIONS, ...asked.wire });
  const { again: _again, ...request } = parsed;
  const planned = await planMany(cluster, { ...request, ...asked.more }, { principal: ANONYMOUS, signal });
  const taking = { principal: ANONYMOUS, cluster: 'test', confirmName: undefined, nowMs: Date.now() };
  const taken = manyReviews.take({ ...taking, token: planned.token ?? '' });
  const directory = await mkdtemp(join(tmpdir(), 'ringside-many-faults-job-'));
  const work = { request: taken.request, directory, owner: ANONYMOUS, signal, watch: () => undefined };
  const running = runMany(cluster, work);
  if (whenSent !== undefined) {
    const sent = async () =>
      expect((await linesOf(directory, 'journal.ndjson')).length).toBeGreaterThan(whenSent.lines);
    await vi.waitFor(sent, SETTLED);
    await whenSent.act();
  }
  return { directory, counts: await running };
}
interface Asked {
  readonly wire: Partial<ChangeManyRequest>;
  readonly more?: Partial<Parameters<typeof planMany>[1]>;
}

async function values(): Promise<Map<number, number>> {
  const { rows } = await plain.execute(`SELECT p, v FROM ${KEYSPACE}.t`, [], { fetchSize: 5_000 });
  return new Map(rows.map((row): [number, number] => [Number(row.get('p')), Number(row.get('v'))]));
}

describe('many rows of which some have their only replica on a node that is down', { timeout: TEST_TIMEOUT_MS }, () => {
  it('are changed where they can be; the others are kept with the reason, and go through once it is up', async () => {
    const keys = Array.from({ length: ROWS }, (_, p) => p);
    await insertAll(
      plain,
      `INSERT INTO ${KEYSPACE}.t (p, v) VALUES (?, 0)`,
      keys.map((p) => [p]),
    );
    const made = await ran({ wire: { set: { v: 1 } } });
    expect(made.counts.applied).toBe(ROWS);
    // An undo has its rows from the journal: they need not be found while the node stops.
    const { directory, counts } = await ran(
      { wire: { ...AGAIN, rowsPerSecond: RATE }, more: { earlier: { directory: made.directory, take: 'undo' } } },
      { lines: RATE / 2, act: () => ring.node(2).stop() },
    );
    const failed = await linesOf(directory, 'failed.ndjson');
    const { applied, refused, unknown, ...others } = counts;
    expect([applied + refused + unknown, others]).toEqual([ROWS, { unchanged: 0, notApplied: 0 }]);
    expect(applied).toBeGreaterThan(RATE);
    expect(refused).toBeGreaterThan(RATE / 4);
    expect(failed).toHaveLength(refused + unknown);
    await ring.node(2).start();
    const isWhole = () => plain.execute(`SELECT p FROM ${KEYSPACE}.t`, [], { consistency: types.consistencies.all });
    await vi.waitFor(isWhole, SETTLED);
    const now = await values();
    for (const line of failed) {
      const { outcome, message, change } = JSON.parse(JSON.stringify(line));
      if (outcome !== 'refused') continue;
      expect(message).toMatch(/^(Refused, nothing was written|Not sent: the row could not be read first)/);
      expect(now.get(change.key.p), message).toBe(1);
    }
    expect([...now.values()].filter((v) => v === 0).length).toBeGreaterThanOrEqual(applied);
    const again = await ran({ wire: AGAIN, more: { earlier: { directory, take: 'failed' } } });
    // What was unknown may have come.
    expect(again.counts.applied).toBeGreaterThanOrEqual(refused);
    expect([again.counts.refused, again.counts.unknown]).toEqual([0, 0]);
    expect(new Set((await values()).values())).toEqual(new Set([0]));
  });
});
