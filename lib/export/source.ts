import 'server-only';
import { gzipSync } from 'node:zlib';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { maskedPlan } from '@/lib/cassandra/read/masked-plan';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { readTable } from '@/lib/cassandra/schema/schema';
import type { exportRequestSchema } from '@/lib/contract/reads';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { hasCommentedPassword } from '@/lib/cql/redact';
import { schemaLookup, type TableShape } from '@/lib/cql/schema-lookup';
import { Failure, invalidRequest } from '@/lib/failure';
import type { PersonRights } from '@/lib/rights/rules';
import { type FileFormat, fileExtension, rowWriter } from '@/lib/wire/row-writer';
import { checkCompression } from './compress';
import { extrasWarning, withExtras } from './extra-columns';
import { exportFailure } from './failures';
import { neverNullColumns } from './key-columns';

export type ParsedExportRequest = z.output<typeof exportRequestSchema>;

/** The most rows per page; pages start far smaller and grow with the bytes that arrive. */
const MOST_PAGE_ROWS = 5_000;

/** Everything that decides an export, worked out before any rows are requested from Cassandra. */
export interface ExportSource {
  readonly plan: ReadPlan;
  /** What is exported, as people read it: `flights.by_origin_day`. */
  readonly title: string;
  /** With its extension: `flights.by_origin_day.csv.gz`. */
  readonly fileName: string;
  readonly format: FileFormat;
  /** The keyspace and table that are read, if known. */
  readonly table: { readonly keyspace: string; readonly table: string } | null;
  readonly warnings: readonly string[];
}

/**
 * Plans the export that a request describes, with the cluster's current schema.
 * @throws Failure `invalid_request`, `not_found`, `confirmation_required` for what would write, …
 */
export async function planExport(cluster: Cluster, request: ParsedExportRequest): Promise<ExportSource> {
  checkCompression(request.compression ?? 'none');
  checkExtras(request);
  const { plan, title, warnings } =
    request.statement === undefined ? await tableSource(cluster, request) : await statementSource(cluster, request);
  const name = plan.classification.table;
  const table = name?.keyspace == null ? null : { keyspace: name.keyspace, table: name.name };
  const shape = table === null ? undefined : await shapeOf(cluster, table);
  const format = fileFormat(request, table, shape, plan.statement);
  checkColumns(request, shape, format);
  const stem = title.replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 80);
  return {
    plan,
    title,
    table,
    warnings,
    fileName: `${stem}${fileExtension(request.format, request.compression)}`,
    format,
  };
}

/**
 * The export as a person may have it.
 * @throws Failure as {@link maskedPlan}; `forbidden` for INSERT statements, which would write masks over values
 */
export function maskedSource(source: ExportSource, rights: PersonRights | null): ExportSource {
  const plan = maskedPlan(source.plan, rights);
  if (plan.mask === undefined || source.format.format !== 'cql') return { ...source, plan };
  throw new Failure({
    code: 'forbidden',
    message: `${source.title} has columns that are masked for you, and INSERT statements would write the masks.`,
    hint: 'Choose another format.',
    retryable: false,
  });
}

/**
 * Refuses what a file of this format cannot hold before anything is read, if the columns are known in advance, as a
 * table's are. A statement's columns arrive with its first page.
 * @throws Failure `invalid_request`
 */
function checkColumns(
  { statement, columns: chosen, extras }: ParsedExportRequest,
  shape: TableShape | undefined,
  format: FileFormat,
) {
  if (statement !== undefined || shape === undefined || extras?.ttl || extras?.writetime) return;
  const columns = chosen?.length
    ? chosen.flatMap((name) => shape.columns.find((column) => column.name === name) ?? [])
    : shape.columns;
  try {
    rowWriter(format, columns);
  } catch (error) {
    throw exportFailure(error);
  }
}

function checkExtras({ extras, statement }: ParsedExportRequest): void {
  if (!extras?.ttl && !extras?.writetime) return;
  if (statement !== undefined) {
    throw invalidRequest(
      'TTL and write time can be added to a table’s columns, but not to a statement.',
      'Put them into the statement: SELECT …, ttl(column), writetime(column) ….',
    );
  }
}

