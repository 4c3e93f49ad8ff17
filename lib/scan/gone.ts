import 'server-only';
import type { Client } from '@/lib/cassandra/client/driver';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { Failure } from '@/lib/failure';

type Planned = Pick<ReadPlan, 'table' | 'classification'>;

/**
 * The failure of a page, or that its table or some of its columns are gone: nodes then forget the statement and refuse to
 * prepare it again, and say nothing more.
 */
export async function explainedByGone(plan: Planned, client: Client, failure: Failure): Promise<Failure> {
  if (failure.error.code !== 'invalid_statement' && failure.error.code !== 'not_prepared') return failure;
  // What cannot be asked now explains nothing.
  const what = await goneOf(plan, client).catch(() => null);
  if (what === null) return failure;
  return new Failure(
    {
      code: 'schema_changed',
      message: `${what} while it was read.`,
      hint: 'The rows read so far are correct. What is gone cannot be read any more.',
      retryable: false,
    },
    { cause: failure },
  );
}

/** What was dropped of the table; null: nothing, or it is not known. */
async function goneOf({ table, classification }: Planned, client: Client): Promise<string | null> {
  const keyspace = classification.table?.keyspace;
  if (table?.id == null || keyspace === undefined) return null;
  const { name, kind } = table;
  const full = `${keyspace}.${name}`;
  const [from, column] = kind === 'view' ? ['views', 'view_name'] : ['tables', 'table_name'];
  const of = (what: string, system: string, key: string) =>
    readSystem(client, `SELECT ${what} FROM system_schema.${system} WHERE keyspace_name = ? AND ${key} = ?`, [
      keyspace,
      name,
    ]);
  const [row] = await of('id', from, column);
  const left = await of('column_name', 'columns', 'table_name');
  const id = row === undefined ? null : String(row.get('id'));
  return whatIsGone(full, table, { id, columns: left.map((one) => String(one.get('column_name'))) });
}

/**
 * What was dropped, from what the schema has left. A change of the schema comes to its tables one after another, so that a
 * table may seem to be there without any column for an instant; none can lose all of them.
 * @param full its name as people see it
 * @param left `id`: null if there is no table of that name
 */
export function whatIsGone(
  full: string,
  { id, columns }: { readonly id: string | null; readonly columns: readonly { readonly name: string }[] },
  left: { readonly id: string | null; readonly columns: readonly string[] },
): string | null {
  if (left.id === null || left.columns.length === 0) return `${full} was dropped`;
  if (left.id !== id) return `${full} was dropped and recreated`;
  const gone = columns.filter(({ name }) => !left.columns.includes(name)).map(({ name }) => name);
  if (gone.length === 0) return null;
  return `${gone.length === 1 ? 'Column' : 'Columns'} ${gone.join(', ')} of ${full} ${gone.length === 1 ? 'was' : 'were'} dropped`;
}
