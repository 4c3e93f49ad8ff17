import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { describe } from '@/lib/cassandra/schema/describe';
import { selectedColumns } from '@/lib/cql/selectors';
import type { ExportSource } from './source';
import type { PartsAbout } from './write-parts';

/** The columns of a read whose values its reader may not see. */
function maskedColumns({ mask, statement, table }: ReadPlan): string[] {
  if (mask === undefined) return [];
  const names = selectedColumns(statement) ?? table?.columns.map(({ name }) => name) ?? [];
  return names.filter((name) => name !== null).filter((name) => mask(name) !== null);
}

/** An export's facts for its manifest. A server before 4.0 cannot give the CREATE statement, which adds a warning. */
export async function aboutExport(cluster: Cluster, source: ExportSource): Promise<PartsAbout> {
  const { plan, title, table, warnings } = source;
  const masked = maskedColumns(plan);
  const facts = {
    ...{ cluster: cluster.name, title, statement: plan.shown, consistency: plan.consistency },
    ...(masked.length === 0 ? {} : { masked }),
  };
  if (table === null) return { ...facts, schema: null, warnings };
  try {
    const { ddl } = await describe(cluster, table.keyspace, table.table);
    return { ...facts, schema: ddl, warnings };
  } catch (error) {
    const warning = `The manifest lacks the table’s CREATE statement. ${toFailure(error).message}`;
    return { ...facts, schema: null, warnings: [...warnings, warning] };
  }
}
