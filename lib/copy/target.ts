import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { openStatement } from '@/lib/cassandra/open-statement';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { findTable, readSchema } from '@/lib/cassandra/schema/schema';
import type { TableName } from '@/lib/contract/common';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import { type ChangedTable, changedTable, checkWritable } from '@/lib/mutations/table';

/**
 * The table that is copied into, as it is now; null if it is not there.
 * @throws Failure `read_only`; `not_found` for its keyspace; `invalid_request` for a view
 */
export async function findTarget(cluster: Cluster, name: TableName): Promise<ChangedTable | null> {
  checkWritable(cluster);
  const client = await cluster.client();
  const schema = await readSchema(cluster);
  if (findTable(schema, name.keyspace, name.table) !== undefined) return changedTable(cluster, client, name);
  if (schema.keyspaces.some((keyspace) => keyspace.name === name.keyspace)) return null;
  throw new Failure({
    code: 'not_found',
    message: `There is no keyspace ${name.keyspace} in ${cluster.summary().label}.`,
    hint: 'Create it with the replication that this cluster needs, then copy into it.',
    retryable: false,
  });
}

/** Runs the statements that make the target, each once, exactly as they were shown. @throws Failure */
export async function createTarget(
  cluster: Cluster,
  statements: readonly string[],
  principal: Principal,
  signal: AbortSignal,
): Promise<void> {
  for (const statement of statements) {
    const read = { statement, pageRows: 1, maxPages: 1, confirm: { statement } };
    const run = await openStatement(await planQuery(cluster, read), principal, signal);
    for await (const _page of run.pages) signal.throwIfAborted();
  }
}
