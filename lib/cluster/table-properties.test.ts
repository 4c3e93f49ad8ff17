import { describe, expect, it } from 'vitest';
import { propertyFacts } from './table-properties';

const LZ4 = 'org.apache.cassandra.io.compress.LZ4Compressor';

describe('the properties of a table', () => {
  it('stand with their defaults, those that differ first', () => {
    const facts = propertyFacts({
      comment: 'x',
      crc_check_chance: '1',
      gc_grace_seconds: '3600',
      compression: { class: LZ4, chunk_length_in_kb: '16' },
      memtable: null,
    });
    expect(facts.map(({ name, differs }) => [name, differs])).toEqual([
      ['comment', true],
      ['gc_grace_seconds', true],
      ['compression', false],
      ['crc_check_chance', false],
      ['memtable', false],
    ]);
    expect(facts[1]).toMatchObject({ value: '3600', usual: '864000' });
  });

  it.each([
    ['gc_grace_seconds', '3600', /^Tombstones stay for 1 h: repair more often/],
    ['gc_grace_seconds', '0', /a replica that missed a delete can bring the row back/],
    ['default_time_to_live', '86400', /expire after 1 day/],
    ['bloom_filter_fp_chance', '0.1', /^About 10 % of checks/],
    ['speculative_retry', '99p', /longer than 99 % of such requests take asks another replica/],
    ['speculative_retry', '50ms', /longer than 50 ms/],
    ['speculative_retry', 'NEVER', /wait for a slow replica/],
    ['read_repair', 'NONE', /go back in time/],
    ['something_new', 'x', /does not know/],
  ])('%s = %s has a consequence', (name, value, consequence) => {
    expect(propertyFacts({ [name]: value })[0]?.consequence).toMatch(consequence);
  });

  it('name the compaction strategy in short, whatever its options', () => {
    const [fact] = propertyFacts({
      compaction: { class: 'org.apache.cassandra.db.compaction.LeveledCompactionStrategy', sstable_size_in_mb: '160' },
    });
    expect(fact).toMatchObject({
      value: 'class: LeveledCompactionStrategy, sstable_size_in_mb: 160',
      differs: true,
      consequence: expect.stringContaining('levels'),
    });
  });
});
