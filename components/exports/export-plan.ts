import type { Filter } from '@/lib/contract/filters';
import type { Keyspace } from '@/lib/contract/schema';
import type { Cost } from '@/lib/contract/statements';
import { qualifiedName } from '@/lib/cql/identifiers';
import { type TableShape, tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { buildSelect, displaySelect } from '@/lib/cql/select-builder';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';
import { toCqlLiteral } from '@/lib/wire/values';
import type { ExportSource } from './export-request';

/** What an export will run, as far as the page can tell before it does. */
export interface ExportPlan {
  /** The statement; of a table with `?` for the values of filters, which stand beside it as they were chosen. */
  readonly statement: string;
  /** Null: the server has to be asked. */
  readonly cost: Cost | null;
  /** Why Cassandra would not serve it. */
  readonly problem: string | null;
  /** The filters as CQL with their values written out; null without any. */
  readonly where: string | null;
}

/** The plan of an export; undefined for a table that the schema does not hold. */
export function planExport(source: ExportSource, keyspaces: readonly Keyspace[]): ExportPlan | undefined {
  if (source.kind === 'statement') return { statement: source.statement, cost: null, problem: null, where: null };
  const { keyspace, table: name, filters, columns } = source;
  const table = keyspaces
    .find((candidate) => candidate.name === keyspace)
    ?.tables.find((candidate) => candidate.name === name);
  if (table === undefined) return undefined;
  const shape = tableShape(table, keyspace, udtLookup(keyspaces));
  const { statement, cost, problem } = buildSelect({ keyspace, table: name, shape, filters, columns: columns ?? [] });
  const written = problem === null && filters.length > 0 ? whereText(keyspace, name, shape, filters) : null;
  if (written instanceof ValueError) return { statement, cost, problem: written.message, where: null };
  return { statement, cost, problem, where: written };
}

/** The WHERE of the statement alone, or what is wrong with a filter's value. */
function whereText(keyspace: string, table: string, shape: TableShape, filters: readonly Filter[]) {
  try {
    const select = displaySelect({ keyspace, table, shape, filters }, (value, type) =>
      toCqlLiteral(fromJson(value, type), type),
    );
    return select.slice(`SELECT * FROM ${qualifiedName(keyspace, table)} WHERE `.length);
  } catch (error) {
    if (error instanceof ValueError) return error;
    throw error;
  }
}
