import { describe, expect, it } from 'vitest';
import { lanesOf } from './lanes';
import { RECORDED, recordedTrace, traceEvent } from './test-traces';

describe('the lanes of a trace', () => {
  it.each(RECORDED)('%s: every event once, in the order of its node’s own time', (name) => {
    const trace = recordedTrace(name);
    const lanes = lanesOf(trace);
    expect(lanes[0]).toMatchObject({ node: trace.coordinator, isCoordinator: true });
    const indexes = lanes.flatMap(({ events }) => events.map(({ index }) => index));
    expect(indexes.toSorted((one, other) => one - other)).toEqual(trace.events.map((_, index) => index));
    for (const { events, spanMicros } of lanes) {
      const offsets = events.flatMap(({ offsetMicros }) => offsetMicros ?? []);
      expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
      expect(spanMicros).toBe((offsets.at(-1) ?? 0) - (offsets[0] ?? 0));
    }
  });

  it('put a node that counts from 0 again after what it did before, by its own clock', () => {
    const received = 'READ_REQ message received from /10.0.0.1:7000';
    const events = [
      traceEvent('10.0.0.2', 40, received),
      traceEvent('10.0.0.2', 9_000, 'Executing single-partition query on t'),
      traceEvent('10.0.0.2', 30, received, 50_000),
      traceEvent('10.0.0.2', 2_000, 'Executing single-partition query on t', 50_000),
    ];
    const [lane] = lanesOf({ coordinator: null, events });
    expect(lane?.visits).toBe(2);
    const offsets = lane?.events.map(({ offsetMicros }) => offsetMicros);
    expect(offsets?.[2]).toBeGreaterThan(49_000);
    expect(offsets?.[3]).toBe((offsets?.[2] ?? 0) + 1_970);
  });

  it('keep one visit where threads write a little out of order', () => {
    const events = [300, 250, 400].map((elapsed) => traceEvent('10.0.0.1', elapsed, 'Adding to t memtable'));
    expect(lanesOf({ coordinator: '10.0.0.1', events })[0]).toMatchObject({ visits: 1, spanMicros: 150 });
  });

  it('have what was noted after the request’s end last, at no time', () => {
    const events = [
      traceEvent('10.0.0.1', null, 'Enqueuing response to /10.0.0.2'),
      traceEvent('10.0.0.1', 5, 'Parsing x'),
    ];
    const [lane] = lanesOf({ coordinator: '10.0.0.1', events });
    expect(lane?.events.map(({ offsetMicros }) => offsetMicros)).toEqual([5, null]);
    expect(lane?.events[0]?.untilNextMicros).toBeNull();
  });
});