/** A job and a file's manifest keep the statement whole. @throws Failure `invalid_request` */
export function checkKeepable(statement: string): void {
  if (!hasCommentedPassword(statement)) return;
  throw invalidRequest(
    'A comment of the statement has a password, and the statement is kept with what it reads.',
    'Take the comment out.',
  );
}

interface Planned {
  readonly plan: ReadPlan;
  readonly title: string;
  readonly warnings: readonly string[];
}

function readOptions({ consistency, timeoutMs, pageRows }: ParsedExportRequest) {
  return { consistency, timeoutMs, pageRows: pageRows ?? MOST_PAGE_ROWS, maxPages: 0 };
}

async function statementSource(cluster: Cluster, request: ParsedExportRequest): Promise<Planned> {
  const { statement = '', keyspace, allowFiltering } = request;
  if (allowFiltering) {
    throw invalidRequest('allowFiltering is for a table’s filters. In a statement, write ALLOW FILTERING.');
  }
  const plan = await planQuery(cluster, { ...readOptions(request), statement, keyspace });
  if (plan.classification.isWrite) throw invalidRequest('Only statements that read can be exported.');
  checkKeepable(statement);
  return { plan, title: plan.table === undefined ? 'query' : `${plan.table.name}-query`, warnings: [] };
}

async function tableSource(cluster: Cluster, request: ParsedExportRequest): Promise<Planned> {
  const { keyspace = '', table = '', filters, allowFiltering, extras } = request;
  const title = `${keyspace}.${table}`;
  const read = (columns: readonly string[] | undefined) =>
    planTable(
      cluster,
      { keyspace, table },
      { ...readOptions(request), filters, allowFiltering, columns: columns && [...columns] },
    );
  if (!extras?.ttl && !extras?.writetime) return { plan: await read(request.columns), title, warnings: [] };
  const shape = await shapeOf(cluster, { keyspace, table });
  const all = shape?.columns ?? [];
  const columns = request.columns?.length ? request.columns : all.map(({ name }) => name);
  const plan = await read(columns);
  const chosen = columns.flatMap((name) => all.find((column) => column.name === name) ?? []);
  const selection = withExtras(chosen, extras);
  const warning = extrasWarning(selection);
  return { plan: selecting(plan, columns, selection.selectors), title, warnings: warning === null ? [] : [warning] };
}

/** The same read with other selectors; conditions and order stay the same. */
export function selecting(plan: ReadPlan, columns: readonly string[], selectors: readonly string[]): ReadPlan {
  const before = `SELECT ${columns.map(quoteIdentifier).join(', ')} FROM `;
  const change = (statement: string) => {
    if (!statement.startsWith(before)) throw new Error(`not a SELECT of these columns: ${statement}`);
    return `SELECT ${selectors.join(', ')} FROM ${statement.slice(before.length)}`;
  };
  return { ...plan, statement: change(plan.statement), shown: change(plan.shown) };
}

async function shapeOf(
  cluster: Cluster,
  { keyspace, table }: { readonly keyspace: string; readonly table: string },
): Promise<TableShape | undefined> {
  const { schema } = await readTable(cluster, keyspace, table);
  return schemaLookup(schema.keyspaces).table(keyspace, table);
}

function fileFormat(
  { format, csv, parquet }: ParsedExportRequest,
  table: ExportSource['table'],
  shape: TableShape | undefined,
  statement: string,
): FileFormat {
  switch (format) {
    case 'csv': {
      const neverNull = neverNullColumns(statement, shape);
      return { format, csv: neverNull.length === 0 ? csv : { ...csv, neverNull } };
    }
    case 'ndjson':
    case 'json':
      return { format };
    case 'cql':
      if (table === null || shape === undefined) {
        throw invalidRequest('INSERT statements need the table that the rows come from.', 'Choose another format.');
      }
      if (shape.isView) {
        throw invalidRequest(
          'Rows cannot be inserted into a materialized view: Cassandra fills it from its table.',
          'Export the table, or choose another format.',
        );
      }
      return { format, table: { ...table, columns: shape.columns } };
    case 'parquet':
      return { format, parquet: { ...parquet, gzip: (bytes) => gzipSync(bytes) } };
    default:
      return format satisfies never;
  }
}
