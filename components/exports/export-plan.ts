import type { Keyspace } from '@/lib/contract/schema';
import type { Cost } from '@/lib/contract/statements';
import { tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { buildSelect } from '@/lib/cql/select-builder';
import type { ExportSource } from './export-request';

/** What an export will run, as far as the page can tell before it does. */
export interface ExportPlan {
  /** The statement; of a table with `?` for the values of filters, which stand beside it as they were chosen. */
  readonly statement: string;
  /** Null: the server has to be asked. */
  readonly cost: Cost | null;
  /** Why Cassandra would not serve it. */
  readonly problem: string | null;
}

/** The plan of an export; undefined for a table that the schema does not hold. */
export function planExport(source: ExportSource, keyspaces: readonly Keyspace[]): ExportPlan | undefined {
  if (source.kind === 'statement') return { statement: source.statement, cost: null, problem: null };
  const { keyspace, table: name, filters, columns } = source;
  const table = keyspaces
    .find((candidate) => candidate.name === keyspace)
    ?.tables.find((candidate) => candidate.name === name);
  if (table === undefined) return undefined;
  const shape = tableShape(table, keyspace, udtLookup(keyspaces));
  const { statement, cost, problem } = buildSelect({ keyspace, table: name, shape, filters, columns: columns ?? [] });
  return { statement, cost, problem };
}
