import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { TableName } from '@/lib/contract/common';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Principal } from '@/lib/contract/principal';
import type { rowsRequestSchema } from '@/lib/contract/reads';
import type { SchemaResponse } from '@/lib/contract/schema';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import type { PersonRights } from '@/lib/rights/rules';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { findTable, latestSchema, readSchema } from '../schema/schema';
import type { BudgetReader } from './budget';
import { maskedPlan } from './masked-plan';
import { openRead, type Read, type ReadPage, type ReadPlan } from './reads';
import { planTable } from './table-plan';

type RowsRequest = z.output<typeof rowsRequestSchema>;

/**
 * Starts reading a table, up to its first page. The page is requested with the cached schema, while the server is asked
 * whether that is current: if the table was recreated or altered since, or the read failed because of an old schema, it
 * is planned again with the new one before anything of the page is used.
 * @param principal whose cursors it accepts and issues
 * @param reader whose turns its pages take, so that the caller can see it wait
 * @param rights what its columns are masked by; null: nothing is masked
 * @throws Failure
 */
export async function openTable(
  cluster: Cluster,
  name: TableName,
  request: RowsRequest,
  principal: Principal,
  signal: AbortSignal,
  reader = cluster.reads.reader(),
  rights: PersonRights | null = null,
): Promise<Read> {
  const known = latestSchema(cluster);
  if (known !== undefined) {
    try {
      return await openKnown({ cluster, name, request, principal, reader, signal, rights }, known);
    } catch (error) {
      if (signal.aborted || !(error instanceof OldSchema)) throw error;
    }
  }
  const plan = maskedPlan(await planTable(cluster, name, request), rights);
  return (await firstOf(await openRead({ ...plan, reader }, principal, signal))).read;
}

/** The schema that a read was planned with is no longer the cluster's. */
class OldSchema extends Error {
  override readonly name = 'OldSchema';
}

/** Failures that a newer schema may avoid. */
const OF_SCHEMA: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'invalid_request',
  'invalid_statement',
  'cursor_refused',
  'schema_changed',
  'not_prepared',
  'server_error',
]);

function isOfSchema(error: unknown): boolean {
  return error instanceof Failure && OF_SCHEMA.has(error.error.code);
}

interface TableRead {
  readonly cluster: Cluster;
  readonly name: TableName;
  readonly request: RowsRequest;
  readonly principal: Principal;
  readonly reader: BudgetReader;
  readonly signal: AbortSignal;
  readonly rights: PersonRights | null;
}

/** @throws OldSchema when the schema has changed in a way that affects what was read or why it failed */
async function openKnown(
  { cluster, name, request, principal, reader, signal, rights }: TableRead,
  known: SchemaResponse,
): Promise<Read> {
  const current = readSchema(cluster);
  // Awaited after the page, which fails first if nothing can be read at all.
  current.catch(() => undefined);
  const begin = async () => {
    const plan = maskedPlan(await planTable(cluster, name, request, known), rights);
    return { plan, ...(await firstOf(await openRead({ ...plan, reader }, principal, signal))) };
  };
  const opened = await begin().catch(async (error: unknown) => {
    const isOld = isOfSchema(error) && (await current.catch(() => known)) !== known;
    throw isOld ? new OldSchema() : error;
  });
  try {
    if (!isSameTable(name, known, await current) || !hasColumnsOf(opened.plan, opened.first)) throw new OldSchema();
  } catch (error) {
    opened.read.abort(error);
    await opened.close();
    throw error;
  }
  return opened.read;
}

/** True if the table is the same in both schemas, including the fields of its types. */
function isSameTable({ keyspace, table }: TableName, known: SchemaResponse, now: SchemaResponse): boolean {
  if (known === now) return true;
  const [before, after] = [known, now].map((schema) => ({
    id: findTable(schema, keyspace, table)?.id,
    shape: schemaLookup(schema.keyspaces).table(keyspace, table),
  }));
  return isDeepStrictEqual(before, after);
}

/** True unless the page has columns that the cached table does not have. */
function hasColumnsOf({ table }: ReadPlan, first: ReadPage | undefined): boolean {
  const known = new Set(table?.columns.map(({ name }) => name));
  return table === undefined || (first?.columns ?? []).every(({ name }) => known.has(name));
}

interface Opened {
  /** The read, with its first page put back at the front. */
  readonly read: Read;
  readonly first: ReadPage | undefined;
  readonly close: () => Promise<unknown>;
}

async function firstOf(read: Read): Promise<Opened> {
  const pages = read.pages[Symbol.asyncIterator]();
  const close = async () => pages.return?.();
  try {
    const first = await pages.next();
    return { read: { ...read, pages: rejoined(first, pages) }, first: first.done ? undefined : first.value, close };
  } catch (error) {
    read.abort(error);
    throw toFailure(error);
  }
}

async function* rejoined(
  first: IteratorResult<ReadPage, void>,
  pages: AsyncIterator<ReadPage, void>,
): AsyncGenerator<ReadPage, void> {
  try {
    for (let step = first; !step.done; step = await pages.next()) yield step.value;
  } finally {
    await pages.return?.();
  }
}
