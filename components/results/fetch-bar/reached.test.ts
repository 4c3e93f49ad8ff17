import { describe, expect, it } from 'vitest';
import type { HeaderFrame, PageFrame } from '@/lib/contract/frames';
import { NOT_READ } from '@/lib/reader/read-state';
import { reachedIn } from './reached';

const HEADER: HeaderFrame = {
  columns: [
    { name: 'station', type: 'text', kind: 'partition_key' },
    { name: 'at', type: 'date', kind: 'clustering' },
    { name: 'value', type: 'int', kind: 'regular' },
  ],
  consistency: 'LOCAL_ONE',
  statement: '',
};

const page = (ringFraction: number | null): PageFrame => ({
  index: 0,
  rows: 1,
  totalRows: 1,
  bytes: 1,
  elapsedMs: 1,
  token: null,
  ringFraction,
  cursor: 'more',
  coordinator: '127.0.0.1:9042',
  consistency: 'LOCAL_ONE',
  warnings: [],
});

const paused = { ...NOT_READ, phase: 'paused' as const, page: page(null) };

describe('how far a read has got', () => {
  it('is the clustering value inside one partition', () => {
    const reading = { ...paused, firstRow: ['A', '2001-01-01', 1], lastRow: ['A', '2001-01-09', 2] };
    expect(reachedIn(reading, HEADER)).toBe('2001-01-09');
  });

  it('names the partition too when there are several', () => {
    const reading = { ...paused, firstRow: ['A', '2001-01-01', 1], lastRow: ['B', '2001-01-09', 2] };
    expect(reachedIn(reading, HEADER)).toBe('B, 2001-01-09');
  });

  it('is left out where the share of the ring shows it, or all was read', () => {
    const reading = { ...paused, firstRow: ['A', 'x', 1], lastRow: ['A', 'x', 1] };
    expect(reachedIn({ ...reading, page: page(0.5) }, HEADER)).toBeNull();
    expect(reachedIn({ ...reading, phase: 'complete' }, HEADER)).toBeNull();
    expect(reachedIn(paused, HEADER)).toBeNull();
  });
});
