import { describe, expect, it } from 'vitest';
import { clockSuspicions } from './clocks';
import { RECORDED, recordedTrace, traceEvent } from './test-traces';

const SENT = 'Sending READ_REQ message to /10.0.0.2:7000 message size 84 bytes';
const RECEIVED = 'READ_REQ message received from /10.0.0.1:7000';

describe('a suspicion of the clocks', () => {
  it.each(RECORDED)('is not raised by %s, recorded on one machine with one clock', (name) => {
    expect(clockSuspicions(recordedTrace(name).events)).toEqual([]);
  });

  it('is raised by a message that arrived before it was sent', () => {
    const events = [traceEvent('10.0.0.1', 20_000, SENT), traceEvent('10.0.0.2', 50, RECEIVED)];
    expect(clockSuspicions(events)).toEqual([
      { sender: '10.0.0.1', receiver: '10.0.0.2', verb: 'READ_REQ', leastMicros: 19_000 },
    ]);
  });

  it('is raised by a response as well, where the other clock is ahead', () => {
    const events = [
      traceEvent('10.0.0.2', 0, 'Sending READ_RSP message to /10.0.0.1:7000 message size 50 bytes', 90_000),
      traceEvent('10.0.0.1', 3_000, 'READ_RSP message received from /10.0.0.2:7000'),
    ];
    expect(clockSuspicions(events)).toMatchObject([{ sender: '10.0.0.2', receiver: '10.0.0.1', leastMicros: 86_000 }]);
  });

  it('is not raised within the same millisecond, nor by what was noted after the end', () => {
    expect(clockSuspicions([traceEvent('10.0.0.1', 900, SENT), traceEvent('10.0.0.2', 50, RECEIVED)])).toEqual([]);
    const late = { ...traceEvent('10.0.0.1', 20_000, SENT), elapsedMicros: null };
    expect(clockSuspicions([late, traceEvent('10.0.0.2', 50, RECEIVED)])).toEqual([]);
  });

  it('leaves every time as the node wrote it', () => {
    const events = [traceEvent('10.0.0.1', 20_000, SENT), traceEvent('10.0.0.2', 50, RECEIVED)];
    const before = structuredClone(events);
    clockSuspicions(events);
    expect(events).toEqual(before);
  });
});
