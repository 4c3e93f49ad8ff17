import { describe, expect, it } from 'vitest';
import { canControl, PATIENCE } from '@/lib/cassandra/test-victim';
import { faultBed, finish, scanThrough, VISIBLE } from './test-scan-faults';

const TEST_TIMEOUT_MS = 420_000;

/** One case of each fault; `npm run test:faults` tries many. */
describe.runIf(canControl)('a scan through which a node', () => {
  const { cluster, victim, plan, expected } = faultBed('ringside_scan_faults', [1, 2, 3]);

  it(
    'dies loses and repeats nothing if other replicas hold its rows; otherwise it names what is missing, and resumes',
    async () => {
      const [whole, single] = [await plan(3), await plan(1)];
      const limits = { maxConcurrency: 4 };
      // The second scan starts when the first has killed the node, and meets the same failure midway.
      let alone = Promise.resolve<Awaited<ReturnType<typeof scanThrough>> | null>(null);
      const safe = await scanThrough(whole, {
        limits,
        strikeAt: 300,
        strike: () =>
          new Promise<void>((struck) => {
            alone = scanThrough(single, {
              limits,
              strikeAt: 200,
              strike: async () => {
                await victim().kill();
                struck();
              },
            });
          }),
      });
      expect(safe.failure).toBeNull();
      expect(safe.lines.toSorted()).toEqual(expected);

      const lost = await alone;
      if (lost === null) throw new Error('the second scan never started');
      expect(lost.failure).toMatchObject({ code: 'ranges_failed', retryable: true });
      expect(lost.failure?.message).toMatch(/missing: \(-?\d+, -?\d+\]/);
      expect(lost.lines.length).toBeLessThan(expected.length);
      await victim().start();
      await expect.poll(() => cluster.health().nodesUp, PATIENCE).toBe(3);
      expect(await finish(single, lost)).toEqual(expected);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is paused works around it',
    async () => {
      const read = await plan(2, { timeoutMs: 1_000 });
      const outcome = await scanThrough(read, { strikeAt: 300, strike: () => victim().pause() });
      if (outcome.failure !== null) {
        expect(outcome.failure.code).toMatch(VISIBLE);
        await victim().resume();
      }
      expect(await finish(read, outcome)).toEqual(expected);
    },
    TEST_TIMEOUT_MS,
  );
});
