import { describe, expect, it } from 'vitest';
import { nodetool } from '@/embedded/index.mjs';
import { drain, fillPairs, PAIRS, sorted, tablePlan } from '@/lib/scan/test-scans';
import { NODES } from '../test-ring';
import { testBed } from '../test-support';

const RECORD = process.env.RINGSIDE_TEST_RING ?? '';
const KEYSPACE = 'ringside_small_test';
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.pairs (k int PRIMARY KEY, v int)`]);

describe.runIf(RECORD !== '')('a small table', () => {
  it('is split like any table while its size is unknown, and into few pieces once there are estimates', async () => {
    const name = `${KEYSPACE}.pairs`;
    await fillPairs(plain, name);
    const unknown = await drain(await tablePlan(cluster, name));
    expect(unknown.scan.pieces.length).toBeGreaterThanOrEqual(16);

    for (const node of NODES.keys()) {
      await nodetool(RECORD, ['flush', KEYSPACE], node);
      await nodetool(RECORD, ['refreshsizeestimates'], node);
    }
    const known = await drain(await tablePlan(cluster, name));
    // In the tests' rings every node holds all of it.
    expect(known.scan.pieces.length).toBe(1);
    expect(known.lines.length).toBe(PAIRS);
    expect(sorted(known.lines)).toEqual(sorted(unknown.lines));
    expect(known.scan.progress()).toMatchObject({ ringFraction: 1, rows: PAIRS });
  });
});
