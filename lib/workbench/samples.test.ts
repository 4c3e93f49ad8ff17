import { describe, expect, it } from 'vitest';
import type { Keyspace } from '@/lib/contract/schema';
import { classify } from '@/lib/cql/classifier';
import { KEYSPACES } from '@/lib/cql/help/test-mistakes';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { sampleStatements } from './samples';

const SYSTEM: Keyspace[] = KEYSPACES.map((keyspace) => ({ ...keyspace, system: true }));

describe('statements to begin with', () => {
  it('are of a table with a clustering key, from a few rows to one partition', () => {
    expect(sampleStatements([...SYSTEM, ...KEYSPACES]).map(({ statement }) => statement)).toEqual([
      'SELECT * FROM ringside_help.by_day LIMIT 20',
      'SELECT DISTINCT origin, day FROM ringside_help.by_day LIMIT 20',
      "SELECT * FROM ringside_help.by_day WHERE origin = 'a key' AND day = '2001-01-09'",
    ]);
  });

  it('read only, and the last costs one partition', () => {
    const schema = schemaLookup(KEYSPACES);
    const costs = sampleStatements(KEYSPACES).map(({ statement }) => classify(statement, { schema }));
    expect(costs.map(({ isWrite, cost }) => [isWrite, cost.scope])).toEqual([
      [false, 'whole_ring'],
      [false, 'whole_ring'],
      [false, 'one_partition'],
    ]);
  });

  it('are of the schema where there is no table yet', () => {
    for (const keyspaces of [[], SYSTEM]) {
      const samples = sampleStatements(keyspaces);
      expect(samples).toHaveLength(3);
      expect(samples.every(({ statement }) => !classify(statement).isWrite)).toBe(true);
    }
  });

  it('quote the names that need it', () => {
    const [keyspace] = KEYSPACES;
    if (keyspace === undefined) throw new Error('no keyspace');
    const odd = { ...keyspace, name: 'My "Keys"', tables: keyspace.tables.filter(({ name }) => name === 'Odd') };
    expect(sampleStatements([odd])[0]?.statement).toBe('SELECT * FROM "My ""Keys"""."Odd" LIMIT 20');
  });
});
