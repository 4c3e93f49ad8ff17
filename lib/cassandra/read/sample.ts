import 'server-only';
import { createHash } from 'node:crypto';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import { EXAMPLE_CHARACTERS, type Sample, type SampleRequest } from '@/lib/contract/stats';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { keyColumns } from '@/lib/cql/row-key';
import { isNodeLocalKeyspace } from '@/lib/cql/scans';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { turn } from '@/lib/turns';
import { typedTextOf } from '@/lib/wire/as-typed';
import { beginningOf } from '@/lib/wire/beginning';
import { emptyIsOrdinary } from '@/lib/wire/sizes';
import { STEP_BYTES } from '@/lib/wire/steps';
import { toJson } from '@/lib/wire/values';
import { NODE_LOCAL_PROFILE } from '../client/client-options';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { CassandraFailure } from '../client/failure';
import { encodeValue } from '../client/prepared';
import { readTable } from '../schema/schema';
import { PageSizer } from './page-sizer';
import { pageCells } from './page-values';
import { type Page, type PageColumn, type PageRequest, readPages } from './pages';

const PLACES = 24;
const PARTITIONS_PER_PLACE = 8;
/** Places asked for at the same time: a look must not be felt. */
const AT_ONCE = 4;
const TIMEOUT_MS = 5_000;
const MOST_EXAMPLES = 4;

interface TableName {
  readonly keyspace: string;
  readonly table: string;
}

/** What a sample keeps of a value, however large that is: a text that differs where its bytes do, and how it begins. */
interface SeenValue {
  readonly identity: string;
  /** Undefined where the value is too large to be looked into. */
  readonly example: JsonValue | undefined;
}

interface SeenPage {
  readonly columns: readonly PageColumn[] | null;
  /** Row by row; null where there is no value. */
  readonly rows: readonly (readonly (SeenValue | null)[])[];
}

type PlaceAnswer = { readonly page: SeenPage } | { readonly failure: string };

/**
 * The shape of a table's data: the first row of some partitions at places spread evenly over the ring. It is a look, not
 * a measure: partitions are as they come behind each place.
 * @throws CassandraFailure `not_found`; of places that fail only when all do
 */
export async function readSample(
  cluster: Cluster,
  name: TableName,
  { places = PLACES, partitionsPerPlace = PARTITIONS_PER_PLACE }: SampleRequest,
  signal: AbortSignal,
): Promise<Sample> {
  const { table } = await readTable(cluster, name.keyspace, name.table);
  if (table === undefined || table.kind === 'virtual') throw notFound(name);
  // What a node keeps for itself has no place on the ring, nor always a token of 64 bits (LocalPartitioner).
  const isNodeLocal = isNodeLocalKeyspace(name.keyspace);
  const partitions = isNodeLocal ? places * partitionsPerPlace : partitionsPerPlace;
  const statement = isNodeLocal ? firstRows(name, partitions) : sampleStatement(name, table, partitions);
  const bounds = isNodeLocal ? [null] : placesOf(places);
  const request = placeRequest(cluster, statement, partitions, signal);
  const answers: PlaceAnswer[] = [];
  for (let at = 0; at < bounds.length; at += AT_ONCE) {
    const some = bounds.slice(at, at + AT_ONCE);
    answers.push(...(await Promise.all(some.map((place) => readPlace(cluster, request, place)))));
  }
  return summary(table, statement, answers);
}

function notFound({ keyspace, table }: TableName): CassandraFailure {
  return new CassandraFailure({
    code: 'not_found',
    message: `There is no table ${keyspace}.${table} whose rows lie on the ring.`,
    retryable: false,
  });
}

function sampleStatement({ keyspace, table: name }: TableName, table: Table, partitions: number): string {
  const key = keyColumns(table.columns, 'partition_key').map((column) => quoteIdentifier(column.name));
  const token = `token(${key.join(', ')})`;
  return `SELECT * FROM ${qualifiedName(keyspace, name)} WHERE ${token} > ? AND ${token} <= ? PER PARTITION LIMIT 1 LIMIT ${partitions}`;
}

function firstRows({ keyspace, table }: TableName, partitions: number): string {
  return `SELECT * FROM ${qualifiedName(keyspace, table)} PER PARTITION LIMIT 1 LIMIT ${partitions}`;
}

interface Place {
  readonly from: bigint;
  readonly to: bigint;
}

/** The ring in equal parts, each with its bounds: no partition is seen twice. */
function placesOf(count: number): Place[] {
  const step = (MAX_TOKEN - MIN_TOKEN) / BigInt(count);
  return Array.from({ length: count }, (_, index) => {
    const from = MIN_TOKEN + step * BigInt(index);
    return { from, to: index === count - 1 ? MAX_TOKEN : from + step };
  });
}

