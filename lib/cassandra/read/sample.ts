import 'server-only';
import { createHash } from 'node:crypto';
import type { TableName } from '@/lib/contract/common';
import type { JsonValue } from '@/lib/contract/json';
import { EXAMPLE_CHARACTERS } from '@/lib/contract/limits';
import type { Table } from '@/lib/contract/schema';
import type { Sample, SampleRequest } from '@/lib/contract/stats';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { keyColumns } from '@/lib/cql/row-key';
import { isNodeLocalKeyspace } from '@/lib/cql/scans';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import type { PersonRights } from '@/lib/rights/rules';
import { evenRanges, type TokenRange } from '@/lib/ring/ranges';
import { turn } from '@/lib/turns';
import { typedTextOf } from '@/lib/wire/as-typed';
import { beginningOf } from '@/lib/wire/beginning';
import { emptyIsOrdinary } from '@/lib/wire/sizes';
import { STEP_BYTES } from '@/lib/wire/steps';
import { toJson } from '@/lib/wire/values';
import { Failure } from '../../failure';
import { NODE_LOCAL_PROFILE } from '../client/client-options';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { encodeValue } from '../client/prepared';
import { readTable } from '../schema/schema';
import { type TableMask, tableMask } from './masked-plan';
import { PageSizer } from './page-sizer';
import { pageCells } from './page-values';
import { type Page, type PageColumn, type PageRequest, readPages } from './pages';

const PLACES = 24;
const PARTITIONS_PER_PLACE = 8;
/** Ranges read at the same time: a sample must not be noticeable on the cluster. */
const AT_ONCE = 4;
const TIMEOUT_MS = 5_000;
const MOST_EXAMPLES = 4;

/** What a sample keeps of a value of any size: a text that is unique to its bytes, and how the value begins. */
interface SeenValue {
  readonly identity: string;
  /** Undefined if the value is too large to decode. */
  readonly example: JsonValue | undefined;
}

interface SeenPage {
  readonly columns: readonly PageColumn[] | null;
  /** One per row; null if it has no value. */
  readonly rows: readonly (readonly (SeenValue | null)[])[];
}

type SampleRead = { readonly page: SeenPage } | { readonly failure: string };

/**
 * The shape of a table's data: the first row of a few partitions in ranges spread evenly over the ring. It is an
 * impression, not a measurement: each range contributes its first partitions. Of a masked column it says nothing.
 * @param rights what its columns are masked by; null: nothing is masked
 * @throws Failure `not_found`; failures of ranges only if all fail
 */
export async function readSample(
  cluster: Cluster,
  name: TableName,
  { places = PLACES, partitionsPerPlace = PARTITIONS_PER_PLACE }: SampleRequest,
  signal: AbortSignal,
  rights: PersonRights | null = null,
): Promise<Sample> {
  const { table } = await readTable(cluster, name.keyspace, name.table);
  if (table === undefined || table.kind === 'virtual') throw notFound(name);
  // Node-local tables are not on the ring, and may not have 64-bit tokens (LocalPartitioner).
  const isNodeLocal = isNodeLocalKeyspace(name.keyspace);
  const partitions = isNodeLocal ? places * partitionsPerPlace : partitionsPerPlace;
  const statement = isNodeLocal ? firstRows(name, partitions) : sampleStatement(name, table, partitions);
  const bounds = isNodeLocal ? [null] : evenRanges(places);
  const mask = tableMask(cluster.name, name, table, rights)?.mask;
  const request = { ...placeRequest(cluster, statement, partitions, signal), mask };
  const answers: SampleRead[] = [];
  for (let at = 0; at < bounds.length; at += AT_ONCE) {
    const some = bounds.slice(at, at + AT_ONCE);
    answers.push(...(await Promise.all(some.map((place) => readPlace(cluster, request, place)))));
  }
  return summary({ table, mask }, statement, answers);
}

function notFound({ keyspace, table }: TableName): Failure {
  return new Failure({
    code: 'not_found',
    message: `There is no table ${keyspace}.${table} that can be sampled.`,
    hint: 'It may have been dropped or renamed.',
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

/** The options for all ranges, which share what they learn about the rows. */
function placeRequest(cluster: Cluster, statement: string, partitions: number, signal: AbortSignal): PageRequest {
  return {
    statement,
    params: null,
    consistency: 'LOCAL_ONE',
    pageRows: partitions,
    maxPages: 1,
    pagingState: null,
    // A request as large as the LIMIT would start from the beginning again.
    laterRows: Math.max(1, partitions - 1),
    reader: cluster.reads.reader(),
    sizer: new PageSizer(partitions, TIMEOUT_MS),
    timeoutMs: TIMEOUT_MS,
    trace: false,
    signal,
  };
}

/** @param place null for a node-local table */
async function readPlace(cluster: Cluster, request: PageRequest, place: TokenRange | null): Promise<SampleRead> {
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

/** Yields to other work between large values. */
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

/** Identifies a value by its bytes, without decoding it. */
function seenValue(cell: Uint8Array, type: CqlType): SeenValue {
  return { identity: createHash('sha256').update(cell).digest('base64'), example: beginningOfCell(cell, type) };
}

/** Enough bytes of text and blobs for the characters shown. */
const SHOWN_BYTES = 16 * EXAMPLE_CHARACTERS;

/** The part of a value that is shown; undefined for a large one that would have to be decoded whole. */
function beginningOfCell(cell: Uint8Array, type: CqlType): JsonValue | undefined {
  // For types that accept empty bytes, every prefix of a value is valid too.
  const isPlain = emptyIsOrdinary(type);
  if (!isPlain && cell.length > STEP_BYTES) return undefined;
  return beginningOf(toJson(isPlain ? cell.subarray(0, SHOWN_BYTES) : cell, type), EXAMPLE_CHARACTERS);
}

interface Sampled {
  readonly table: Table;
  /** Undefined: nothing is masked. */
  readonly mask: TableMask['mask'] | undefined;
}

function summary(sampled: Sampled, statement: string, answers: readonly SampleRead[]): Sample {
  const pages = answers.flatMap((answer) => ('page' in answer ? [answer.page] : []));
  const failures = answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : []));
  const rows = pages.flatMap((page) => page.rows);
  const columns = pages.find((page) => page.columns !== null)?.columns ?? [];
  if (pages.length === 0) {
    throw new Failure({
      code: 'server_error',
      message: `None of the ${answers.length} sampled ranges could be read: ${failures[0] ?? 'no response'}`,
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
        sampled,
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
  { table, mask }: Sampled,
  { name, type }: PageColumn,
  values: readonly (SeenValue | null)[],
): Sample['columns'][number] {
  const kind = table.columns.find((column) => column.name === name)?.kind ?? 'computed';
  const masked = mask?.(name)?.role;
  if (masked !== undefined)
    return { name, type: formatCqlType(type), kind, filled: 0, distinct: 0, examples: [], masked };
  const filled = values.filter((value) => value !== null);
  const distinct = new Map(filled.map((value) => [value.identity, value.example]));
  const shown = [...distinct.values()].filter((example) => example !== undefined);
  const examples = new Map(shown.map((example) => [typedTextOf(example), example]));
  return {
    name,
    type: formatCqlType(type),
    kind,
    filled: filled.length,
    distinct: distinct.size,
    examples: [...examples.values()].slice(0, MOST_EXAMPLES),
  };
}
