import 'server-only';
import { quoteAlways } from '@/lib/cql/identifiers';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';

/**
 * The server's own DESCRIBE of a keyspace, or of a table or view with its indexes and views.
 * @throws Failure; DESCRIBE on the server exists since Cassandra 4.0
 */
export async function describe(
  cluster: Cluster,
  keyspace: string,
  table: string | undefined,
): Promise<{ ddl: string; coordinator: string }> {
  const client = await cluster.client();
  // An identifier cannot be a bind marker, so it goes through the quoter. Words like `functions` and `tables` are plain
  // names everywhere else, but after DESCRIBE they have a meaning.
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
