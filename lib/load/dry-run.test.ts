import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bindOptionsSchema, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { RowBinder } from '@/lib/transform/row-binder';
import type { CqlTable } from '@/lib/wire/file-format';
import { KeyHash, KeySet } from './key-set';
import { openSource } from './open-source';
import { Places } from './places';
import { dryRunOf } from './test-dry-run';
import { streamOf } from './test-sources';

const table: CqlTable = {
  keyspace: 'k',
  table: 't',
  columns: [
    { name: 'a', type: { kind: 'native', name: 'text' }, kind: 'partition_key' },
    { name: 'b', type: { kind: 'native', name: 'text' }, kind: 'clustering' },
    { name: 'c', type: { kind: 'native', name: 'int' }, kind: 'regular' },
  ],
};

async function tried(text: string, keySlots?: number) {
  const { signal } = new AbortController();
  const source = await openSource(
    { stream: streamOf(Buffer.from(text), 16) },
    sourceOptionsSchema.parse({ format: 'csv' }),
    signal,
  );
  const mapping = table.columns.map(({ name }) => ({ to: name, from: { field: name } }));
  const binder = new RowBinder(bindOptionsSchema.parse({ mapping }), table, source.form);
  return await dryRunOf(source, { binder, columns: table.columns, format: 'csv', keySlots });
}

describe('a dry run', () => {
  it('counts, lists what fails, and hashes the file as it came', async () => {
    const text = 'a,b,c\nx,y,1\nx,z,one\nx\n';
    expect(await tried(text)).toMatchObject({
      counts: { records: 3, good: 1, bad: 2, duplicates: 0, allKeysCompared: true, bytes: text.length },
      problems: [
        { number: 2, line: 3, column: 'c', field: 'c', value: 'one' },
        { number: 3, line: 4, column: null, value: null },
      ],
      sha256: createHash('sha256').update(text).digest('hex'),
      message: null,
    });
  });

  it('finds rows that overwrite each other, by their whole key', async () => {
    const { counts, duplicates } = await tried('a,b,c\nx,y,1\nxy,,2\n,xy,3\nx,"z\n",4\nx,y,5\nx,y,6\n');
    expect(counts).toMatchObject({ duplicates: 2, allKeysCompared: true });
    const key = 'a = "x", b = "y"';
    expect(duplicates).toEqual([
      { key, later: { file: null, at: 7 }, earlier: { file: null, at: 2 } },
      { key, later: { file: null, at: 8 }, earlier: { file: null, at: 2 } },
    ]);
  });

  it('lists the first hundred of them, and counts all', async () => {
    const { counts, duplicates } = await tried(`a,b,c\n${'x,y,1\n'.repeat(300)}`);
    expect([counts.duplicates, duplicates.length]).toEqual([299, 100]);
  });

  it('says that it had no room for all keys', async () => {
    const lines = Array.from({ length: 100 }, (_, at) => `x,${at},1\n`);
    const { counts } = await tried(`a,b,c\n${lines.join('')}${lines.join('')}`, 64);
    expect(counts).toMatchObject({ duplicates: 44, allKeysCompared: false });
  });
});

describe('places in several files', () => {
  it('are distinguished by file, and in one file by line alone', () => {
    const places = new Places();
    places.begin('a.csv');
    const first = places.add(7);
    expect(places.of(first)).toEqual({ file: null, at: 7 });
    places.begin('empty.csv');
    places.begin('b.csv');
    const later = places.add(1);
    expect([places.of(first), places.of(later)]).toEqual([
      { file: 'a.csv', at: 7 },
      { file: 'b.csv', at: 1 },
    ]);
  });
});

describe('a set of keys', () => {
  it('has no two of two hundred thousand close keys for one, and finds each again', () => {
    const [keys, hash] = [new KeySet(), new KeyHash()];
    const added = (number: number, record: number) => {
      hash.reset();
      hash.part(Buffer.from(String(number)));
      return keys.add(hash.finish(), record);
    };
    let known = 0;
    for (let at = 1; at <= 200_000; at++) if (added(at, at) !== 0) known++;
    expect(known).toBe(0);
    for (let at = 1; at <= 200_000; at += 1_000) expect(added(at, 1)).toBe(at);
    expect(keys.missedKeys).toBe(0);
  });

  it('tells parts of a key apart by where they end', () => {
    const hashOf = (...parts: string[]) => {
      const hash = new KeyHash();
      hash.reset();
      for (const part of parts) hash.part(Buffer.from(part));
      const { high, low } = hash.finish();
      return `${high} ${low}`;
    };
    expect(hashOf('a', 'bc')).not.toBe(hashOf('ab', 'c'));
    expect(hashOf('a', '')).not.toBe(hashOf('', 'a'));
  });
});
