import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { splitStatements } from '@/lib/cql/splitter';
import { parseCqlType } from '@/lib/cql/type-text';
import { ValueError } from './errors';
import type { CqlTable } from './file-format';
import { type GoldenValue, hexOfBytes } from './golden';
import { rowWriter } from './row-writer';
import { connectRaw, type RawConnection, ROWS_OFFSET, rowCount } from './test-connection';
import { createGoldenKeyspace, stored, udts } from './test-golden';
import { toJson } from './values';

const KEYSPACE = 'ringside_wire_cql';
const types = [...new Set(stored.map((value) => value.type))];

let raw: RawConnection;

beforeAll(async () => {
  raw = await connectRaw();
  await createGoldenKeyspace(raw, KEYSPACE);
  await schemaAgreed();
});

afterAll(async () => {
  await raw.query(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  raw.close();
});

type Kind = CqlTable['columns'][number]['kind'];

/** Columns as [name, type, kind]; regular by default. */
type Columns = readonly (readonly [name: string, type: string, kind?: Kind])[];

function tableOf(table: string, columns: Columns): CqlTable {
  const lookup = (_: unknown, name: string) =>
    udts[name]?.map(([field, type]) => ({ name: field, type: parseCqlType(type, lookup) }));
  return {
    keyspace: KEYSPACE,
    table,
    columns: columns.map(([name, type, kind = 'regular']) => ({ name, type: parseCqlType(type, lookup), kind })),
  };
}

/** The table's rows, as returned by `SELECT selected`, written as statements for the table `copy`. */
async function exported(columns: Columns, from: string, selected: Columns = columns, select?: string) {
  const names = select ?? selected.map(([name]) => quoteIdentifier(name)).join(', ');
  const body = await raw.ask(`SELECT ${names} FROM ${from}`);
  const writer = rowWriter({ format: 'cql', table: tableOf('copy', columns) }, tableOf('', selected).columns);
  writer.begin();
  expect(writer.write(body, ROWS_OFFSET, rowCount(body))).toBe(body.length);
  for (const _ of writer.end());
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(writer.sink.take());
}

/** Runs every statement of the text. */
async function load(text: string): Promise<number> {
  const statements = splitStatements(text);
  for (const statement of statements) await raw.query(statement.text);
  return statements.length;
}

/** Cells as hex, rows in the order of the first column. */
async function rowsOf(select: string): Promise<(string | null)[][]> {
  const rows = await raw.query(select);
  return rows.map((row) => row.map((cell) => (cell ? hexOfBytes(cell) : null))).sort();
}

/** Recreates the tables `original` and `copy` with this definition. */
async function createTables(definition: string): Promise<void> {
  for (const name of ['original', 'copy']) {
    await raw.query(`DROP TABLE IF EXISTS ${name}`);
    await raw.query(`CREATE TABLE ${name} (${definition})`);
  }
  await schemaAgreed();
}

/** Waits until every node knows the tables, because this raw connection does not, unlike a driver. */
async function schemaAgreed(): Promise<void> {
  const versions = async () => {
    const rows = [
      ...(await raw.query('SELECT schema_version FROM system.local')),
      ...(await raw.query('SELECT schema_version FROM system.peers')),
    ];
    return new Set(rows.map(([version]) => version && hexOfBytes(version))).size;
  };
  await vi.waitFor(async () => expect(await versions()).toBe(1), { timeout: 60_000, interval: 100 });
}

describe('rows as statements, loaded by a server', () => {
  it('have the bytes of every type', async () => {
    const columns = [['k', 'int', 'partition_key'], ...types.map((type, i) => [`v${i}`, type] as const)] as const;
    const definition = types.map((type, i) => `v${i} ${type in udts ? `frozen<${type}>` : type}`);
    await createTables(`k int PRIMARY KEY, ${definition.join(', ')}`);
    const columnOf = (value: GoldenValue) => `v${types.indexOf(value.type)}`;
    const refused: GoldenValue[] = [];
    for (const [k, value] of stored.entries()) {
      await raw.query(`INSERT INTO original (k, ${columnOf(value)}) VALUES (${k}, ?)`, [value.bytes]);
      try {
        await load(await exported(columns, `original WHERE k = ${k}`));
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        refused.push(value);
      }
    }
    expect(refused.map(({ type, hex }) => [type, hex])).toEqual([
      ['frozen<list<int>>', '00000001ffffffff'],
      ['address', ''],
    ]);
    for (const [k, value] of stored.entries()) {
      if (refused.includes(value)) continue;
      const [cell] = (await raw.query(`SELECT ${columnOf(value)} FROM copy WHERE k = ${k}`))[0] ?? [];
      if (value.server === 'literal') expect(cell ? hexOfBytes(cell) : null, value.cql).toBe(value.hex);
      else expect(toJson(cell ?? null, value.cqlType), value.cql).toEqual(value.json);
    }
  }, 120_000);

  it('have the same keys, static columns and rows without values', async () => {
    const columns: Columns = [
      ['Part "1"', 'text', 'partition_key'],
      ['part2', 'int', 'partition_key'],
      ['order', 'timestamp', 'clustering'],
      ['shared', 'text', 'static'],
      ['token', 'list<text>'],
      ['note', 'text'],
    ];
    const names = columns.map(([name]) => quoteIdentifier(name)).join(', ');
    await createTables(
      '"Part ""1""" text, part2 int, "order" timestamp, shared text STATIC, "token" list<text>, note text, ' +
        'PRIMARY KEY (("Part ""1""", part2), "order")',
    );
    const insert = (given: string, terms: string) => raw.query(`INSERT INTO original (${given}) VALUES (${terms})`);
    await insert(names, "'it''s; a\n--key', 1, 0, 'for both', ['a;', 'b'], 'x''\n;y'");
    await insert('"Part ""1""", part2, "order"', "'it''s; a\n--key', 1, -1");
    await insert(names, "'', 2, 9223372036854775807, null, [], ''");
    await insert('"Part ""1""", part2, shared', "'only static', 3, 'alone'");
    const text = await exported(columns, 'original');
    // Two rows and the static column of one partition, then one statement for each of the others.
    expect(await load(text)).toBe(3 + 1 + 1);
    expect(await rowsOf(`SELECT ${names} FROM copy`)).toEqual(await rowsOf(`SELECT ${names} FROM original`));
    expect(text).not.toContain('null');
  });

  it('do not need rows for the static columns of partitions', async () => {
    const columns: Columns = [
      ['p', 'int', 'partition_key'],
      ['c', 'int', 'clustering'],
      ['s', 'int', 'static'],
      ['v', 'int'],
    ];
    await createTables('p int, c int, s int STATIC, v int, PRIMARY KEY (p, c)');
    await raw.query('INSERT INTO original (p, c, s, v) VALUES (1, 1, 1, 1)');
    await raw.query('INSERT INTO original (p, c, v) VALUES (2, 2, 2)');
    const selected = columns.filter(([name]) => name === 'p' || name === 's');
    expect(await load(await exported(columns, 'original', selected, 'DISTINCT p, s'))).toBe(1);
    expect(await rowsOf('SELECT p, c, s, v FROM copy')).toEqual([['00000001', null, '00000001', null]]);
  });

  it('add the counts to counters', async () => {
    const columns: Columns = [
      ['p', 'text', 'partition_key'],
      ['c', 'int', 'clustering'],
      ['n', 'counter'],
      ['m', 'counter'],
    ];
    await createTables('p text, c int, n counter, m counter, PRIMARY KEY (p, c)');
    const most = 2n ** 63n - 1n;
    await raw.query(`UPDATE original SET n = n + ${most}, m = m - ${most} WHERE p = 'a' AND c = 1`);
    await raw.query("UPDATE original SET m = m - 1 WHERE p = 'a' AND c = 1");
    await raw.query("UPDATE original SET n = n + 0 WHERE p = 'it''s' AND c = -2");
    expect(await load(await exported(columns, 'original'))).toBe(2);
    expect(await rowsOf('SELECT p, c, n, m FROM copy')).toEqual(await rowsOf('SELECT p, c, n, m FROM original'));
  });

  it('keep write times and TTLs', async () => {
    const columns: Columns = [
      ['p', 'int', 'partition_key'],
      ['a', 'text'],
      ['b', 'int'],
      ['B', 'int'],
      ['tags', 'set<text>'],
    ];
    await createTables('p int PRIMARY KEY, a text, b int, "B" int, tags set<text>');
    await raw.query("INSERT INTO original (p, a, b) VALUES (1, 'x', 2) USING TIMESTAMP 1000 AND TTL 100000");
    await raw.query(`UPDATE original USING TIMESTAMP 2000 SET "B" = 3, tags = {'t'} WHERE p = 1`);
    await raw.query('INSERT INTO original (p) VALUES (2)');
    const extras = ['a', 'b', 'B'].flatMap((name) => [
      [`ttl(${name})`, 'int'] as const,
      [`writetime(${name})`, 'bigint'] as const,
    ]);
    const select = 'p, a, b, "B", tags, ttl(a), writetime(a), ttl(b), writetime(b), ttl("B"), writetime("B")';
    const text = await exported(columns, 'original', [...columns, ...extras], select);
    expect(await load(text)).toBe(3 + 1);
    expect(text.match(/ USING TIMESTAMP 1000 AND TTL (100000|9\d{4});/g)).toHaveLength(1);
    const compared = 'SELECT p, a, b, "B", tags, writetime(a), writetime(b), writetime("B") FROM';
    expect(await rowsOf(`${compared} copy`)).toEqual(await rowsOf(`${compared} original`));
    const [[ttl, none] = []] = await raw.query('SELECT ttl(a), ttl("B") FROM copy WHERE p = 1');
    expect(ttl?.readInt32BE()).toBeGreaterThan(90_000);
    expect(none).toBe(null);
  });
});
