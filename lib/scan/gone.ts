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
  if (row === undefined) return `${full} was dropped`;
  if (String(row.get('id')) !== table.id) return `${full} was dropped and recreated`;
  const left = new Set((await of('column_name', 'columns', 'table_name')).map((one) => String(one.get('column_name'))));
  const gone = table.columns.filter((one) => !left.has(one.name)).map((one) => one.name);
  if (gone.length === 0) return null;
  return `${gone.length === 1 ? 'Column' : 'Columns'} ${gone.join(', ')} of ${full} ${gone.length === 1 ? 'was' : 'were'} dropped`;
}
