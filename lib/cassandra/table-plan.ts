import 'server-only';
import type { z } from 'zod';
import type { JsonValue } from '@/lib/contract/json';
import type { rowsRequestSchema } from '@/lib/contract/reads';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { buildSelect, displaySelect, type SelectRequest } from '@/lib/cql/select-builder';
import type { CqlType } from '@/lib/cql/types';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { toCqlLiteral } from '@/lib/wire/values';
import type { Cluster } from './cluster';
import { CassandraFailure, invalidRequest } from './failure';
import { encodeValue } from './prepared';
import { classifyWith } from './query-plan';
import { DEFAULT_TIMEOUT_MS, type ReadPlan } from './reads';
import { findTable, readSchema } from './schema';

type RowsRequest = z.output<typeof rowsRequestSchema>;

interface TableName {
  readonly keyspace: string;
  readonly table: string;
}

/**
 * The read behind a table page: its filters, columns and token bounds as one prepared statement.
 * @throws CassandraFailure `not_found`; `invalid_request` saying what a filter lacks, or which value is wrong
 */
export async function planTable(cluster: Cluster, name: TableName, request: RowsRequest): Promise<ReadPlan> {
  const schema = await schemaWith(cluster, name);
  const lookup = schemaLookup(schema.keyspaces);
  const select = selectRequest(lookup, name, request);
  const { statement, params, problem } = buildSelect(select);
  if (problem !== null) {
    throw invalidRequest(
      `Cassandra cannot serve this filter: ${problem}.`,
      'Add what is missing, or take a filter away.',
    );
  }
  const encoded = params.map(({ column, value, type }) => encodeValue(column ?? 'token', value, type));
  return {
    cluster,
    statement,
    params: encoded,
    shown: displaySelect(select, literal),
    classification: await classifyWith(cluster, lookup, statement, undefined),
    table: findTable(schema, name.keyspace, name.table),
    range: rangeOf(request),
    consistency: request.consistency ?? cluster.config.consistency,
    pageRows: request.pageRows ?? cluster.config.pageRows,
    maxPages: request.maxPages ?? 1,
    cursor: request.cursor,
    timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    trace: false,
  };
}

/** The schema as last read; read again when the table is not in it, for it may have been made since. */
async function schemaWith(cluster: Cluster, { keyspace, table }: TableName): Promise<SchemaResponse> {
  const schema = await readSchema(cluster);
  return findTable(schema, keyspace, table) === undefined ? readSchema(cluster, { fresh: true }) : schema;
}

function selectRequest(lookup: SchemaLookup, { keyspace, table }: TableName, request: RowsRequest): SelectRequest {
  const shape = lookup.table(keyspace, table);
  if (shape === undefined) {
    throw new CassandraFailure({
      code: 'not_found',
      message: `There is no table ${keyspace}.${table}.`,
      hint: 'It may have been dropped or renamed: the tree at the left shows what there is now.',
      retryable: false,
    });
  }
  const { columns, filters = [], fromToken, toToken, reversed } = request;
  return { keyspace, table, shape, columns, filters, fromToken, toToken, reversed };
}

function rangeOf({ fromToken, toToken }: RowsRequest): ReadPlan['range'] {
  if (fromToken === undefined && toToken === undefined) return null;
  return { from: BigInt(fromToken ?? MIN_TOKEN), to: BigInt(toToken ?? MAX_TOKEN) };
}

function literal(value: JsonValue, type: CqlType): string {
  return toCqlLiteral(encodeValue('value', value, type), type);
}
