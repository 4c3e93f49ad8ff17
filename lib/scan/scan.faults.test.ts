import { afterEach, describe, expect, it } from 'vitest';
import { nodeControl } from '@/embedded/index.mjs';
import { canControl } from '@/lib/cassandra/test-victim';
import { type FaultBed, faultBed, finish, scanThrough, VISIBLE } from './test-scan-faults';

const TEST_TIMEOUT_MS = 600_000;
const REPLICAS = [1, 2, 3];
const SEEDS = [1, 2];

type Victim = ReturnType<FaultBed['victim']>;

/** What happens to a node while it is read; slow strikes are not awaited. */
const FAULTS: Readonly<Record<string, (victim: Victim) => Promise<void>>> = {
  'is killed': (victim) => victim.kill(),
  'is paused': (victim) => victim.pause(),
  'is killed and restarted': async (victim) => {
    await victim.kill();
    await victim.launch();
  },
  'is stopped gracefully and restarted': async (victim) => {
    await victim.stop();
    await victim.launch();
  },
};

/** A pseudo-random number from 0 to 1, the same in every run (Park and Miller). */
function random(seed: number): number {
  return ((seed * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe.runIf(canControl)('a scan through which a node', () => {
  const { victim, plan, expected } = faultBed('ringside_scan_matrix', REPLICAS);
  const cases = Object.entries(FAULTS).flatMap(([name, strike], at) =>
    REPLICAS.flatMap((replicas) =>
      SEEDS.map((seed) => ({ name, strike, replicas, seed: 1 + seed + 10 * replicas + 100 * at })),
    ),
  );

  it.each(cases)(
    '$name, of rows with $replicas replicas (seed $seed), gives every row once or fails visibly and resumes',
    async ({ strike, replicas, seed }) => {
      const read = await plan(replicas, { pageRows: 3 + Math.floor(20 * random(seed * 77_777)) });
      const strikeAt = Math.floor(1 + (expected.length - 100) * random(seed * 55_555_555));
      const limits = { maxConcurrency: 1 + Math.floor(8 * random(seed * 3_333_333)) };
      const outcome = await scanThrough(read, { strikeAt, strike: () => strike(victim()), limits });
      // Missing rows must be reported as missing; all others must be there.
      expect(new Set(outcome.lines).size).toBe(outcome.lines.length);
      if (outcome.failure === null) expect(outcome.lines.toSorted()).toEqual(expected);
      else expect(outcome.failure.code).toMatch(VISIBLE);
      await victim().resume();
      await victim().start();
      expect(await finish(read, outcome)).toEqual(expected);
    },
    TEST_TIMEOUT_MS,
  );
});

describe.runIf(canControl)('a scan of nodes that all fall silent', () => {
  const { plan, expected } = faultBed('ringside_scan_silence', [3]);
  const all = [0, 1, 2].map((index) => nodeControl(index));
  const resume = () => Promise.all(all.map((node) => node.resume()));
  afterEach(resume);

  it(
    'ends, naming what is missing, instead of reading ever smaller ranges, and resumes',
    async () => {
      const read = await plan(3);
      const strike = async () => {
        await Promise.all(all.map((node) => node.pause()));
      };
      const outcome = await scanThrough(read, { strikeAt: 300, strike });
      expect(outcome.failure).toMatchObject({ code: 'ranges_failed', message: expect.stringContaining('missing: ') });
      await resume();
      expect(await finish(read, outcome)).toEqual(expected);
    },
    TEST_TIMEOUT_MS,
  );
});
