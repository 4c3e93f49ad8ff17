import 'server-only';
import type { z } from 'zod';
import type { ErrorCode } from '@/lib/contract/errors';
import type { rowsRequestSchema } from '@/lib/contract/reads';
import type { Cluster } from './cluster';
import { toFailure } from './errors';
import { CassandraFailure } from './failure';
import { openRead, type Read, type ReadPage, type ReadPlan } from './reads';
import { latestSchema, readSchema } from './schema';
import { readSystem } from './system-reads';
import { planTable, type TableName } from './table-plan';

type RowsRequest = z.output<typeof rowsRequestSchema>;

/**
 * Begins to read a table and has its first page. The whole schema is not read on the way to it: the one that is known
 * serves, while the id and the columns that the table has now are held against it before anything of the page is used.
 * A table that was re-created or altered since, and whatever fails by an old schema, is planned again with a new one.
 * @param reader whose turn its pages take, for whoever wants to see it wait
 * @throws CassandraFailure
 */
export async function openTable(
  cluster: Cluster,
  name: TableName,
  request: RowsRequest,
  signal: AbortSignal,
  reader = cluster.reads.reader(),
): Promise<Read> {
  const known = latestSchema(cluster);
  if (known !== undefined) {
    try {
      const plan = await planTable(cluster, name, request, known.schema);
      return await openKnown({ ...plan, reader }, name, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof OldSchema || (known.isOld && isOfSchema(error)))) throw error;
      await readSchema(cluster, { fresh: true });
    }
  }
  const plan = await planTable(cluster, name, request);
  return (await firstOf(await openRead({ ...plan, reader }, signal))).read;
}

/** The schema that a read was planned with is not the table's any more. */
class OldSchema extends Error {
  override readonly name = 'OldSchema';
}

const OF_SCHEMA: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'invalid_request',
  'invalid_statement',
  'cursor_refused',
  'schema_changed',
]);

/** True for what may have another answer with a newer schema. */
function isOfSchema(error: unknown): boolean {
  return error instanceof CassandraFailure && OF_SCHEMA.has(error.error.code);
}

/** Nodes drop what they have prepared of a table along with it. */
function isForgotten(error: unknown): boolean {
  return error instanceof CassandraFailure && error.error.code === 'server_error';
}

async function openKnown(plan: ReadPlan, name: TableName, signal: AbortSignal): Promise<Read> {
  const planned = plan.table?.id ?? null;
  const id = tableIdNow(plan, name);
  // Waited for behind the page; that fails first where nothing can be read at all.
  id.catch(() => undefined);
  const opened = await firstOf(await openRead(plan, signal)).catch(async (error: unknown) => {
    // Of a statement of a table that was dropped or made again the nodes know nothing, and say no more than that.
    const isOther = isForgotten(error) && (await id.catch(() => planned)) !== planned;
    throw isOther ? new OldSchema() : error;
  });
  try {
    if ((await id) !== planned || !hasColumnsOf(plan, opened.first)) throw new OldSchema();
  } catch (error) {
    opened.read.abort(error);
    await opened.close();
    throw error;
  }
  return opened.read;
}

/** The id that the server has for the table now: another one, or none, when it was re-created or dropped. */
async function tableIdNow({ cluster, table }: ReadPlan, name: TableName): Promise<string | null> {
  // Virtual tables have no id, and are never re-created.
  if (table === undefined || table.id === null) return null;
  const [from, column] = table.kind === 'view' ? ['views', 'view_name'] : ['tables', 'table_name'];
  const statement = `SELECT id FROM system_schema.${from} WHERE keyspace_name = ? AND ${column} = ?`;
  const [row] = await readSystem(await cluster.client(), statement, [name.keyspace, name.table]);
  return row === undefined ? null : String(row.get('id'));
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
