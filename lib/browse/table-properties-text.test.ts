import { describe, expect, it } from 'vitest';
import { compactionText, ttlText } from './table-properties-text';

describe('properties in a few words', () => {
  it.each([
    ['0', 'no TTL'],
    ['1', 'TTL 1 second'],
    ['90', 'TTL 90 seconds'],
    ['3600', 'TTL 1 hour'],
    ['2592000', 'TTL 30 days'],
  ])('a TTL of %s s is %s', (stored, text) => {
    expect(ttlText({ default_time_to_live: stored })).toBe(text);
  });

  it('are nothing where a release does not have them', () => {
    expect(ttlText({ default_time_to_live: null })).toBeNull();
    expect(ttlText({})).toBeNull();
    expect(compactionText({})).toBeNull();
    expect(compactionText({ compaction: {} })).toBeNull();
  });

  it('name a strategy without what all of them share', () => {
    const compaction = (name: string) => compactionText({ compaction: { class: name } });
    expect(compaction('org.apache.cassandra.db.compaction.SizeTieredCompactionStrategy')).toBe('SizeTiered');
    expect(compaction('com.example.Own')).toBe('Own');
  });
});
