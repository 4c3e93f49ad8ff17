import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import { nodeViewsResponseSchema, verdictResponseSchema } from '@/lib/contract/health';
import { POST as mute, DELETE as unmute } from './clusters/[cluster]/mutes/route';
import { GET as nodeViews } from './clusters/[cluster]/node-views/route';
import { GET as verdict } from './clusters/[cluster]/verdict/route';

vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));
vi.stubEnv('RINGSIDE_DATA_DIR', mkdtempSync(join(tmpdir(), 'ringside-verdict-')));

const KEYSPACE = 'ringside_verdict_test';
const TABLE = `${KEYSPACE}.t`;
const ID = `time_windows_without_ttl:${TABLE}`;
testBed(
  [KEYSPACE],
  [`CREATE TABLE ${TABLE} (k int PRIMARY KEY) WITH compaction = {'class': 'TimeWindowCompactionStrategy'}`],
);
afterAll(() => closeClusters());

const here = { params: Promise.resolve({ cluster: 'test' }) };
const asked = async (response: Promise<Response>) => verdictResponseSchema.parse(await (await response).json());
const look = () => asked(verdict(new Request('http://localhost/'), here));
const muted = (body: object) =>
  mute(new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) }), here);
const ofTable = ({ findings }: Awaited<ReturnType<typeof look>>) => findings.filter(({ id }) => id === ID);

describe('the verdict', () => {
  it('has a finding of a real table, which can be muted with a reason, and shown again', async () => {
    await expect.poll(async () => ofTable(await look()).length, { timeout: 60_000 }).toBe(1);
    const hidden = await asked(muted({ id: ID, reason: ' Every statement says TTL. ', days: 7 }));
    expect(ofTable(hidden)).toEqual([]);
    expect(hidden.muted).toMatchObject([
      { finding: { id: ID }, mute: { reason: 'Every statement says TTL.', by: 'anonymous', severity: 'notice' } },
    ]);
    expect(ofTable(await look())).toEqual([]);
    const search = new URLSearchParams({ id: ID });
    const back = await asked(unmute(new Request(`http://localhost/?${search}`, { method: 'DELETE' }), here));
    expect([ofTable(back).length, back.muted]).toEqual([1, []]);
  });

  it.each([
    { id: 'nothing:of/this', reason: 'x', days: 1 },
    { id: ID, reason: ' ', days: 1 },
    { id: ID, reason: 'x', days: 0 },
    { id: ID, reason: 'x', days: 366 },
  ])('refuses to mute %o', async (body) => {
    expect((await muted(body)).status).toBeGreaterThanOrEqual(400);
    expect((await look()).muted).toEqual([]);
  });

  it('states its pace, and what nodes say of each other beside it', async () => {
    const { pace, nodes } = await look();
    expect(pace).toMatchObject({ nodes, everyMs: 5_000 });
    const views = nodeViewsResponseSchema.parse(await (await nodeViews(new Request('http://localhost/'), here)).json());
    expect(views.subjects).toHaveLength(nodes);
    expect(views.pace).toEqual(pace);
  });
});
