import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import { ChangeStore } from '@/lib/changes/change-store';
import { lookAtLast, RecordedRun } from '@/lib/changes/last-run';
import { ApiFailure } from '@/lib/client/http';
import { planMutations, runMutations } from '@/lib/client/mutations';
import { mutationOptionsSchema, type RowChange } from '@/lib/contract/mutations';
import { changedTable } from '@/lib/mutations/table';
import { POST as look } from './clusters/[cluster]/mutations/look/route';
import { POST as plan } from './clusters/[cluster]/mutations/route';
import { POST as run } from './clusters/[cluster]/mutations/run/route';

/** Changes that wait in the browser and a run whose response was lost: what the server knows of it settles them. */

vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));
vi.stubEnv('RINGSIDE_DATA_DIR', mkdtempSync(join(tmpdir(), 'ringside-last-run-')));

const KEYSPACE = 'ringside_last_run';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [`CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, PRIMARY KEY (p, c))`],
);
afterAll(() => closeClusters());

type Handler = (request: Request, context: { params: Promise<{ cluster: string }> }) => Promise<Response>;
const ROUTES: Readonly<Record<string, Handler>> = { mutations: plan, run, look };
/** The browser's requests go to the endpoints themselves; the response of a run is lost once all of it was done. */
vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
  const last = address.split('/').at(-1) ?? '';
  const params = Promise.resolve({ cluster: 'test' });
  const response = await ROUTES[last]?.(new Request(new URL(address, 'http://localhost/'), init), { params });
  if (last !== 'run') return response;
  await response?.text();
  throw new TypeError('the connection was lost');
});

const set = (c: number, seen: number): RowChange => ({
  ...{ kind: 'update', key: { p: 1, c }, edits: { v: { set: 7 } } },
  seen: { v: seen },
});

/** Two changes that were run, the second of a row that changed after its review, and no word of what became of them. */
async function lost() {
  await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (1, 1, 1)`);
  await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (1, 2, 1)`);
  const table = await changedTable(cluster, await cluster.client(), { keyspace: KEYSPACE, table: 't' });
  const place = { cluster: 'test', keyspace: KEYSPACE, table: 't' };
  const store = new ChangeStore(place, table);
  store.act({ do: 'changes', changes: [set(1, 1), set(2, 1)] });
  const { changes } = store.getQueue();
  const planned = await planMutations(place, changes, mutationOptionsSchema.parse({}), new AbortController().signal);
  const token = planned.token ?? '';
  await plain.execute(`UPDATE ${KEYSPACE}.t SET v = 5 WHERE p = 1 AND c = 2`);
  // It begins: every change may have been applied.
  new RecordedRun(store, planned, token).ended(new Map());
  return { store, changes, token };
}

describe('a run whose response was lost', () => {
  it('is looked at again: what was applied leaves the queue, and what was not says why', async () => {
    const { store, changes, token } = await lost();
    await expect(runMutations('test', { token, confirmName: undefined }, () => undefined)).rejects.toThrow(ApiFailure);
    const endings = () => [...store.getStanding().endings.values()];
    expect(endings().map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
    expect(await lookAtLast(store, changes)).toBe(1);
    expect(store.getQueue().changes).toMatchObject([{ key: { c: 2 } }]);
    expect(endings()).toMatchObject([
      { outcome: 'not_applied', message: expect.stringContaining('not as it was read') },
    ]);
    const { rows } = await plain.execute(`SELECT v FROM ${KEYSPACE}.t WHERE p = 1`);
    expect(rows.map((row) => row.get('v'))).toEqual([7, 5]);
    // There is nothing left to look at.
    expect(await lookAtLast(store, store.getQueue().changes)).toBe(0);
  });

  it('stays open where the server does not know it, and says where else to look', async () => {
    const { store, changes } = await lost();
    expect(await lookAtLast(store, changes)).toBe(0);
    expect(store.getQueue().changes).toHaveLength(2);
    for (const ending of store.getStanding().endings.values()) {
      expect(ending).toMatchObject({ outcome: 'unknown', message: expect.stringMatching(/no longer kept.*history/) });
      expect(ending.run).toBeUndefined();
    }
  });
});
