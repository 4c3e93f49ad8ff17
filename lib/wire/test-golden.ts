import { readFileSync } from 'node:fs';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { HAS_5_0 } from '@/lib/test-release';
import { readGolden } from './golden';
import type { RawConnection } from './test-connection';

/** Test support: the golden file, and a keyspace on a real server for its values. */

const golden = readGolden(readFileSync(new URL('./golden.json', import.meta.url), 'utf8'));
export const { udts } = golden;

/** The values that the server under test stores. */
export const stored = golden.values.filter(
  (value) => value.server !== 'none' && (HAS_5_0 || !value.type.includes('vector')),
);

/** Recreates the keyspace with the golden file's types, and uses it. */
export async function createGoldenKeyspace(raw: RawConnection, keyspace: string): Promise<void> {
  await raw.query(`DROP KEYSPACE IF EXISTS ${keyspace}`);
  await raw.query(
    `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await raw.query(`USE ${keyspace}`);
  for (const [name, fields] of Object.entries(udts)) {
    await raw.query(
      `CREATE TYPE ${name} (${fields.map(([field, of]) => `${quoteIdentifier(field)} ${of}`).join(', ')})`,
    );
  }
}
