import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig } from '@/lib/cassandra/test-support';
import { type MutationRequest, mutationOptionsSchema, type RowChange } from '@/lib/contract/mutations';
import { planEndings } from '@/lib/edit/ending';
import { RowWriter } from '@/lib/writing/row-writer';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';
import { changedTable } from './table';
import { plan, run } from './test-changes';

/**
 * Changes that guardrails refuse (4.1 and later), on a node of its own: they bind logins that are no superuser, so the node
 * asks for passwords.
 */

const ADDRESS = '127.0.45.21';
const PORT = 9042;
const KEYSPACE = 'guarded';
const GUARDRAILS = {
  ...{ authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer' },
  ...{ user_timestamps_enabled: false, read_before_write_list_operations_enabled: false },
  ...{ write_consistency_levels_disallowed: ['ALL'], items_per_collection_fail_threshold: 4 },
  collection_size_fail_threshold: '1KiB',
};
const SETTLED = { timeout: 120_000, interval: 500 };

let ring: Ring;
let root: Client;
let cluster: Cluster;

beforeAll(async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'ringside-guardrails-')), 'ring');
  ring = await startRing({
    ...{ nodes: [{ address: ADDRESS }], port: PORT, directory, heapMb: 512, engine: 'jvm' },
    ...{ javaFlags: ['-XX:TieredStopAtLevel=1'], clusterName: 'ringside-guardrails' },
    ...(process.env.RINGSIDE_GUARDRAILS_RELEASE === undefined
      ? {}
      : { version: process.env.RINGSIDE_GUARDRAILS_RELEASE }),
  });
  const path = join(directory, 'n1', 'conf', 'cassandra.yaml');
  const yaml: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...yaml, ...GUARDRAILS }));
  await ring.node(0).stop();
  await ring.node(0).start();
  const login = { contactPoints: [ADDRESS], localDataCenter: 'dc1' };
  root = new AgreeingClient({ ...login, credentials: { username: 'cassandra', password: 'cassandra' } });
  const makeRole = () => root.execute("CREATE ROLE IF NOT EXISTS editor WITH PASSWORD = 'e' AND LOGIN = true");
  // The first superuser is made some seconds after the start.
  await vi.waitFor(makeRole, SETTLED);
  await root.execute(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await root.execute(
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, l list<int>, st set<int>, m map<int, text>, PRIMARY KEY (p, c))`,
  );
  await root.execute(`GRANT ALL ON ALL KEYSPACES TO editor`);
  const credentials = { username: 'editor', password: 'e' };
  cluster = new Cluster(clusterConfig({ contactPoints: [`${ADDRESS}:${PORT}`], ...credentials }));
}, 300_000);

afterAll(async () => {
  await cluster?.close();
  await root?.shutdown();
  await ring?.stop();
});

type Options = Partial<NonNullable<MutationRequest['options']>>;
const KEY = { p: 1, c: 1 };
const edit = (edits: Extract<RowChange, { kind: 'update' }>['edits']): RowChange => ({
  kind: 'update',
  key: KEY,
  edits,
});
const LARGE = 'x'.repeat(2_000);
const planOf = (change: RowChange, options: Options = {}) =>
  plan(cluster, { keyspace: KEYSPACE, table: 't', changes: [change], options: mutationOptionsSchema.parse(options) });
const rowNow = async () =>
  (await root.execute(`SELECT JSON * FROM ${KEYSPACE}.t`)).rows.map((row) => String(row.get(0)));

describe('a change that a guardrail refuses', () => {
  const cases: [string, RowChange, Options, reason: RegExp, advice: RegExp][] = [
    ['a timestamp', edit({ v: { set: 2 } }), { mode: 'plain' }, /timestamps/, /Run it guarded/],
    [
      'a range',
      { kind: 'delete_range', key: { p: 1 }, from: { value: 1, inclusive: true } },
      { mode: 'plain' },
      /timestamps/,
      /one by one/,
    ],
    ['an index of a list', edit({ l: { elements: [[0, 9]] } }), {}, /list items by index/, /whole list/],
    ['a level', edit({ v: { set: 2 } }), { consistency: 'ALL' }, /\[ALL\]/, /another consistency level/],
    ['many elements', edit({ st: { set: [1, 2, 3, 4, 5] } }), {}, /5 items/, /fewer or smaller/],
    ['large elements', edit({ m: { set: [[1, LARGE]] } }), {}, /size/, /fewer or smaller/],
  ];
  it.each(cases)(
    'by %s says so with the reason and what helps, and changes nothing',
    async (_, change, options, reason, advice) => {
      await root.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v, l) VALUES (1, 1, 1, [1, 2])`);
      const before = await rowNow();
      const planned = await planOf(change, options);
      expect(planned.refusals).toEqual([]);
      const { outcomes, end, history } = await run(cluster, planned);
      expect(outcomes).toMatchObject([{ outcome: 'refused', mayResend: false, error: { code: 'invalid_statement' } }]);
      const message = outcomes[0]?.message ?? '';
      expect(message).toMatch(/^Refused, nothing was written: .*Guardrail/);
      expect(message).toMatch(reason);
      expect(message).toMatch(advice);
      const byStatement = new Map(outcomes.map((outcome) => [outcome.statement, outcome]));
      // It stays with its reason.
      expect(planEndings(planned, byStatement, { at: '', token: '' }).get(0)).toMatchObject({
        outcome: 'refused',
        message,
      });
      expect([end.undo, end.notUndone]).toEqual([[], []]);
      expect(history).toMatchObject([{ applied: 'not_applied', outcome: 'failed' }]);
      expect(await rowNow()).toEqual(before);
    },
  );

  it('goes through as it was advised', async () => {
    await root.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v, l, st) VALUES (1, 1, 1, [1, 2], {1, 2, 3, 4})`);
    const wanted = [edit({ v: { set: 2 } }), edit({ l: { set: [9, 2] } }), edit({ st: { elements: [[5, true]] } })];
    for (const change of wanted) {
      expect((await run(cluster, await planOf(change))).outcomes).toMatchObject([{ outcome: 'applied' }]);
    }
  });

  it('stops a writer of many rows at the first, and says what helps', async () => {
    const table = await changedTable(cluster, await cluster.client(), { keyspace: KEYSPACE, table: 't' });
    const ends: unknown[] = [];
    const writer = await RowWriter.open<number>(cluster, {
      ...{ table, columns: ['p', 'c', 'v'], consistency: 'ONE', timeoutMs: 10_000, rowsPerSecond: null },
      ...{ newer: () => null, signal: new AbortController().signal },
      ended: (some) => ends.push(...some),
    });
    const rows = Array.from({ length: 500 }, (_, tag) => {
      const values = [1, tag, tag].map((value) => Buffer.from([0, 0, value >> 8, value & 0xff]));
      return { values, ttlSeconds: null, timestampMicros: 1n, tag };
    });
    await expect(writer.add(rows).then(() => writer.end())).rejects.toMatchObject({
      error: {
        code: 'write_failure',
        message: expect.stringMatching(/^Stopped at the first row.*timestamps/),
        hint: expect.stringContaining('user_timestamps_enabled'),
      },
    });
    expect(ends).toEqual([]);
  });
});
