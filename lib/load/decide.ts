import 'server-only';
import type { z } from 'zod';
import {
  type LoadOptions,
  loadOptionsSchema,
  type loadPreviewRequestSchema,
  type OptionGuess,
} from '@/lib/contract/load';
import { type BindOptions, bindOptionsSchema, type SourceOptions } from '@/lib/contract/load-sources';
import type { Mapping } from '@/lib/contract/transforms';
import { invalidRequest } from '@/lib/failure';
import { checkMapping } from '@/lib/transform/check-mapping';
import { guessMapping } from '@/lib/transform/guess-mapping';
import type { CqlTable } from '@/lib/wire/file-format';
import { RowInsert } from '@/lib/writing/insert';
import type { LoadedTable } from './binder';
import { findOptions } from './find-options';
import type { FirstInput } from './first-input';
import { SourceError, type SourceItem } from './records';
import { sourceFailure } from './source-failure';

/** Records that a preview shows. */
const SHOWN_RECORDS = 50;

/** What somebody says of a load. */
export interface LoadGiven extends Pick<z.output<typeof loadPreviewRequestSchema>, 'source' | 'bind' | 'options'> {
  /** Ringside exported the file, so that empty text in JSON is a value. */
  readonly isExport: boolean;
}

/** A load with everything decided, but for what a person must choose. */
export interface DecidedLoad {
  readonly table: LoadedTable;
  readonly source: SourceOptions;
  /** What of `source` was found out, and why it is so. */
  readonly guesses: readonly OptionGuess[];
  readonly bind: Omit<BindOptions, 'mapping'> & { readonly mapping: Mapping };
  readonly options: LoadOptions;
  /** Null: it can run. */
  readonly problem: string | null;
  readonly statement: string | null;
  readonly items: readonly SourceItem[];
  readonly fields: readonly string[];
}

/**
 * Works out format, mapping and options, from the first records where they are not given.
 * @throws Failure `invalid_request` when there is no file
 */
export async function decideLoad(
  table: LoadedTable,
  asked: LoadGiven,
  first: FirstInput | undefined,
  signal: AbortSignal,
): Promise<DecidedLoad> {
  if (first === undefined) throw invalidRequest('There is no file to load.');
  const { format, ...rest } = asked.source ?? {};
  const given = { ...rest, ...(format === undefined ? {} : { format }) };
  const { options, guesses } = await findOptions(first.bytes, given, cqlTableOf(table), signal);
  return decideMapping(table, asked, { source: options, guesses, ...(await firstRecords(first, options)) });
}

function decideMapping(
  table: LoadedTable,
  asked: LoadGiven,
  { source, guesses, items, fields, problem }: Pick<DecidedLoad, 'source' | 'guesses'> & Begun,
): DecidedLoad {
  const { mapping: given, ...rest } = asked.bind ?? {};
  const emptyText = asked.isExport ? { emptyText: 'value' } : {};
  const cqlTable = cqlTableOf(table);
  const mapping = given ?? guessed(fields, cqlTable, source);
  // The schema of a mapping refuses an empty one; here that is a problem to show.
  const { mapping: _none, ...bound } = bindOptionsSchema.parse({ ...emptyText, ...rest, mapping: PLACEHOLDER });
  const bind = { ...bound, mapping };
  const problems = checkMapping(bind, cqlTable).map(({ column, problem: what }) => {
    if (column === null) return what;
    return `${column}: ${table.masked?.includes(column) ? MASKED : what}`;
  });
  const faults = [...(problem === null ? [] : [problem]), ...problems];
  return {
    ...{ table, source, guesses, bind, items, fields },
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

const MASKED = 'It is masked for you, so nothing can be loaded into it. Leave it out.';

function cqlTableOf({ keyspace, table, shape }: LoadedTable): CqlTable {
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
