import 'server-only';
import type { TableName } from '@/lib/contract/common';
import { ownValue } from '@/lib/contract/json';
import { COMPARED_ROW_BYTES } from '@/lib/contract/limits';
import type { CellCopy, RowCopiesRequest, RowCopiesResponse, RowCopy } from '@/lib/contract/row-copies';
import type { Table, TableColumn } from '@/lib/contract/schema';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { type RowSelect, rowSelect } from '@/lib/cql/row-select';
import { type SchemaLookup, schemaLookup } from '@/lib/cql/schema-lookup';
import type { PersonRights } from '@/lib/rights/rules';
import { nodesThatRead } from '@/lib/trace/messages';
import { toCqlLiteral } from '@/lib/wire/values';
import { Failure, invalidRequest } from '../../failure';
import type { Cluster } from '../client/cluster';
import { nodeFailure } from '../client/node-failure';
import { encodeValue } from '../client/prepared';
import { locateKey } from '../nodes/replicas';
import { readTable } from '../schema/schema';
import { tableMask } from './masked-plan';
import { type NodeReads, readOnNode, tracesOf } from './on-node';
import { pageCells, pageValues } from './page-values';
import type { Page } from './pages';

const NODE_TIMEOUT_MS = 5_000;

interface RowRead {
  readonly select: RowSelect;
  readonly statement: string;
  readonly params: readonly (Buffer | null)[];
  /** With values written out. */
  readonly shown: string;
}

/**
 * Reads one row from each of its replicas, at ONE, with a traced request to each: the trace shows whether it answered
 * from its own data.
 * @param rights what its columns are masked by, which are not read then; null: nothing is masked
 * @throws Failure `not_found`, `invalid_request` naming the key column at fault; a replica that does not answer
 *   is reported in the result
 */
export async function readRowCopies(
  cluster: Cluster,
  name: TableName,
  { key }: RowCopiesRequest,
  signal: AbortSignal,
  rights: PersonRights | null = null,
): Promise<RowCopiesResponse> {
  const [client, identity] = [await cluster.client(), await cluster.identity()];
  const { schema, table: stored } = await readTable(cluster, name.keyspace, name.table);
  if (stored === undefined || stored.kind === 'virtual') throw noRows(name);
  const masked = tableMask(cluster.name, name, stored, rights)?.masked ?? [];
  // Whether replicas agree on a value, and when it was written, says something of it.
  const table = { ...stored, columns: stored.columns.filter((column) => !masked.includes(column.name)) };
  const read = rowRead(name, table, schemaLookup(schema.keyspaces), key, identity.release);
  const partition = Object.fromEntries(
    table.columns.flatMap((column) =>
      column.kind === 'partition_key' ? [[column.name, ownValue(key, column.name) ?? null]] : [],
    ),
  );
  const place = await locateKey(cluster, { ...name, key: partition });
  const reader = cluster.reads.reader();
  const reads = { cluster, client, reader, signal };
  const copies = await Promise.all(place.replicas.map((node) => readCopy(reads, read, node)));
  return {
    ...place,
    statement: read.shown,
    columns: read.select.columns.map(({ name: column, type, kind, ageless }) => ({
      name: column,
      type,
      kind,
      ageless,
    })),
    copies,
    ...(masked.length === 0 ? {} : { masked: [...masked] }),
    asOf: new Date().toISOString(),
  };
}

function noRows({ keyspace, table }: TableName): Failure {
  return new Failure({
    code: 'not_found',
    message: `There is no table ${keyspace}.${table} whose rows have replicas.`,
    hint: 'The rows of a virtual table have no replicas; any other table may have been dropped or renamed.',
    retryable: false,
  });
}

function rowRead(
  name: TableName,
  table: Table,
  lookup: SchemaLookup,
  key: RowCopiesRequest['key'],
  release: string,
): RowRead {
  const clustering = table.columns.filter(({ kind }) => kind === 'clustering');
  const isStatic = clustering.length > 0 && clustering.every((column) => (ownValue(key, column.name) ?? null) === null);
  const select = rowSelect(name, table.columns, isStatic, release);
  const types = lookup.table(name.keyspace, name.table)?.columns ?? [];
  const values = new Map(
    select.key.map((column) => {
      const type = types.find((one) => one.name === column.name)?.type;
      const value = ownValue(key, column.name) ?? null;
      if (type === undefined || value === null) throw invalidRequest(`The primary key also needs ${column.name}.`);
      return [column.name, { bytes: encodeValue(column.name, value, type), type }];
    }),
  );
  const literal = ({ name: column }: TableColumn) => {
    const value = values.get(column);
    return value === undefined ? '?' : toCqlLiteral(value.bytes, value.type);
  };
  return {
    select,
    statement: select.statement((column) => `${quoteIdentifier(column.name)} = ?`),
    params: [...values.values()].map(({ bytes }) => bytes),
    shown: select.statement((column) => `${quoteIdentifier(column.name)} = ${literal(column)}`),
  };
}

async function readCopy(reads: NodeReads, { select, statement, params }: RowRead, node: string): Promise<RowCopy> {
  try {
    const read = { statement, params, consistency: 'ONE' as const, pageRows: 2, timeoutMs: NODE_TIMEOUT_MS };
    const page = await readOnNode(reads, read, node);
    if (page === null) return { node, cells: [], servedBy: [], elapsedMs: null, trace: null };
    const [trace = null] = await tracesOf(reads, page);
    const servedBy = nodesThatRead(trace?.events ?? []);
    return { node, cells: await cellsOf(page, select), servedBy, elapsedMs: page.elapsedMs, trace };
  } catch (error) {
    reads.signal.throwIfAborted();
    return { node, cells: null, servedBy: [], elapsedMs: null, trace: null, error: nodeFailure(error, node).error };
  }
}

/** @throws Failure `invalid_request` naming the largest column */
function checkSize(page: Page): void {
  const [row = []] = pageCells(page);
  const bytes = row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
  if (bytes <= COMPARED_ROW_BYTES) return;
  const largest = row.reduce((best, cell, at) => ((cell?.length ?? 0) > (row[best]?.length ?? 0) ? at : best), 0);
  throw invalidRequest(
    `The row has ${bytes} bytes, ${row[largest]?.length} of them in ${page.columns?.[largest]?.name}; copies are compared only up to ${COMPARED_ROW_BYTES} bytes.`,
    'Read it in the editor, or export it.',
  );
}

/** The cells of the page's first row; none if it has no rows. */
async function cellsOf(page: Page, { columns }: RowSelect): Promise<CellCopy[]> {
  if (page.rows === 0 || page.columns === null) return [];
  checkSize(page);
  const [values = []] = await pageValues(page);
  const aged = columns.filter(({ ageless }) => ageless === null);
  const mortal = columns.filter(({ hasTtl }) => hasTtl);
  return columns.map((column, index) => {
    const time = aged.includes(column) ? values[columns.length + aged.indexOf(column)] : null;
    const ttl = mortal.includes(column) ? values[columns.length + aged.length + mortal.indexOf(column)] : null;
    return {
      value: values[index] ?? null,
      writeTimeMicros: typeof time === 'string' ? time : null,
      ttlSeconds: typeof ttl === 'number' ? ttl : null,
    };
  });
}
