import 'server-only';
import { createHash } from 'node:crypto';
import { getCluster } from '@/lib/cassandra/client/registry';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import type { Seen } from './record';
import type { Place } from './work';

/** What describes a table, by keyspace and table. Types are the keyspace's: a column may be of one. */
const OF_TABLE = ['tables', 'views', 'columns', 'dropped_columns', 'indexes', 'triggers'];
/** What describes a keyspace, by its name alone. */
const OF_KEYSPACE = ['keyspaces', 'types', 'functions', 'aggregates'];

/**
 * How the schema of places is now, by what Cassandra itself keeps of it: any change of a table, its columns, types, indexes,
 * views or properties gives another text. What is not there has one too.
 * @throws Failure when it cannot be read
 */
export async function seenNow(places: readonly Place[]): Promise<Seen[]> {
  const seen = new Map<string, Seen>();
  for (const { cluster, keyspace, table } of places) {
    // Roles and permissions are of no keyspace.
    if (keyspace === undefined) continue;
    const key = JSON.stringify([cluster, keyspace, table]);
    if (seen.has(key)) continue;
    const named = { cluster, keyspace, ...(table === undefined ? {} : { table }) };
    seen.set(key, { ...named, fingerprint: await fingerprint(named) });
  }
  return [...seen.values()];
}

/** The first place that is not as it was; null: all are. @throws as {@link seenNow} */
export async function changedPlace(seen: readonly Seen[]): Promise<Seen | null> {
  const now = await seenNow(seen);
  return seen.find(({ fingerprint: before }, at) => now[at]?.fingerprint !== before) ?? null;
}

async function fingerprint({ cluster: name, keyspace, table }: Omit<Seen, 'fingerprint'>): Promise<string> {
  const client = await getCluster(name).client();
  const ofKeyspace = table === undefined ? [...OF_KEYSPACE, ...OF_TABLE] : ['types'];
  const hash = createHash('sha256');
  const add = async (of: string, statement: string, params: readonly string[]) => {
    hash.update(`${of}:${JSON.stringify(await readSystem(client, statement, params))}\n`);
  };
  for (const of of ofKeyspace) {
    await add(of, `SELECT * FROM system_schema.${of} WHERE keyspace_name = ?`, [keyspace]);
  }
  if (table === undefined) return hash.digest('base64url');
  for (const of of OF_TABLE) {
    const column = of === 'views' ? 'view_name' : 'table_name';
    const statement = `SELECT * FROM system_schema.${of} WHERE keyspace_name = ? AND ${column} = ?`;
    await add(of, statement, [keyspace, table]);
  }
  return hash.digest('base64url');
}