/** What all places are asked with: they share what they learn of the rows. */
function placeRequest(cluster: Cluster, statement: string, partitions: number, signal: AbortSignal): PageRequest {
  return {
    ...{ statement, params: null, consistency: 'LOCAL_ONE', pageRows: partitions, maxPages: 1, pagingState: null },
    // A request as large as the LIMIT would be answered from the beginning again.
    laterRows: Math.max(1, partitions - 1),
    reader: cluster.reads.reader(),
    sizer: new PageSizer(partitions, TIMEOUT_MS),
    ...{ timeoutMs: TIMEOUT_MS, trace: false, signal },
  };
}

/** @param place null: what one node keeps for itself */
async function readPlace(cluster: Cluster, request: PageRequest, place: Place | null): Promise<PlaceAnswer> {
  const tokens = place === null ? [] : [place.from, place.to];
  const params = tokens.map((token) => encodeValue('token', String(token), { kind: 'native', name: 'bigint' }));
  try {
    const client = await cluster.client();
    const host = place === null ? client.hosts.values().find((node) => node.isUp()) : undefined;
    const node = host === undefined ? {} : { host, executionProfile: NODE_LOCAL_PROFILE };
    const parts: SeenPage[] = [];
    for await (const part of readPages(client, { ...request, ...node, params })) parts.push(await seen(part));
    return { page: { columns: parts.at(-1)?.columns ?? null, rows: parts.flatMap(({ rows }) => rows) } };
  } catch (error) {
    request.signal.throwIfAborted();
    return { failure: toFailure(error).message };
  }
}

/** Others have a turn between large values. */
async function seen(page: Page): Promise<SeenPage> {
  const rows: (SeenValue | null)[][] = [];
  let bytes = 0;
  for (const cells of pageCells(page)) {
    const row: (SeenValue | null)[] = [];
    for (const [index, { type }] of (page.columns ?? []).entries()) {
      const cell = cells[index] ?? null;
      row.push(cell === null ? null : seenValue(cell, type));
      bytes += cell?.length ?? 0;
      if (bytes < STEP_BYTES) continue;
      bytes = 0;
      await turn();
    }
    rows.push(row);
  }
  return { columns: page.columns, rows };
}

/** Told apart by its bytes, which need not become a value for that. */
function seenValue(cell: Uint8Array, type: CqlType): SeenValue {
  return { identity: createHash('sha256').update(cell).digest('base64'), example: beginningOfCell(cell, type) };
}

/** Bytes of text and blobs that surely hold the characters shown. */
const SHOWN_BYTES = 16 * EXAMPLE_CHARACTERS;

/** As much of a value as is shown; undefined for a large one that would have to be read as a whole for that. */
function beginningOfCell(cell: Uint8Array, type: CqlType): JsonValue | undefined {
  // Where no bytes are a value, so is every beginning of one.
  const isPlain = emptyIsOrdinary(type);
  if (!isPlain && cell.length > STEP_BYTES) return undefined;
  return beginningOf(toJson(isPlain ? cell.subarray(0, SHOWN_BYTES) : cell, type), EXAMPLE_CHARACTERS);
}

function summary(table: Table, statement: string, answers: readonly PlaceAnswer[]): Sample {
  const pages = answers.flatMap((answer) => ('page' in answer ? [answer.page] : []));
  const failures = answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : []));
  const rows = pages.flatMap((page) => page.rows);
  const columns = pages.find((page) => page.columns !== null)?.columns ?? [];
  if (pages.length === 0) {
    throw new CassandraFailure({
      code: 'server_error',
      message: `None of the ${answers.length} places of the ring could be read: ${failures[0] ?? 'no answer'}`,
      retryable: true,
    });
  }
  return {
    partitions: rows.length,
    places: answers.length,
    failed: failures.length,
    emptyPlaces: pages.filter((page) => page.rows.length === 0).length,
    columns: columns.map((column, index) =>
      columnSummary(
        table,
        column,
        rows.map((row) => row[index] ?? null),
      ),
    ),
    statement,
    gaps: [...new Set(failures)],
    asOf: new Date().toISOString(),
  };
}

function columnSummary(
  table: Table,
  { name, type }: PageColumn,
  values: readonly (SeenValue | null)[],
): Sample['columns'][number] {
  const filled = values.filter((value) => value !== null);
  const distinct = new Map(filled.map((value) => [value.identity, value.example]));
  const shown = [...distinct.values()].filter((example) => example !== undefined);
  const examples = new Map(shown.map((example) => [typedTextOf(example), example]));
  return {
    name,
    type: formatCqlType(type),
    kind: table.columns.find((column) => column.name === name)?.kind ?? 'computed',
    filled: filled.length,
    distinct: distinct.size,
    examples: [...examples.values()].slice(0, MOST_EXAMPLES),
  };
}
