import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GoldenValue, hexOfBytes } from './golden';
import { randomFullBytes, SCALARS } from './random-values';
import { connectRaw, type RawConnection } from './test-connection';
import { createGoldenKeyspace, stored, udts } from './test-golden';
import { toCqlLiteral } from './values';

const KEYSPACE = 'ringside_wire_golden';
const types = [...new Set([...stored.map((value) => value.type), ...SCALARS])];

let raw: RawConnection;

beforeAll(async () => {
  raw = await connectRaw();
  await createGoldenKeyspace(raw, KEYSPACE);
  const columns = types.map((type, i) => `v${i} ${type in udts ? `frozen<${type}>` : type}`);
  await raw.query(`CREATE TABLE t (k int PRIMARY KEY, ${columns.join(', ')})`);
});

afterAll(async () => {
  await raw.query(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  raw.close();
});

/** Stores a value by a literal or as raw bytes, and reads its bytes. */
async function storeAndRead(
  value: GoldenValue,
  term: string,
  parameters: (Uint8Array | null)[],
): Promise<string | null> {
  const column = `v${types.indexOf(value.type)}`;
  await raw.query('DELETE FROM t WHERE k = 1');
  await raw.query(`INSERT INTO t (k, ${column}) VALUES (1, ${term})`, parameters);
  const cell = (await raw.query(`SELECT ${column} FROM t WHERE k = 1`))[0]?.[0];
  return cell ? hexOfBytes(cell) : null;
}

const cases = stored.map((value) => [`${value.type} ${value.cql.slice(0, 60)}`, value] as const);

describe('a server and the golden file', () => {
  it.each(cases.filter(([, value]) => value.server === 'literal'))(
    'makes the bytes of the literal %s',
    async (_, value) => {
      expect(await storeAndRead(value, value.cql, [])).toBe(value.hex);
    },
  );

  it.each(cases)('takes and gives the bytes of %s', async (_, value) => {
    expect(await storeAndRead(value, '?', [value.bytes])).toBe(value.hex);
  });

  it.each(SCALARS)('makes the bytes of random %s literals', async (name) => {
    const column = `v${types.indexOf(name)}`;
    await fc.assert(
      fc.asyncProperty(randomFullBytes({ kind: 'native', name }), async (bytes) => {
        const literal = toCqlLiteral(bytes, { kind: 'native', name });
        await raw.query(`INSERT INTO t (k, ${column}) VALUES (2, ${literal})`);
        const cell = (await raw.query(`SELECT ${column} FROM t WHERE k = 2`))[0]?.[0];
        expect(cell && hexOfBytes(cell), literal).toBe(hexOfBytes(bytes));
      }),
    );
  });
});
