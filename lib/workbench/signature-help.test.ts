import { describe, expect, it } from 'vitest';
import type { Keyspace } from '@/lib/contract/schema';
import { FUNCTIONS } from '@/lib/cql/cql-words';
import { SIGNATURES } from '@/lib/cql/signatures';
import { signatureAt } from './signature-help';

const shop: Keyspace = {
  name: 'shop',
  system: false,
  virtual: false,
  durableWrites: true,
  replication: {},
  tables: [],
  types: [],
  functions: [
    { name: 'fold', kind: 'function', argumentTypes: ['int', 'text'], returnType: 'bigint' },
    { name: 'fold', kind: 'function', argumentTypes: ['text'], returnType: 'bigint' },
  ],
};

/** `name(parameter, [at the cursor]) → result` of each shape. */
function shown(before: string, release: string | null = '5.0.9', keyspace: string | undefined = 'shop'): string[] {
  const help = signatureAt(before, { schema: { keyspaces: [shop] }, keyspace, release });
  return (help?.shapes ?? []).map(({ name, parameters, result }) => {
    const marked = parameters.map((one, index) => (index === help?.argument ? `<${one}>` : one));
    return `${name}(${marked.join(', ')}) → ${result}`;
  });
}

describe('the signature of the function at the cursor', () => {
  it.each([
    ['SELECT now(', ['now() → timeuuid']],
    ['SELECT to_timestamp(', ['to_timestamp(<date or timeuuid>) → timestamp']],
    ['SELECT toTimestamp(now(), ', ['toTimestamp(date or timeuuid) → timestamp']],
    ['SELECT toTimestamp(now(', ['now() → timeuuid']],
    ['SELECT token(', ['token(<partition key…>) → bigint']],
    ['SELECT ttl(', ['ttl(<column>) → int']],
    ['SELECT writetime(a', ['writetime(<column>) → bigint']],
    ['SELECT CAST(', ['cast(<column AS type>) → type']],
    ['SELECT floor(a, ', ['floor(timestamp, date or time, <duration>) → timestamp']],
    ['SELECT count(', ['count(<* or column>) → bigint']],
    ["SELECT mask_inner('a, b', 1, ", ['mask_inner(text, begin int, <end int>, [padding text]) → text']],
    ['SELECT similarity_cosine(e, [1, 2', ['similarity_cosine(vector<float, N>, <vector<float, N>>) → float']],
    ['SELECT fold(a, ', ['fold(int, <text>) → bigint', 'fold(text) → bigint']],
    ['SELECT shop.fold(', ['fold(<int>, text) → bigint', 'fold(<text>) → bigint']],
    ["SELECT * FROM t WHERE k = text_as_blob('x", ['text_as_blob(<text>) → blob']],
    ['SELECT now()', []],
    ['SELECT nothing(', []],
    ['INSERT INTO token (', []],
    ['SELECT * FROM t WHERE a IN (', []],
    ['SELECT now( -- ', []],
  ])('%s', (before, signatures) => {
    expect(shown(before)).toEqual(signatures);
  });

  it('knows a function by the releases that have it', () => {
    for (const release of ['4.0.19', '4.1.10']) expect(shown('SELECT maxwritetime(', release)).toEqual([]);
    expect(shown('SELECT maxwritetime(', '5.0.9')).toHaveLength(1);
    expect(shown('SELECT floor(', '4.0.19')).toEqual([]);
    expect(shown('SELECT floor(', null)).toHaveLength(1);
  });

  it('is there for every function that completion offers', () => {
    const known = new Set(SIGNATURES.map(({ name }) => name));
    expect(FUNCTIONS.map(({ text }) => text.replace(/\(.*/, '')).filter((name) => !known.has(name))).toEqual([]);
  });
});
