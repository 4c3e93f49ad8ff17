import 'server-only';
import { z } from 'zod';
import { getCluster } from '@/lib/cassandra/client/registry';
import { type LoadFrom, loadPreviewRequestSchema, loadRequestSchema } from '@/lib/contract/load';
import type { BindOptions, SourceOptions } from '@/lib/contract/load-sources';
import { formatCqlType } from '@/lib/cql/type-text';
import { Failure, invalidRequest } from '@/lib/failure';
import { askedRequest, reviewedFacts } from '@/lib/jobs/asked-request';
import type { Asked, KeptRequest, Repeating } from '@/lib/jobs/job-kind';
import { confirmNameOf } from '@/lib/mutations/marked-red';
import { type ChangedTable, changedTable, checkWritable } from '@/lib/mutations/table';
import { type DecidedLoad, decideLoad } from './decide';
import { filesOnServer } from './find-files';
import { firstOfFile } from './first-input';
import type { InputFile, LoadJobRequest } from './job-request';
import { loadNotes } from './notes';
import type { LoadAsked } from './plan';
import { SourceError } from './records';

/** Files on the server, loaded again and again: they are found, and the table is checked, before each run. */
export const repeatLoad: Repeating<LoadJobRequest> = { keep, renew, writesTo: ({ cluster }) => cluster };

/** The statement of a row, and the columns that it writes with their types. */
const reviewedSchema = z.object({ statement: z.string(), columns: z.array(z.string()) });

const NOTES = [
  'Each run loads the files that are there then, also those that have not changed since the run before.',
  'The write times of each run are its own, unless the files have some: it replaces what others wrote since the run before.',
  'Records that cannot be written are kept with their run, as they came. Such a run counts as failed when files are removed.',
];

async function keep({ cluster: name, request }: Asked): Promise<KeptRequest> {
  const { keyspace, table, from, ...given } = askedRequest('load', loadPreviewRequestSchema, request);
  const path = lastingPath(from);
  const found = await writableTable(name, { keyspace, table });
  const { source, bind, options, statement } = await decided(found, path, given);
  return {
    request: { keyspace, table, from: { path }, source, bind, options },
    reviewed: { statement, columns: writtenColumns(found, bind) } satisfies z.output<typeof reviewedSchema>,
    statement,
    confirmName: confirmNameOf(getCluster(name), table),
    notes: [...loadNotes(found, { bind, options, isLasting: true }), ...NOTES],
  };
}

async function renew({ cluster, request, reviewed }: Asked & Pick<KeptRequest, 'reviewed'>): Promise<LoadJobRequest> {
  const asked = askedRequest('load', loadRequestSchema, request);
  const before = reviewedFacts(reviewedSchema, reviewed);
  const { keyspace, table, from, ...given } = asked;
  const found = await writableTable(cluster, { keyspace, table });
  const load = await decided(found, lastingPath(from), given);
  await checkFields(load);
  const { source, bind, options, statement, files } = load;
  const columns = writtenColumns(found, bind);
  if (statement !== before.statement || columns.join() !== before.columns.join()) throw changedTarget(found);
  const input = { from: 'files' as const, files: [...files] };
  return { keyspace, table, input, source, bind, options, statement, tableVersion: found.version };
}

/** @throws Failure `invalid_request` for what can be loaded only once */
function lastingPath(from: LoadFrom): string {
  if ('path' in from) return from.path;
  throw invalidRequest(
    'upload' in from
      ? 'An uploaded file cannot be loaded again and again: the first run takes it.'
      : 'What a job wrote cannot be loaded again and again: it never changes.',
    'Put the files into a directory that load.directories of the configuration allows, and name its path.',
  );
}

async function writableTable(
  cluster: string,
  name: { readonly keyspace: string; readonly table: string },
): Promise<ChangedTable> {
  const found = getCluster(cluster);
  checkWritable(found);
  return changedTable(found, await found.client(), name);
}

type Decided = Pick<DecidedLoad, 'source' | 'bind' | 'options'> & {
  readonly statement: string;
  readonly files: readonly InputFile[];
};

/** @throws Failure `not_found` for files that are not there, `invalid_request` with what keeps it from running */
async function decided(
  table: ChangedTable,
  path: string,
  given: Pick<LoadAsked, 'source' | 'bind' | 'options'>,
): Promise<Decided> {
  const { files, isExport } = await filesOnServer(path);
  const [file] = files;
  const { signal } = new AbortController();
  const load = await decideLoad(table, { ...given, isExport }, file && firstOfFile(file, signal), signal);
  const { problem, statement } = load;
  if (problem !== null || statement === null) {
    throw invalidRequest(`The files of ${path} cannot be loaded: ${problem ?? 'columns of the key have no field'}`);
  }
  return { ...load, statement, files };
}

/** These name their fields once, for all records; elsewhere each record may have others. */
const NAMED_ONCE: readonly SourceOptions['format'][] = ['csv', 'parquet'];

/** A field that is gone would be written as nothing, in silence: no file may lack one. @throws Failure `invalid_request` */
async function checkFields({ source, bind, files }: Decided): Promise<void> {
  if (!NAMED_ONCE.includes(source.format)) return;
  const taken = takenFields(bind);
  for (const file of files) {
    const fields = await fieldsOf(file, source);
    const gone = fields === null ? [] : taken.filter((name) => !fields.includes(name));
    if (gone.length === 0) continue;
    throw invalidRequest(
      `${file.name} has no field ${gone.map((name) => `“${name}”`).join(', ')}, which this load takes.`,
      'Mend the file, or edit what the schedule loads. Nothing was written.',
    );
  }
}

function takenFields({ mapping, ttl, timestamp }: BindOptions): string[] {
  return [...mapping.map(({ from }) => from), ttl, timestamp].flatMap((from) =>
    from !== undefined && 'field' in from ? [from.field] : [],
  );
}

/** Null: it has no records, or cannot be read, which its load says with the place. */
async function fieldsOf(file: InputFile, source: SourceOptions): Promise<readonly string[] | null> {
  try {
    for await (const items of await firstOfFile(file, new AbortController().signal).open(source)) {
      for (const item of items) if (item.kind === 'record') return item.names;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return null;
}

function writtenColumns({ shape }: ChangedTable, { mapping }: BindOptions): string[] {
  return mapping.flatMap(({ to }) => {
    const column = shape.columns.find(({ name }) => name === to);
    return column === undefined ? [] : [`${column.name} ${formatCqlType(column.type)} ${column.kind}`];
  });
}

function changedTarget({ keyspace, table }: ChangedTable): Failure {
  return new Failure({
    code: 'schema_changed',
    message: `${keyspace}.${table} has changed since this load was reviewed: nothing was written.`,
    hint: 'Edit what the schedule loads, which shows its statement again.',
    retryable: false,
  });
}
