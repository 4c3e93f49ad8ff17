import { describe, expect, it } from 'vitest';
import { readLiveAddress, USUAL_VIEW, writeLiveAddress } from './live-address';
import { marksOf } from './marks';
import { liveText } from './plots';
import type { SeriesName } from './series';

describe('the address of the plots', () => {
  it('holds what is not usual, and leaves the rest of it alone', () => {
    const search = writeLiveAddress('other=1', {
      spanMinutes: 60,
      quantile: 'max',
      pool: 'ReadStage',
      nodes: ['a:1', 'b:2'],
      asTable: true,
    });
    expect(search).toBe('other=1&minutes=60&quantile=max&pool=ReadStage&as=table&node=a%3A1&node=b%3A2');
    expect(readLiveAddress(search)).toEqual({
      spanMinutes: 60,
      quantile: 'max',
      pool: 'ReadStage',
      nodes: ['a:1', 'b:2'],
      asTable: true,
    });
    expect(writeLiveAddress(search, USUAL_VIEW)).toBe('other=1');
  });

  it('that makes no sense is the usual view', () => {
    expect(readLiveAddress('minutes=7&quantile=p12&as=poem')).toEqual(USUAL_VIEW);
  });
});

const event = (id: string, at: number) => ({
  id,
  kind: 'node_up' as const,
  at: new Date(at).toISOString(),
  since: null,
  node: null,
  source: '',
  fields: [],
  changes: [],
  moreChanges: 0,
});

describe('marks of events', () => {
  it('are within the span, oldest first, and hold events that would cover each other', () => {
    const events = [event('d', 900), event('c', 520), event('b', 500), event('a', 99)];
    const marks = marksOf(events, { fromMs: 100, toMs: 900, apartMs: 100 });
    expect(marks.map(({ atMs, events: some }) => [atMs, some.map(({ id }) => id)])).toEqual([
      [500, ['b', 'c']],
      [900, ['d']],
    ]);
  });
});

describe('a number of a series', () => {
  it.each<[SeriesName, number | null, string]>([
    ['reads', 1234.5678, '1,235 /s'],
    ['reads', 0.123456, '0.123 /s'],
    ['readP99', 0, '< 1 ms'],
    ['readP99', 12, '12 ms'],
    ['heap', 1_048_576, '1.00 MiB'],
    ['pending', null, 'unknown'],
  ])('%s %s is %s', (series, value, text) => {
    expect(liveText(series, value)).toBe(text);
  });
});
