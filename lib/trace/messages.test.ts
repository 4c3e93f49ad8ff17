import { describe, expect, it } from 'vitest';
import { messageOf, nodeOf, nodesThatRead, unheardNodes } from './messages';
import { RECORDED, recordedTrace, traceEvent } from './test-traces';

describe('a message between nodes', () => {
  it.each([
    [
      'Sending READ_REQ message to /127.0.45.1:17000 message size 84 bytes',
      { way: 'sent', verb: 'READ_REQ', node: '127.0.45.1', bytes: 84 },
    ],
    [
      'Sending MUTATION_REQ message to node1.example.com/10.0.0.1:7000 message size 1200 bytes',
      { way: 'sent', verb: 'MUTATION_REQ', node: '10.0.0.1', bytes: 1200 },
    ],
    [
      'READ_RSP message received from /[2001:db8:0:0:0:0:0:1]:7000',
      { way: 'received', verb: 'READ_RSP', node: '2001:db8:0:0:0:0:0:1', bytes: null },
    ],
    ['Sending READ message to /10.0.0.1', { way: 'sent', verb: 'READ', node: '10.0.0.1', bytes: null }],
  ])('%s', (activity, expected) => {
    expect(messageOf({ activity })).toEqual(expected);
  });

  it('is not seen in what only resembles one', () => {
    expect(messageOf({ activity: 'Sending mutation to remote replica /10.0.0.1:7000' })).toBeNull();
    expect(messageOf({ activity: 'Parsing SELECT * FROM t' })).toBeNull();
  });

  it('names a node as the events do', () => {
    expect(nodeOf('/10.0.0.1:7000')).toBe('10.0.0.1');
    expect(nodeOf('/2001:db8::1')).toBe('2001:db8::1');
  });
});

describe('a recorded trace', () => {
  it.each(RECORDED)('%s has heard from every node that was asked', (name) => {
    expect(unheardNodes(recordedTrace(name).events)).toEqual([]);
  });

  it('shows which nodes read their own data', () => {
    expect(nodesThatRead(recordedTrace('5.0.9-select-one').events)).toEqual([
      recordedTrace('5.0.9-select-one').coordinator,
    ]);
    expect(nodesThatRead(recordedTrace('5.0.9-slowed').events)).toHaveLength(3);
    expect(nodesThatRead([traceEvent('10.0.0.2', 5, 'Row cache hit')])).toEqual(['10.0.0.2']);
  });
});

it('a node that was asked and has noted nothing is missing', () => {
  const asked = traceEvent('10.0.0.1', 10, 'Sending READ_REQ message to /10.0.0.2:7000 message size 84 bytes');
  const answered = traceEvent('10.0.0.1', 20, 'Sending READ_RSP message to /10.0.0.3:7000 message size 84 bytes');
  expect(unheardNodes([asked, answered])).toEqual(['10.0.0.2']);
  expect(unheardNodes([asked, traceEvent('10.0.0.2', 3, 'Executing single-partition query on t')])).toEqual([]);
});
