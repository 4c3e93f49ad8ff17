import 'server-only';
import type { z } from 'zod';
import { DEFAULT_TIMEOUT_MS, type TableName } from '@/lib/contract/common';
import type { JsonValue } from '@/lib/contract/json';
import type { rowsRequestSchema } from '@/lib/contract/reads';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { buildSelect, displaySelect, type SelectRequest } from '@/lib/cql/select-builder';
import { tokenBounds, tokensWithin } from '@/lib/cql/select-tokens';
import type { CqlType } from '@/lib/cql/types';
import { toCqlLiteral } from '@/lib/wire/values';
import { Failure, invalidRequest } from '../../failure';
import type { Cluster } from '../client/cluster';
import { encodeValue } from '../client/prepared';
import { findTable, readTable } from '../schema/schema';
import { checkedConsistency, classifyWith } from './query-plan';
import type { ReadPlan } from './reads';

type RowsRequest = z.output<typeof rowsRequestSchema>;

/**
 * The read for a table page: its filters, columns and token bounds as one prepared statement.
 * @param known a schema to plan with; default: the current one
 * @throws Failure `not_found`; `invalid_request` saying what a filter lacks, or which value is invalid
 */
export async function planTable(
  cluster: Cluster,
  name: TableName,
  request: RowsRequest,
  known?: SchemaResponse,
): Promise<ReadPlan> {
  const schema = known ?? (await readTable(cluster, name.keyspace, name.table)).schema;
  const lookup = schemaLookup(schema.keyspaces);
  const select = selectRequest(lookup, name, request);
  const { statement, params, problem, needsFiltering, limit } = buildSelect(select);
  if (problem !== null) {
    const message = `Cassandra cannot serve this filter: ${problem}.`;
    if (needsFiltering === null) throw invalidRequest(message, 'Add what is missing, or remove a filter.');
    const hint = 'Add what is missing, remove a filter, or set allowFiltering, which reads more rows than it returns.';
    throw new Failure({ code: 'invalid_request', message, hint, option: 'allowFiltering', retryable: false });
  }
  const classification = await classifyWith(cluster, lookup, statement, undefined);
  const consistency = checkedConsistency(request.consistency ?? cluster.config.consistency, classification);
  const encoded = params.map(({ column, value, type }) => encodeValue(column ?? 'token', value, type));
  return {
    cluster,
    statement,
    params: encoded,
    shown: displaySelect(select, literal),
    classification,
    table: findTable(schema, name.keyspace, name.table),
    range: rangeOf(select),
    consistency,
    pageRows: pageRowsOf(request.pageRows ?? cluster.config.pageRows, limit),
    // With a LIMIT, pages must not grow.
    firstPageRows: limit === null ? request.firstPageRows : undefined,
    maxPages: request.maxPages ?? 1,
    cursor: request.cursor,
    timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    trace: false,
  };
}

function selectRequest(lookup: SchemaLookup, { keyspace, table }: TableName, request: RowsRequest): SelectRequest {
  const shape = lookup.table(keyspace, table);
  if (shape === undefined) {
    throw new Failure({
      code: 'not_found',
      message: `There is no table ${keyspace}.${table}.`,
      hint: 'It may have been dropped or renamed. The tree on the left shows the current tables.',
      retryable: false,
    });
  }
  const { columns, filters = [], fromToken, toToken, reversed, allowFiltering } = request;
  return { keyspace, table, shape, columns, filters, fromToken, toToken, reversed, allowFiltering };
}

function rangeOf(select: SelectRequest): ReadPlan['range'] {
  const bounds = tokenBounds(select);
  return bounds.from === undefined && bounds.to === undefined ? null : tokensWithin(bounds);
}

/** Rows by similarity arrive as one page, which Cassandra requires to be larger than their LIMIT. */
function pageRowsOf(pageRows: number, limit: number | null): number {
  return limit === null ? pageRows : Math.max(pageRows, limit + 1);
}

function literal(value: JsonValue, type: CqlType): string {
  return toCqlLiteral(encodeValue('value', value, type), type);
}
