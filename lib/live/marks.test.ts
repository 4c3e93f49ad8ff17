import { describe, expect, it } from 'vitest';
import type { ClusterEvent } from '@/lib/contract/events';
import { linesOf, marksOf } from './marks';

const HOUR_MS = 3_600_000;
const event = (atMs: number): ClusterEvent => ({
  id: `e${atMs}`,
  kind: 'schema_changed',
  at: new Date(atMs).toISOString(),
  since: null,
  node: null,
  source: 'test',
  fields: [],
  changes: [],
  moreChanges: 0,
});
const span = (apartMs: number) => ({ fromMs: 0, toMs: HOUR_MS, apartMs });

describe('events on the plots', () => {
  it('of a burst are one line and one mark, which counts them', () => {
    const burst = Array.from({ length: 200 }, (_, at) => event(600_000 + at * 100));
    expect(linesOf(burst, span(36_000))).toEqual([600_000]);
    expect(marksOf(burst, span(36_000)).map(({ events }) => events.length)).toEqual([200]);
  });

  it('that are apart have a line each, where they are', () => {
    expect(linesOf([event(900_000), event(600_000)], span(36_000))).toEqual([600_000, 900_000]);
  });

  it('outside the span have none', () => {
    expect(linesOf([event(-1), event(HOUR_MS + 1)], span(1))).toEqual([]);
  });
});
