import 'server-only';
import { quoteAlways } from '@/lib/cql/identifiers';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';

/**
 * The server's own DESCRIBE of a keyspace, or of a table, view with what belongs to it (indexes, views).
 * @throws CassandraFailure; DESCRIBE on the server exists since Cassandra 4.0
 */
export async function describe(
  cluster: Cluster,
  keyspace: string,
  table: string | undefined,
): Promise<{ ddl: string; coordinator: string }> {
  const client = await cluster.client();
  // An identifier cannot be a bind marker; it goes through the quoter. Words such as `functions` and `tables` are names
  // without quotes everywhere else: here they are what DESCRIBE is asked for.
  const statement =
    table === undefined
      ? `DESCRIBE KEYSPACE ${quoteAlways(keyspace)}`
      : `DESCRIBE ${quoteAlways(keyspace)}.${quoteAlways(table)}`;
  try {
    const result = await client.execute(statement, [], { isIdempotent: true });
    const ddl = result.rows.map((row) => String(row.get('create_statement'))).join('\n\n');
    return { ddl, coordinator: result.info.queriedHost };
  } catch (error) {
    throw toFailure(error);
  }
}
