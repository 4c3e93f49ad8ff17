import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { describe } from '@/lib/cassandra/schema/describe';
import type { ExportSource } from './source';
import type { PartsAbout } from './write-parts';

/** An export's facts for its manifest. A server before 4.0 cannot give the CREATE statement, which adds a warning. */
export async function aboutExport(cluster: Cluster, source: ExportSource): Promise<PartsAbout> {
  const { plan, title, table, warnings } = source;
  const facts = { cluster: cluster.name, title, statement: plan.shown, consistency: plan.consistency };
  if (table === null) return { ...facts, schema: null, warnings };
  try {
    const { ddl } = await describe(cluster, table.keyspace, table.table);
    return { ...facts, schema: ddl, warnings };
  } catch (error) {
    const warning = `The manifest lacks the table’s CREATE statement. ${toFailure(error).message}`;
    return { ...facts, schema: null, warnings: [...warnings, warning] };
  }
}
