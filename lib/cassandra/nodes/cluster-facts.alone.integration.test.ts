import { expect, describe as group, it } from 'vitest';
import type { ClusterFacts } from '@/lib/health/facts';
import { nodeViewsOf } from '@/lib/health/node-views';
import { unknownOf } from '@/lib/health/verdict';
import { HAS_5_0, TELLS_GOSSIP } from '@/lib/test-release';
import { NODES } from '../test-ring';
import { countAnswers, testBed } from '../test-support';
import { INTERVALS_MS } from './ask-nodes';
import { readClusterFacts } from './cluster-facts';

const { cluster } = testBed([]);
const READ = { timeout: 60_000, interval: 200 };

/** Tables that this release lacks, with what they would say. */
const LACKING = [
  ...(TELLS_GOSSIP ? [] : ['gossip_info', 'queries', 'pending_hints']),
  ...(HAS_5_0 ? [] : ['snapshots']),
];

const isWhole = ({ nodes }: ClusterFacts) =>
  nodes.every(({ reads }) => Object.keys(reads).length === INTERVALS_MS.length);

async function wholeFacts(): Promise<ClusterFacts> {
  await expect.poll(async () => isWhole(await readClusterFacts(cluster)), READ).toBe(true);
  return readClusterFacts(cluster);
}

group('what every node says', () => {
  it('is asked once, however many look', async () => {
    const client = await cluster.client();
    const settings = countAnswers(client, 'system_views.settings');
    await Promise.all(Array.from({ length: 50 }, () => readClusterFacts(cluster)));
    await wholeFacts();
    await Promise.all(Array.from({ length: 50 }, () => readClusterFacts(cluster)));
    expect(settings()).toBe(NODES.length);
  });

  it('is all that its release has; what it lacks is named, by table', async () => {
    const facts = await wholeFacts();
    expect(facts.nodes.map(({ node }) => node).sort()).toEqual([...NODES].sort());
    expect(facts.nodes.every(({ silence }) => silence === null)).toBe(true);
    const missing = unknownOf(facts).map(({ why }) => /system_views\.(\w+): it came with /.exec(why)?.[1]);
    expect(missing.sort()).toEqual(LACKING.toSorted());
    for (const { nodes, grant } of unknownOf(facts)) expect([nodes.length, grant]).toEqual([NODES.length, null]);
    expect(facts.members).toHaveLength(NODES.length);
    expect(facts.tables.length).toBeGreaterThan(10);
  });

  it('is the same of each other node, and its own settings differ only in what is its own', async () => {
    const state = TELLS_GOSSIP ? 'up' : 'unknown';
    const views = async () => nodeViewsOf(await readClusterFacts(cluster));
    await expect
      .poll(async () => (await views()).subjects.map(({ common }) => common.state), READ)
      .toEqual(NODES.map(() => state));
    const { settings, observers, subjects } = await views();
    expect(observers.map(({ source }) => source)).toEqual(NODES.map(() => (TELLS_GOSSIP ? 'gossip' : 'peers')));
    expect(subjects.flatMap(({ fields }) => fields)).toEqual([]);
    expect(settings.compared).toBeGreaterThan(150);
    expect(settings.rows.filter(({ kind }) => kind === 'must_agree')).toEqual([]);
    expect(settings.rows.find(({ name }) => name === 'rpc_address')).toMatchObject({ kind: 'own', isMasked: false });
  });
});
