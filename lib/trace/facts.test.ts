import { describe, expect, it } from 'vitest';
import { compareTraces } from './compare';
import { factLines, factsOf } from './facts';
import { isTraceId, traceIdIn } from './ids';
import { clockText, formatMicros } from './micros';
import { recordedTrace } from './test-traces';
import { traceText } from './text';

describe('the facts of a trace', () => {
  it('are sums over the replicas', () => {
    const facts = factsOf(recordedTrace('5.0.9-select-quorum'));
    expect(facts).toMatchObject({
      consistency: 'QUORUM',
      rowsRead: 8,
      tombstonesRead: 16,
      sstables: 0,
      bytesSent: 134,
    });
    expect(facts.nodesAsked).toHaveLength(2);
    const lines = Object.fromEntries(factLines(facts, 4));
    expect(lines['Rows read']).toBe('8 on all replicas for 4 rows returned');
    expect(lines['Tombstones read']).toBe('16');
  });

  it('say what is not in the trace instead of 0', () => {
    const lines = Object.fromEntries(factLines(factsOf(recordedTrace('5.0.9-insert-all')), null));
    expect(lines['Rows read']).toBe('not in the trace');
    expect(lines.SSTables).toBe('not in the trace');
  });

  it('count the events of each group', () => {
    const { groups } = factsOf(recordedTrace('5.0.9-insert-conditional'));
    expect(groups.map(({ group }) => group)).toContain('paxos');
    expect(factsOf(recordedTrace('5.0.9-speculated')).groups.map(({ group }) => group)).toContain('speculative');
  });
});

it('two traces stand side by side, with what differs', () => {
  const [one, quorum] = [recordedTrace('5.0.9-select-one'), recordedTrace('5.0.9-select-quorum')];
  const { verdict, facts, groups } = compareTraces({ trace: one, returnedRows: 4 }, { trace: quorum, returnedRows: 4 });
  expect(verdict).toMatch(/^The second took [\d.]+ ms (more|less), [\d.]+ times as long\./);
  expect(facts.find(({ name }) => name === 'Consistency')).toEqual({
    name: 'Consistency',
    one: 'ONE',
    other: 'QUORUM',
    differs: true,
  });
  expect(groups.find(({ name }) => name === 'Replicas asked')?.one).toBe('0');
});

it('a trace as text has its facts, then each node with its own times', () => {
  const text = traceText(recordedTrace('5.0.9-slowed'), 1);
  expect(text).toContain('SELECT * FROM w13_trace_rec.slow WHERE k = 1');
  expect(text).toMatch(/Longest wait: 40\d ms for 127\.0\.45\.3, there and back \(READ_REQ\)/);
  expect(text).toContain('127.0.45.2 (coordinator)\n');
  expect(text).toMatch(/975 µs {2}07:04:51\.535000 UTC {2}Reading {2}Executing single-partition query on slow/);
});

it.each([
  [0, '0 µs'],
  [999, '999 µs'],
  [1_000, '1.00 ms'],
  [12_345, '12.3 ms'],
  [999_499, '999 ms'],
  [1_200_000, '1.20 s'],
])('%i microseconds are %s', (micros, text) => {
  expect(formatMicros(micros)).toBe(text);
});

it('a clock keeps its microseconds', () => {
  expect(clockText(1_760_000_000_412_004)).toBe('08:53:20.412004 UTC');
});

it('an id is found in what was pasted', () => {
  const id = '4f5c0d30-8a5e-11ef-9b1a-0242ac120002';
  expect(traceIdIn(`Tracing session: ${id.toUpperCase()}`)).toBe(id);
  expect(traceIdIn('nothing')).toBeNull();
  expect(isTraceId(id)).toBe(true);
  expect(isTraceId(`${id}0`)).toBe(false);
});
