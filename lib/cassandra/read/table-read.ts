import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Principal } from '@/lib/contract/principal';
import type { rowsRequestSchema } from '@/lib/contract/reads';
import type { SchemaResponse } from '@/lib/contract/schema';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { CassandraFailure } from '../client/failure';
import { findTable, latestSchema, readSchema } from '../schema/schema';
import type { BudgetReader } from './budget';
import { openRead, type Read, type ReadPage, type ReadPlan } from './reads';
import { planTable, type TableName } from './table-plan';

type RowsRequest = z.output<typeof rowsRequestSchema>;

/**
 * Begins to read a table and has its first page. The schema that is known serves to ask for it, while the server is asked
 * whether that is still its own: a table that was re-created or altered since, and whatever fails by an old schema, is
 * planned again with the new one before anything of the page is used.
 * @param principal whose cursors it takes and gives
 * @param reader whose turn its pages take, for whoever wants to see it wait
 * @throws CassandraFailure
 */
export async function openTable(
  cluster: Cluster,
  name: TableName,
  request: RowsRequest,
  principal: Principal,
  signal: AbortSignal,
  reader = cluster.reads.reader(),
): Promise<Read> {
  const known = latestSchema(cluster);
  if (known !== undefined) {
    try {
      return await openKnown({ cluster, name, request, principal, reader, signal }, known);
    } catch (error) {
      if (signal.aborted || !(error instanceof OldSchema)) throw error;
    }
  }
  const plan = await planTable(cluster, name, request);
  return (await firstOf(await openRead({ ...plan, reader }, principal, signal))).read;
}

/** The schema that a read was planned with is not the cluster's any more. */
class OldSchema extends Error {
  override readonly name = 'OldSchema';
}

/** What may have another answer with a newer schema; nodes that have forgotten a statement say no more than `server_error`. */
const OF_SCHEMA: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'invalid_request',
  'invalid_statement',
  'cursor_refused',
  'schema_changed',
  'server_error',
]);

function isOfSchema(error: unknown): boolean {
  return error instanceof CassandraFailure && OF_SCHEMA.has(error.error.code);
}

interface TableRead {
  readonly cluster: Cluster;
  readonly name: TableName;
  readonly request: RowsRequest;
  readonly principal: Principal;
  readonly reader: BudgetReader;
  readonly signal: AbortSignal;
}

/** @throws OldSchema when the schema is another one now and what was read, or failed, was by the old one */
async function openKnown(
  { cluster, name, request, principal, reader, signal }: TableRead,
  known: SchemaResponse,
): Promise<Read> {
  const current = readSchema(cluster);
  // Waited for after the page, which fails first where nothing can be read at all.
  current.catch(() => undefined);
  const begin = async () => {
    const plan = await planTable(cluster, name, request, known);
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

/** True when both schemas have the same table, its types with their fields included. */
function isSameTable({ keyspace, table }: TableName, known: SchemaResponse, now: SchemaResponse): boolean {
  if (known === now) return true;
  const [before, after] = [known, now].map((schema) => ({
    id: findTable(schema, keyspace, table)?.id,
    shape: schemaLookup(schema.keyspaces).table(keyspace, table),
  }));
  return isDeepStrictEqual(before, after);
}

/** True unless the page shows columns that the known table does not have. */
function hasColumnsOf({ table }: ReadPlan, first: ReadPage | undefined): boolean {
  const known = new Set(table?.columns.map(({ name }) => name));
  return table === undefined || (first?.columns ?? []).every(({ name }) => known.has(name));
}

interface Opened {
  /** With the first page as its first again. */
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
