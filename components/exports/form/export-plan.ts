import { tableLacks } from '@/lib/client/lacks';
import type { Filter } from '@/lib/contract/filters';
import type { Keyspace } from '@/lib/contract/schema';
import type { Cost } from '@/lib/contract/statements';
import { qualifiedName } from '@/lib/cql/identifiers';
import { tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { buildSelect, displaySelect, type SelectRequest } from '@/lib/cql/select-builder';
import { ValueError } from '@/lib/wire/errors';
import { jsonToCql } from '@/lib/wire/json-texts';
import type { ExportSource } from './export-request';

/** What an export will run, as far as the page knows beforehand. */
export interface ExportPlan {
  /** With the values of filters written out; with `?` where one of them is not a value of its column's type. */
  readonly statement: string;
  /** Null: only the server knows. */
  readonly cost: Cost | null;
  /** Why Cassandra would refuse it. */
  readonly problem: string | null;
  /** The filters alone, as CQL conditions; null where there are none, or they are more than conditions. */
  readonly where: string | null;
  /** With ALLOW FILTERING, or served only with it; null where that is needless or no help. */
  readonly filtering: 'allowed' | 'wanted' | null;
}

/** Why whoever looks may not take the rows away, as far as the source names its table; null: they may. */
export function lackedExport(source: ExportSource, keyspaces: readonly Keyspace[]): string | null {
  if (source.kind === 'statement') return null;
  const { keyspace, table: name } = source;
  if (!tableLacks(keyspaces, { keyspace, name }, 'export')) return null;
  return `It needs export on ${name}, and no role gives you that.`;
}

/** The plan of an export; undefined for a table that the schema does not hold. */
export function planExport(source: ExportSource, keyspaces: readonly Keyspace[]): ExportPlan | undefined {
  if (source.kind === 'statement') {
    return { statement: source.statement, cost: null, problem: null, where: null, filtering: null };
  }
  const { keyspace, table: name, filters, filtering, columns } = source;
  const table = keyspaces
    .find((candidate) => candidate.name === keyspace)
    ?.tables.find((candidate) => candidate.name === name);
  if (table === undefined) return undefined;
  const shape = tableShape(table, keyspace, udtLookup(keyspaces));
  const select: SelectRequest = {
    keyspace,
    table: name,
    shape,
    filters,
    columns: columns ?? [],
    allowFiltering: filtering,
  };
  const { statement, cost, problem, needsFiltering } = buildSelect(select);
  const shown = written(select);
  if (shown instanceof ValueError) return { statement, cost, problem: shown.message, where: null, filtering: null };
  return {
    statement: shown,
    cost,
    problem,
    where: problem === null ? conditions(select, filters) : null,
    filtering: needsFiltering === null ? null : problem === null ? 'allowed' : 'wanted',
  };
}

/** The statement with its values, or what is wrong with one of them. */
function written(select: SelectRequest): string | ValueError {
  try {
    return displaySelect(select, jsonToCql);
  } catch (error) {
    if (error instanceof ValueError) return error;
    throw error;
  }
}

function conditions({ keyspace, table, shape }: SelectRequest, filters: readonly Filter[]): string | null {
  const whole = written({ keyspace, table, shape, filters });
  const lead = `SELECT * FROM ${qualifiedName(keyspace, table)} WHERE `;
  const isMore = filters.some(({ operator }) => operator === 'ANN OF');
  return isMore || whole instanceof ValueError || !whole.startsWith(lead) ? null : whole.slice(lead.length);
}
