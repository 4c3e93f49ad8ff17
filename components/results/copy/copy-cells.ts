import type { QueryClient } from '@tanstack/react-query';
import { schemaQuery } from '@/lib/client/queries';
import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { SchemaResponse, Table } from '@/lib/contract/schema';
import { keyColumns } from '@/lib/cql/row-key';
import { udtLookup } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import type { PageWindow, RowRange } from '@/lib/grid/page-window';
import type { ResultSource } from '@/lib/reader/source';
import { plural } from '@/lib/text/format';
import { ValueError } from '@/lib/wire/errors';
import type { ResultPlace } from '../place';
import {
  type CopyColumn,
  type CopyForm,
  CopyRefused,
  rowsAsCql,
  rowsAsCsv,
  rowsAsInserts,
  rowsAsJson,
  rowsAsTsv,
  rowsAsWhere,
} from './copy-forms';
import { rowsOfRange } from './rows-of-range';

export interface CopyRequest {
  readonly form: CopyForm;
  readonly rows: RowRange;
  /** Which values of a row, in the order in which they are shown. */
  readonly sources: readonly number[];
}

export interface CopyContext {
  readonly source: ResultSource;
  readonly window: PageWindow<Row>;
  readonly columns: readonly ResultColumn[];
  readonly table: Table | undefined;
  readonly place: ResultPlace | undefined;
  readonly client: QueryClient;
  /** A row as it is shown, with the changes that wait for it; absent: as it was read. */
  readonly rowOf?: ((values: Row) => Row) | undefined;
}

/** Puts cells on the clipboard; the answer says what happened, for the status line. */
export async function copyCells(request: CopyRequest, context: CopyContext): Promise<string> {
  const refusal: { reason?: unknown } = {};
  const rows = shownRows(request, context);
  const text = rows
    .then((found) => textOf(request, context, found))
    .catch((reason: unknown) => {
      refusal.reason = reason;
      throw reason;
    });
  try {
    await putOnClipboard(text);
  } catch {
    // The browser gives no usable reason (no permission, no focus).
    return refusal.reason === undefined ? 'The browser refused to copy.' : reasonOf(refusal.reason);
  }
  const count = request.rows.last - request.rows.first + 1;
  const waits = (await rows).some(({ isChanged }) => isChanged) ? ', with changes that wait' : '';
  return `Copied ${plural(count, 'row')} of ${plural(request.sources.length, 'column')}${waits}`;
}

interface ShownRow {
  readonly values: Row;
  /** By a change that waits, in what is copied. */
  readonly isChanged: boolean;
}

/** What is copied is what is seen. */
async function shownRows({ rows, sources }: CopyRequest, { source, window, rowOf }: CopyContext): Promise<ShownRow[]> {
  const read = await rowsOfRange(source, window, rows, AbortSignal.timeout(READ_TIMEOUT_MS));
  return read.map((before) => {
    const values = rowOf?.(before) ?? before;
    return { values, isChanged: values !== before && sources.some((at) => values[at] !== before[at]) };
  });
}

/** The permission is that of the key press, however long the text takes. */
async function putOnClipboard(text: Promise<string>): Promise<void> {
  const blob = text.then((plain) => new Blob([plain], { type: 'text/plain' }));
  // Said by the text's own failure already, where the browser gives up before asking for it.
  blob.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}

function reasonOf(reason: unknown): string {
  if (reason instanceof CopyRefused) return reason.message;
  if (reason instanceof ValueError) return `Not copied: ${reason.message}`;
  return `Not copied: ${reason instanceof Error ? reason.message : String(reason)}`;
}

async function textOf(request: CopyRequest, context: CopyContext, rows: readonly ShownRow[]): Promise<string> {
  const { form, sources } = request;
  const columns = sources.flatMap((source) => context.columns[source] ?? []);
  const cells = rows.map(({ values }) => sources.map((source) => values[source] ?? null));
  const typed = await typedColumns(columns, context);
  switch (form) {
    case 'text':
    case 'text_with_header':
      return rowsAsTsv(cells, typed, form === 'text_with_header');
    case 'csv':
      return rowsAsCsv(cells, typed);
    case 'json':
      return rowsAsJson(cells, typed);
    case 'cql':
      return rowsAsCql(cells, typed);
    case 'insert':
      return rowsAsInserts(cells, typed, targetOf(context));
    case 'where':
      return rowsAsWhere(cells, typed, targetOf(context).key);
    default:
      return form satisfies never;
  }
}

/** Reloading what had left memory must end some time. */
const READ_TIMEOUT_MS = 120_000;

function targetOf({ place, table }: CopyContext) {
  if (place?.keyspace == null || place.table === null || table === undefined) {
    throw new CopyRefused(
      'The table that these rows are from is not known, so neither INSERT nor WHERE can be written for them.',
    );
  }
  // Rows of static values alone have no clustering values; a row that needs them has them, since they are shown whole.
  const key = [...keyColumns(table.columns, 'partition_key'), ...keyColumns(table.columns, 'clustering')];
  return { keyspace: place.keyspace, table: place.table, key: key.map(({ name }) => name) };
}

async function typedColumns(columns: readonly ResultColumn[], context: CopyContext): Promise<CopyColumn[]> {
  const types = await columnTypes(columns, context);
  return columns.map(({ name, kind, type }, index) => ({ name, kind, type: types[index], typeText: type }));
}

/** The columns' types, whole: fields of user-defined types come from the schema. Undefined where one is not known. */
export async function columnTypes(
  columns: readonly ResultColumn[],
  { place, client }: Pick<CopyContext, 'place' | 'client'>,
): Promise<(CqlType | undefined)[]> {
  const schema = await schemaOf(columns, place, client);
  return columns.map(({ type }) => typeOf(type, schema, place?.keyspace ?? null));
}

async function schemaOf(columns: readonly ResultColumn[], place: ResultPlace | undefined, client: QueryClient) {
  if (place === undefined) return undefined;
  const known = client.getQueryData(schemaQuery(place.cluster).queryKey);
  if (known !== undefined || columns.every(({ type }) => typeOf(type, undefined, null) !== undefined)) return known;
  return client.fetchQuery(schemaQuery(place.cluster));
}

function typeOf(text: string, schema: SchemaResponse | undefined, keyspace: string | null): CqlType | undefined {
  const lookUp = schema && udtLookup(schema.keyspaces);
  let isKnown = true;
  try {
    const type = parseCqlType(
      text,
      (of, name) => {
        const fields = lookUp?.(of, name);
        if (fields === undefined) isKnown = false;
        return fields;
      },
      keyspace ?? undefined,
    );
    return isKnown ? type : undefined;
  } catch {
    // A type that this page cannot read: its values are shown by their shape, and not written as exact ones.
    return undefined;
  }
}
