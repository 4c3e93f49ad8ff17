import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { maskedPlan } from '@/lib/cassandra/read/masked-plan';
import { pageValues } from '@/lib/cassandra/read/page-values';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import type { RowChange } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { readLevel } from '@/lib/edit/outcome';
import type { EditTable } from '@/lib/edit/table';
import { linesFrom } from '@/lib/jobs/lines-file';
import type { PersonRights } from '@/lib/rights/rules';
import { openScan } from '@/lib/scan/scan';
import { pathIn, ROWS_FILE, type RowLine, rowLineSchema } from './journal';
import type { ManyRequest } from './request';
import { changeOf, readColumns } from './target';

/** Rows of a page, and of a step of a file: what a killed job meets again at most. */
const PAGE_ROWS = 1_000;
/** Pages in flight: finding rows is always faster than changing them. */
const PAGES_AT_ONCE = 2;

/** Some rows to change, and where to go on after them. */
export interface Found {
  readonly rows: readonly RowLine[];
  readonly scan: string | null;
  readonly line: number;
}

export interface RowSource {
  readonly found: AsyncIterable<Found, void>;
  readonly progress: () => ScanProgress | null;
}

type Finding = Pick<ManyRequest, 'keyspace' | 'table' | 'rows' | 'deed' | 'options'>;

/**
 * The read that finds the rows of a request.
 * @param rights what columns are masked by; null: nothing is masked
 * @throws Failure as {@link planTable}; `forbidden` where rows are found by a masked column
 */
export async function planRows(
  cluster: Cluster,
  table: EditTable,
  request: Finding,
  rights: PersonRights | null,
): Promise<ReadPlan> {
  return maskedPlan(await plainRows(cluster, table, request), rights);
}

async function plainRows(cluster: Cluster, table: EditTable, request: Finding): Promise<ReadPlan> {
  const { rows, options } = request;
  const { key, seen } = readColumns(table, request);
  const name = { keyspace: request.keyspace, table: request.table };
  const consistency = readLevel(options.consistency);
  const { timeoutMs } = options;
  const read = { columns: [...key, ...seen], pageRows: PAGE_ROWS, maxPages: 0, timeoutMs };
  if (rows.from === 'filters') {
    const { filters, allowFiltering } = rows;
    return planTable(cluster, name, { ...read, filters, allowFiltering, consistency });
  }
  const { statement } = await planTable(cluster, name, read);
  const clause = rows.from === 'clause' ? rows.clause : '';
  const { pageRows, maxPages } = read;
  return planQuery(cluster, { statement: `${statement}${clause}`, consistency, pageRows, maxPages, timeoutMs });
}

/** The changes of one page of {@link planRows}. */
export async function changesOf(
  table: EditTable,
  request: Finding,
  page: Parameters<typeof pageValues>[0],
): Promise<RowChange[]> {
  const columns = readColumns(table, request);
  return (await pageValues(page)).flatMap((values) => changeOf(request, columns, values) ?? []);
}

interface Opening {
  readonly table: EditTable;
  readonly request: ManyRequest;
  readonly directory: string;
  readonly principal: Principal;
  readonly rights: PersonRights | null;
  /** Where to go on. */
  readonly at: { readonly scan: string | null; readonly line: number };
  readonly signal: AbortSignal;
}

export async function openRows(cluster: Cluster, opening: Opening): Promise<RowSource> {
  const { table, request, directory, principal, rights, at, signal } = opening;
  if (request.rows.from === 'job') return { found: fileRows(directory, at.line), progress: () => null };
  const plan = await planRows(cluster, table, request, rights);
  const resume = at.scan ?? undefined;
  const scan = await openScan(plan, { principal, resume, limits: { maxConcurrency: PAGES_AT_ONCE } }, signal);
  const found = async function* (): AsyncGenerator<Found, void> {
    for await (const page of scan.pages) {
      const changes = await changesOf(table, request, page);
      yield { rows: changes.map((change) => ({ change })), scan: scan.checkpoint(), line: 0 };
    }
  };
  return { found: found(), progress: () => scan.progress() };
}

async function* fileRows(directory: string, from: number): AsyncGenerator<Found, void> {
  let [rows, line]: [RowLine[], number] = [[], 0];
  for await (const { line: row } of linesFrom(pathIn(directory, ROWS_FILE), 0, rowLineSchema)) {
    if (line++ < from) continue;
    rows.push(row);
    if (rows.length < PAGE_ROWS) continue;
    yield { rows, scan: null, line };
    rows = [];
  }
  if (rows.length > 0) yield { rows, scan: null, line };
}
