import 'server-only';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { JsonValue } from '@/lib/contract/json';
import {
  type LoadOptions,
  type LoadPreview,
  loadOptionsSchema,
  type loadPreviewRequestSchema,
} from '@/lib/contract/load';
import { type BindOptions, bindOptionsSchema, type SourceOptions } from '@/lib/contract/load-sources';
import type { Principal } from '@/lib/contract/principal';
import type { Mapping } from '@/lib/contract/transforms';
import { formatCqlType } from '@/lib/cql/type-text';
import { invalidRequest } from '@/lib/failure';
import { isRed } from '@/lib/mutations/is-red';
import { REVIEW_MS, Reviews } from '@/lib/mutations/reviewed';
import { type ChangedTable, changedTable, checkWritable } from '@/lib/mutations/table';
import { checkMapping } from '@/lib/transform/check-mapping';
import { guessMapping } from '@/lib/transform/guess-mapping';
import type { CqlTable } from '@/lib/wire/file-format';
import { toJson } from '@/lib/wire/values';
import { RowInsert } from '@/lib/writing/insert';
import { binderOf } from './binder';
import { type FirstInput, firstOfFile } from './first-input';
import type { InputFile, LoadInput, LoadJobRequest } from './job-request';
import { loadNotes } from './notes';
import { previewSource } from './preview';
import { problemOf } from './problem-text';
import { SourceError, type SourceItem } from './records';
import { sourceFailure } from './source-failure';

/** Records that a preview shows. */
const SHOWN_RECORDS = 50;

/** What was reviewed, as the job runs it. */
interface PlannedLoad {
  readonly cluster: string;
  readonly confirmName: string | null;
  readonly request: LoadJobRequest;
}

export const loadReviews = new Reviews<PlannedLoad>('ringside.reviewed-loads');

type Given = Omit<z.output<typeof loadPreviewRequestSchema>, 'from'>;

/** A file to load, as the way in found it. */
export interface LoadAsked extends Given {
  readonly input: Exclude<LoadInput, { from: 'stdin' }>;
  /** The files to read now. */
  readonly files: readonly InputFile[];
  /** Ringside exported them, so that empty text in JSON is a value. */
  readonly isExport: boolean;
}

/** A load with everything decided, but for what a person must choose. */
export interface DecidedLoad {
  readonly table: ChangedTable;
  readonly source: SourceOptions;
  readonly bind: Omit<BindOptions, 'mapping'> & { readonly mapping: Mapping };
  readonly options: LoadOptions;
  /** Null: it can run. */
  readonly problem: string | null;
  readonly statement: string | null;
  readonly items: readonly SourceItem[];
  readonly fields: readonly string[];
}

interface Planning {
  readonly principal: Principal;
  readonly signal: AbortSignal;
}

/**
 * Finds out or guesses what is not given, and shows what the first records become. Nothing is written.
 * @throws Failure `read_only`, `not_found`, `invalid_request`
 */
export async function previewLoad(
  cluster: Cluster,
  asked: LoadAsked,
  { principal, signal }: Planning,
): Promise<Omit<LoadPreview, 'request'> & { readonly decided: DecidedLoad }> {
  checkWritable(cluster);
  const table = await changedTable(cluster, await cluster.client(), asked);
  const [file] = asked.files;
  const decided = await decideLoad(table, asked, file && firstOfFile(file, signal), signal);
  const { source, bind, options, problem, statement, fields } = decided;
  const nowMs = Date.now();
  const confirmName = confirmNameOf(cluster, asked.table);
  const token =
    problem === null && statement !== null
      ? loadReviews.keep(
          { cluster: cluster.name, confirmName, request: requestOf(asked, decided, statement) },
          principal,
          nowMs,
        )
      : null;
  return {
    ...{ token, confirmName, problem, source, statement, decided },
    expiresAt: new Date(nowMs + REVIEW_MS).toISOString(),
    mapping: bind.mapping,
    files: asked.files.map(({ name, bytes }) => ({ name, bytes })),
    fields: [...fields],
    columns: table.shape.columns.map(({ name, type, kind }) => ({ name, type: formatCqlType(type), kind })),
    records: shownRecords(decided),
    notes: loadNotes(table, { bind, options, isLasting: true }),
  };
}

/** What must be typed before a table of this cluster is written; null: nothing. */
export function confirmNameOf(cluster: Cluster, table: string): string | null {
  const { colour } = cluster.summary();
  return colour !== null && isRed(colour) ? table : null;
}

function requestOf(
  { keyspace, table: name, input }: LoadAsked,
  decided: DecidedLoad,
  statement: string,
): LoadJobRequest {
  const { table, source, bind, options } = decided;
  return { keyspace, table: name, input, source, bind, options, tableVersion: table.version, statement };
}

/**
 * Works out format, mapping and options, from the first records where they are not given.
 * @throws Failure `invalid_request` when there is no file
 */
export async function decideLoad(
  table: ChangedTable,
  asked: Pick<LoadAsked, 'source' | 'bind' | 'options' | 'isExport'>,
  first: FirstInput | undefined,
  signal: AbortSignal,
): Promise<DecidedLoad> {
  if (first === undefined) throw invalidRequest('There is no file to load.');
  const source = await sourceOf(first, asked, cqlTableOf(table), signal);
  return decideMapping(table, asked, { source, ...(await firstRecords(first, source)) });
}

