import { describe, expect, it } from 'vitest';
import { lanesOf } from './lanes';
import { RECORDED, recordedTrace } from './test-traces';
import { slowestOf } from './waits';

const slowest = (name: string) => {
  const trace = recordedTrace(name);
  return slowestOf(lanesOf(trace), trace.durationMicros);
};

describe('what the coordinator waited for longest', () => {
  it('is the node that was paused, of whose time only a little was work', () => {
    const wait = slowest('5.0.9-slowed');
    expect(wait).toMatchObject({ node: '127.0.45.3', verb: 'READ_REQ' });
    expect(wait?.micros).toBeGreaterThan(390_000);
    expect(wait?.workedMicros).toBeLessThan(10_000);
  });

  it('is not the paused node where a speculative retry was enough', () => {
    const wait = slowest('5.0.9-speculated');
    expect(wait?.node).not.toBe('127.0.45.3');
    expect(wait?.micros).toBeLessThan(recordedTrace('5.0.9-speculated').durationMicros ?? 0);
  });

  it('is work of the coordinator where no other node was asked', () => {
    expect(slowest('5.0.9-select-one')).toMatchObject({
      node: recordedTrace('5.0.9-select-one').coordinator,
      verb: null,
    });
  });

  it.each(RECORDED)('lies within the duration of %s, on a path of its events', (name) => {
    const { events, durationMicros } = recordedTrace(name);
    const wait = slowest(name);
    expect(wait?.micros).toBeGreaterThan(0);
    expect(wait?.micros).toBeLessThanOrEqual(durationMicros ?? 0);
    expect(wait?.path.length).toBeGreaterThanOrEqual(2);
    for (const index of wait?.path ?? []) expect(events[index]).toBeDefined();
  });

  it('is nothing in a trace without events', () => {
    expect(slowestOf([], 100)).toBeNull();
  });
});
