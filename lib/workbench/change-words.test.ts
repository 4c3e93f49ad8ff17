import { describe, expect, it } from 'vitest';
import { classify } from '@/lib/cql/classifier';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { analysisKeyspace } from '@/lib/cql/test-analysis';
import { changeLines } from './change-words';

const keyspaces = [analysisKeyspace('ks')];
const lines = (text: string, serialConsistency: 'LOCAL_SERIAL' | null = null) => {
  const { change } = classify(text, { keyspace: 'ks', schema: schemaLookup(keyspaces) });
  if (change === null) throw new Error('nothing changes');
  return changeLines(change, keyspaces, { consistency: 'LOCAL_QUORUM', serialConsistency });
};

describe('the lines of a question', () => {
  const REPLICATION = '1 replica on the next nodes of the ring, whatever their datacenter or rack.';

  it('name what is touched, where it is kept, and the level', () => {
    expect(lines('DELETE FROM t WHERE a = 1 AND b = 1')).toEqual([
      { label: 'Touches', text: '1 whole partition' },
      { label: 'Replication', text: REPLICATION },
      { label: 'Consistency', text: 'LOCAL_QUORUM' },
    ]);
  });

  it('name the serial level of a conditional write alone', () => {
    const serial = (text: string, level?: 'LOCAL_SERIAL') =>
      lines(text, level).find(({ label }) => label === 'Serial consistency')?.text;
    expect(serial('INSERT INTO one (k) VALUES (1) IF NOT EXISTS')).toBe('SERIAL');
    expect(serial('INSERT INTO one (k) VALUES (1) IF NOT EXISTS', 'LOCAL_SERIAL')).toBe('LOCAL_SERIAL');
    expect(serial('INSERT INTO one (k) VALUES (1)', 'LOCAL_SERIAL')).toBeUndefined();
  });

  it('give no level to what has none', () => {
    for (const text of ['TRUNCATE one', 'DROP TABLE one', 'CREATE TABLE other (k int PRIMARY KEY)']) {
      expect(lines(text).map(({ label }) => label)).toEqual(['Touches', 'Replication']);
    }
  });
});
