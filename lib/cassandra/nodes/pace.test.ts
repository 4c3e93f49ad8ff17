import { describe, expect, it } from 'vitest';
import {
  type Asked,
  allowanceOf,
  isDue,
  perMinute,
  phaseOf,
  STATEMENTS_PER_MINUTE,
  sharedIntervals,
  stretchOf,
  takeDue,
} from './pace';

const SECOND_MS = 1_000;
const HOUR_S = 3_600;
/** As in node-statements.ts: one that says whether a node answers, four that move, three of clients and hints, and the slow ones. */
const EVERY_MS = [5, 15, 15, 15, 15, 60, 60, 60, 300, 300, 300, 300, 300, 900].map((seconds) => seconds * SECOND_MS);

/** Statements in each minute of an hour in which somebody looks every five seconds, by the schedule that asks real nodes. */
function countsByMinute(nodes: number): number[] {
  const stretch = stretchOf(nodes, EVERY_MS);
  const everyMs = (name: number) => EVERY_MS[name] ?? 0;
  const states = Array.from({ length: nodes }, (_, at) => {
    const schedule = {
      names: [...EVERY_MS.keys()],
      everyMs,
      stretch,
      phase: phaseOf(`10.0.${at >> 8}.${at & 255}:9042`),
    };
    return { schedule, asked: new Map<number, Asked>() };
  });
  const counts = new Array<number>(60).fill(0);
  for (let second = 0; second < HOUR_S; second += 5) {
    const minute = Math.floor(second / 60);
    for (const { schedule, asked } of states) {
      counts[minute] = (counts[minute] ?? 0) + [...takeDue(schedule, asked, () => second * SECOND_MS)].length;
    }
  }
  return counts;
}

describe('the pace at which nodes are asked', () => {
  it.each([1, 3, 48, 100, 1_000])('keeps the budget of %i nodes over an hour, whoever looks', (nodes) => {
    // The first round asks everything once.
    const [first = 0, ...later] = countsByMinute(nodes);
    expect(first).toBeLessThanOrEqual(STATEMENTS_PER_MINUTE + nodes * EVERY_MS.length);
    const mean = later.reduce((sum, count) => sum + count, 0) / later.length;
    expect(mean).toBeLessThanOrEqual(STATEMENTS_PER_MINUTE);
    expect(mean).toBeLessThanOrEqual(perMinute(nodes, EVERY_MS, stretchOf(nodes, EVERY_MS)));
    expect(Math.max(...later)).toBeLessThanOrEqual(STATEMENTS_PER_MINUTE);
  });

  it('does not stretch what fits, and asks 100 nodes 12 statements each a minute', () => {
    expect(stretchOf(3, EVERY_MS)).toBe(1);
    expect(stretchOf(37, EVERY_MS)).toBe(1);
    expect(perMinute(100, EVERY_MS, stretchOf(100, EVERY_MS)) / 100).toBeCloseTo(12, 1);
  });

  it('asks what was never asked, and nothing twice within its interval', () => {
    expect(isDue(undefined, 0, 15_000, 2)).toBe(true);
    expect(isDue(0, 29_999, 15_000, 2)).toBe(false);
    expect(isDue(0, 30_000, 15_000, 2)).toBe(true);
  });

  it('lets the pages of single nodes ask so many statements in any minute', () => {
    let sent: readonly number[] = [];
    let asked = 0;
    for (let atMs = 0; atMs < 120_000; atMs += 100) {
      const { recent, mayAsk } = allowanceOf(sent, atMs, 240);
      sent = mayAsk ? [...recent, atMs] : recent;
      asked += Number(mayAsk);
    }
    expect(asked).toBe(480);
  });
});

/** As in live-statements.ts: four that move fastest, five more slowly, and disk. */
const LIVE_MS = [10, 10, 10, 10, 30, 30, 30, 30, 30, 300].map((seconds) => seconds * SECOND_MS);

describe('several readers of one cluster', () => {
  const verdict = { everyMs: EVERY_MS, untilMs: 100 };
  const live = { everyMs: LIVE_MS, untilMs: 200 };

  it.each([1, 3, 15, 100, 1_000])('keep the budget of %i nodes together', (nodes) => {
    const stretch = stretchOf(nodes, sharedIntervals([verdict, live], 50));
    const sum = perMinute(nodes, EVERY_MS, stretch) + perMinute(nodes, LIVE_MS, stretch);
    // Each is rounded up to a whole statement.
    expect(sum).toBeLessThanOrEqual(STATEMENTS_PER_MINUTE + 2);
  });

  it('count while they ask, and no longer', () => {
    expect(sharedIntervals([verdict, live], 100)).toHaveLength(EVERY_MS.length + LIVE_MS.length);
    expect(sharedIntervals([verdict, live], 150)).toEqual(LIVE_MS);
    expect(sharedIntervals([verdict, live], 201)).toEqual([]);
  });

  it('asks 3 nodes every 10 s, 100 nodes every 29 s and 1,000 nodes every 285 s while it is alone', () => {
    const everyS = [3, 100, 1_000].map((nodes) => Math.round(10 * stretchOf(nodes, LIVE_MS)));
    expect(everyS).toEqual([10, 29, 285]);
  });
});
