import { describe, expect, it } from 'vitest';
import { drain, fillPairs, PAIRS, sorted, tablePlan } from '@/lib/scan/test-scans';
import { HAS_NODETOOL, nodetoolOfAll } from '../test-nodetool';
import { testBed } from '../test-support';

const KEYSPACE = 'ringside_small_test';
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.pairs (k int PRIMARY KEY, v int)`]);

describe.runIf(HAS_NODETOOL)('a small table', () => {
  it('is split like any table while its size is unknown, and into few pieces once there are estimates', async () => {
    const name = `${KEYSPACE}.pairs`;
    await fillPairs(plain, name);
    const unknown = await drain(await tablePlan(cluster, name));
    expect(unknown.scan.pieces.length).toBeGreaterThanOrEqual(16);

    await nodetoolOfAll(['flush', KEYSPACE]);
    await nodetoolOfAll(['refreshsizeestimates']);
    const known = await drain(await tablePlan(cluster, name));
    // In the tests' rings every node holds all of it.
    expect(known.scan.pieces.length).toBe(1);
    expect(known.lines.length).toBe(PAIRS);
    expect(sorted(known.lines)).toEqual(sorted(unknown.lines));
    expect(known.scan.progress()).toMatchObject({ ringFraction: 1, rows: PAIRS });
  });
});