function decideMapping(
  table: ChangedTable,
  asked: Pick<LoadAsked, 'bind' | 'options' | 'isExport'>,
  { source, items, fields, problem }: { source: SourceOptions } & Begun,
): DecidedLoad {
  const { mapping: given, ...rest } = asked.bind ?? {};
  const emptyText = asked.isExport ? { emptyText: 'value' } : {};
  const cqlTable = cqlTableOf(table);
  const mapping = given ?? guessed(fields, cqlTable, source);
  // The schema of a mapping refuses an empty one; here that is a problem to show.
  const { mapping: _none, ...bound } = bindOptionsSchema.parse({ ...emptyText, ...rest, mapping: PLACEHOLDER });
  const bind = { ...bound, mapping };
  const problems = checkMapping(bind, cqlTable).map(({ column, problem: what }) =>
    column === null ? what : `${column}: ${what}`,
  );
  const faults = [...(problem === null ? [] : [problem]), ...problems];
  return {
    ...{ table, source, bind, items, fields },
    options: loadOptionsSchema.parse(asked.options ?? {}),
    problem: faults.length === 0 ? null : faults.join(' '),
    statement:
      problems.length > 0
        ? null
        : new RowInsert(
            table,
            mapping.map(({ to }) => to),
          ).statement,
  };
}

function cqlTableOf({ keyspace, table, shape }: ChangedTable): CqlTable {
  return { keyspace, table, columns: shape.columns };
}

/** Where each record names its fields, later ones may have fields that the first do not have. */
function guessed(fields: readonly string[], table: CqlTable, { format }: SourceOptions): Mapping {
  const { columns, leftColumns } = guessMapping(fields, table);
  const found = columns.map(({ reason: _reason, ...column }) => column);
  if (format === 'csv' || format === 'parquet') return found;
  const isKey = (name: string) =>
    table.columns.some(({ name: of, kind }) => of === name && (kind === 'partition_key' || kind === 'clustering'));
  const later = leftColumns.filter((name) => !isKey(name) && !fields.includes(name));
  return [...found, ...later.map((name) => ({ to: name, from: { field: name }, steps: [] }))];
}

const PLACEHOLDER = [{ to: 'column', from: { field: 'field' } }];

/** Given options, with what the file says for the rest. */
async function sourceOf(
  { bytes }: FirstInput,
  { source: given = {} }: Pick<LoadAsked, 'source'>,
  table: CqlTable,
  signal: AbortSignal,
): Promise<SourceOptions> {
  const { format, ...rest } = given;
  const options = { ...rest, ...(format === undefined ? {} : { format }) };
  return (await previewSource(bytes, { options, binding: {}, table, records: 1, signal })).options;
}

interface Begun {
  readonly items: readonly SourceItem[];
  readonly fields: readonly string[];
  /** Why there are no more records than these. */
  readonly problem: string | null;
}

async function firstRecords({ name, open, isCut }: FirstInput, options: SourceOptions): Promise<Begun> {
  const items: SourceItem[] = [];
  let problem: string | null = null;
  try {
    for await (const some of await open(options)) {
      items.push(...some.slice(0, SHOWN_RECORDS - items.length));
      if (items.length === SHOWN_RECORDS) break;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const failure = sourceFailure(error, name);
    problem = failure instanceof Error ? failure.message : error.message;
  }
  // The last record of what was cut off is not whole.
  if (isCut && items.length < SHOWN_RECORDS) [problem] = [items.length > 1 ? null : problem, items.pop()];
  return { items, fields: namesIn(items), problem };
}

/** The names of all fields, in the order in which they come first. */
function namesIn(items: readonly SourceItem[]): string[] {
  return [...new Set(items.flatMap((item) => (item.kind === 'record' ? item.names : [])))];
}

function shownRecords({ table, source, bind, items, fields, statement }: DecidedLoad): LoadPreview['records'] {
  const binder = statement === null ? null : binderOf(table, source, bind);
  return items.map((item) => {
    const { number, line } = item;
    if (item.kind === 'bad') return { number, line, fields: [], row: null, problem: problemOf(item) };
    const values = fields.map((name) => item.fields[item.names.indexOf(name)] ?? null);
    const bound = binder?.bind(item) ?? null;
    if (bound?.kind === 'problem') return { number, line, fields: values, row: null, problem: problemOf(item, bound) };
    const row = bound === null || binder === null ? null : rowOf(table, binder.columns, bound.writes);
    return { number, line, fields: values, row, problem: null };
  });
}

function rowOf(
  table: ChangedTable,
  columns: readonly string[],
  writes: readonly { values: readonly (Uint8Array | null | undefined)[] }[],
) {
  const types = new Map(table.shape.columns.map(({ name, type }) => [name, type]));
  const row: Record<string, JsonValue> = {};
  for (const { values } of writes) {
    for (const [at, name] of columns.entries()) {
      const [value, type] = [values[at], types.get(name)];
      if (value !== undefined && type !== undefined) row[name] = toJson(value, type);
    }
  }
  return row;
}
