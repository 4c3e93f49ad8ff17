import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { maskedPlan, tableMask } from '@/lib/cassandra/read/masked-plan';
import { pageCells } from '@/lib/cassandra/read/page-values';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { readSchema, readTable } from '@/lib/cassandra/schema/schema';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { ageSupport, ttlSelector } from '@/lib/cql/age-select';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { type ColumnShape, schemaLookup, type TableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { checkKeepable, selecting } from '@/lib/export/source';
import { Failure, invalidRequest } from '@/lib/failure';
import type { PersonRights } from '@/lib/rights/rules';
import type { TokenRange } from '@/lib/ring/ranges';
import { openScan } from '@/lib/scan/scan';
import type { MaskedAs } from '@/lib/wire/masked-rows';
import type { Part } from '@/lib/wire/split';
import { failedRows, fieldsOf, readHead } from './failed';
import { type Field, ttlField, writeTimeField } from './fields';
import type { CopyWork, SourceWork } from './request';

const PAGE_ROWS = 5_000;
/** Rows of a file that are taken at a time. */
const FILE_ROWS = 1_000;

export interface SourceOptions extends Pick<CopyWork, 'consistency' | 'timeoutMs'> {
  readonly source: SourceWork;
  readonly keepTtl: boolean;
  readonly keepWriteTime: boolean;
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
}

/** What is read, and what each of its rows has. */
export interface CopySource {
  readonly fields: readonly Field[];
  /** Of the table that is read; null for a statement and a file. */
  readonly shape: TableShape | null;
  /** Of the user-defined types among the fields. */
  readonly keyspace: string;
  /** As people read it. */
  readonly read: string;
  /** Null for a file. */
  readonly plan: ReadPlan | null;
  /** Columns whose write times or TTLs cannot be read, and why. */
  readonly ageless: readonly { readonly name: string; readonly why: string }[];
}

/** Rows in the order of the fields. */
export interface SourceBatch {
  readonly rows: readonly (readonly Part[])[];
  readonly piece: number;
  readonly bytes: number;
}

export interface OpenSource {
  readonly batches: AsyncIterable<SourceBatch, void>;
  /** Token ranges that the pieces stand for; null if the rows do not follow the ring. */
  readonly ranges: readonly TokenRange[] | null;
  readonly progress: () => ScanProgress | null;
  /** Where to go on after the batches that were taken. */
  readonly place: () => { readonly scan: string | null; readonly line: number };
}

/** @throws Failure `not_found`, `invalid_request` */
export async function copySource(cluster: Cluster, options: SourceOptions, principal: Principal): Promise<CopySource> {
  const { source } = options;
  if (source.from === 'table') return tableSource(cluster, options, source);
  if (source.from === 'statement') return statementSource(cluster, options, source.statement, principal);
  const head = await readHead(source.directory);
  const { keyspaces } = await readSchema(cluster);
  const fields = fieldsOf(head, udtLookup(keyspaces));
  const read = `the failed rows of an earlier copy, in ${source.directory}`;
  return { fields, shape: null, keyspace: head.keyspace, read, plan: null, ageless: [] };
}

type TableWork = Extract<SourceWork, { readonly from: 'table' }>;

async function tableSource(cluster: Cluster, options: SourceOptions, source: TableWork): Promise<CopySource> {
  const { keyspace, table: name, filters, allowFiltering } = source;
  const { schema, table } = await readTable(cluster, keyspace, name);
  const shape = schemaLookup(schema.keyspaces).table(keyspace, name);
  if (table === undefined || shape === undefined) {
    const message = `There is no table ${keyspace}.${name} in ${cluster.summary().label}.`;
    throw new Failure({ code: 'not_found', message, retryable: false });
  }
  const names = shape.columns.map((column) => column.name);
  const { consistency, timeoutMs } = options;
  const read = { columns: names, filters, allowFiltering, consistency, timeoutMs, pageRows: PAGE_ROWS, maxPages: 0 };
  const plan = await planTable(cluster, { keyspace, table: name }, read);
  const { release } = await cluster.identity();
  const mask = tableMask(cluster.name, { keyspace, table: name }, table, options.rights ?? null)?.mask;
  const [selectors, fields]: [string[], Field[]] = [[], []];
  const ageless: { name: string; why: string }[] = [];
  for (const column of shape.columns) {
    const as = mask?.(column.name)?.as ?? null;
    selectors.push(quoteIdentifier(column.name));
    fields.push(as === null ? fieldOf(column) : { ...maskedField(column, as), isMasked: true });
    const stored = table.columns.find((one) => one.name === column.name);
    const support = as !== null ? MASKED : stored === undefined ? null : ageSupport(stored, release);
    if (support?.kind === 'none') ageless.push({ name: column.name, why: support.reason });
    if (support?.kind !== 'cell' && support?.kind !== 'elements') continue;
    for (const [selector, field] of agesOf(column.name, support.kind, options)) {
      selectors.push(selector);
      fields.push(field);
    }
  }
  const selected = maskedPlan(selecting(plan, names, selectors), options.rights ?? null);
  const wanted = options.keepTtl || options.keepWriteTime ? ageless : [];
  return { fields, shape, keyspace, read: selected.shown, plan: selected, ageless: wanted };
}

/** When a masked value was written says that there is one. */
const MASKED = { kind: 'none', reason: 'it is masked for you' } as const;
const TEXT: CqlType = { kind: 'native', name: 'text' };

function fieldOf({ name, type, kind }: ColumnShape): Field {
  return { name, type, kind };
}

function maskedField(column: ColumnShape, as: MaskedAs): Field {
  return as === 'dots' ? { ...fieldOf(column), type: TEXT } : fieldOf(column);
}

/** The selectors of a column's TTL and write time, and what they give. */
function agesOf(column: string, parts: 'cell' | 'elements', { keepTtl, keepWriteTime }: SourceOptions) {
  const typed = (text: string): CqlType => parseCqlType(parts === 'elements' ? `list<${text}>` : text);
  const ages: (readonly [string, Field])[] = [];
  if (keepTtl) ages.push([ttlSelector(column), { name: ttlField(column), type: typed('int'), kind: null }]);
  if (keepWriteTime) {
    const field = { name: writeTimeField(column), type: typed('bigint'), kind: null };
    ages.push([`writetime(${quoteIdentifier(column)})`, field]);
  }
  return ages;
}

/** The columns of a statement arrive with its first page, which is read here. */
async function statementSource(
  cluster: Cluster,
  { consistency, timeoutMs, keepTtl, keepWriteTime, rights = null }: SourceOptions,
  statement: string,
  principal: Principal,
): Promise<CopySource> {
  if (keepTtl || keepWriteTime) {
    throw invalidRequest(
      'TTLs and write times can be kept of a table’s columns, but not of a statement’s.',
      'Put ttl(column) and writetime(column) into the statement, and name them in the mapping.',
    );
  }
  const asked = { statement, consistency, timeoutMs, pageRows: PAGE_ROWS, maxPages: 0 };
  const plan = maskedPlan(await planQuery(cluster, asked), rights);
  if (plan.classification.isWrite) throw invalidRequest('Only statements that read can be copied.');
  checkKeepable(statement);
  const scan = await openScan(plan, { principal, pieces: 'ordered', limits: { maxConcurrency: 1 } });
  const isMasked = (name: string) => (plan.mask?.(name) ?? null) !== null;
  const fields = scan.columns.map(({ name, type }): Field => {
    const field = { name, type, kind: null };
    return isMasked(name) ? { ...field, isMasked: true } : field;
  });
  scan.abort(new Error('only its columns were wanted'));
  const keyspace = plan.classification.table?.keyspace ?? '';
  return { fields, shape: null, keyspace, read: plan.shown, plan, ageless: [] };
}

interface Opening {
  readonly work: Pick<CopyWork, 'source' | 'limits'>;
  readonly source: CopySource;
  readonly principal: Principal;
  readonly at: { readonly scan: string | null; readonly line: number };
  readonly signal: AbortSignal;
}

export async function openSource({ work, source, principal, at, signal }: Opening): Promise<OpenSource> {
  if (source.plan === null)
    return openFile(work.source.from === 'job' ? work.source.directory : '', source.fields, at.line);
  const scan = await openScan(
    source.plan,
    { principal, limits: work.limits, ...(at.scan === null ? {} : { resume: at.scan }) },
    signal,
  );
  const batches = async function* (): AsyncGenerator<SourceBatch, void> {
    for await (const page of scan.pages) {
      yield { rows: pageCells(page), piece: page.piece, bytes: page.frameBytes };
    }
  };
  const isRanged = scan.progress().ring !== null;
  return {
    batches: batches(),
    ranges: isRanged ? scan.pieces : null,
    progress: () => scan.progress(),
    place: () => ({ scan: scan.checkpoint(), line: 0 }),
  };
}

function openFile(directory: string, fields: readonly Field[], from: number): OpenSource {
  let line = from;
  const batches = async function* (): AsyncGenerator<SourceBatch, void> {
    let [rows, start]: [Part[][], number] = [[], from];
    for await (const { cells, end } of failedRows(directory, from, fields)) {
      rows.push(cells);
      line = end;
      if (rows.length < FILE_ROWS) continue;
      yield { rows, piece: 0, bytes: end - start };
      [rows, start] = [[], end];
    }
    if (rows.length > 0) yield { rows, piece: 0, bytes: line - start };
  };
  return { batches: batches(), ranges: null, progress: () => null, place: () => ({ scan: null, line }) };
}
