import { rowsRequestSchema } from '@/lib/contract/reads';
import { compilePlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import type { Cluster } from './cluster';
import type { Page } from './pages';
import type { ReadPlan } from './reads';
import { openScan, type Scan, type ScanOptions, type ScanPage } from './scan';
import { planTable } from './table-plan';

/** What the tests of scans share: how they begin one, and how they look at its rows. */

/** The rows of a page as JSON arrays, one text a row. */
export function linesOf(page: Page): string[] {
  const sink = new TextSink();
  if (page.columns !== null) compilePlan(page.columns, 'ndjson-array').writePage(page.body, 0, page.rows, sink);
  return new TextDecoder().decode(sink.take()).split('\n').slice(0, -1);
}

/** A table as a scan reads it. */
export function tablePlan(cluster: Cluster, name: string, asked: object = {}): Promise<ReadPlan> {
  const [keyspace = '', table = ''] = name.split('.');
  return planTable(cluster, { keyspace, table }, rowsRequestSchema.parse({ pageRows: 1_000, ...asked }));
}

export interface Drained {
  readonly scan: Scan;
  readonly pages: readonly ScanPage[];
  readonly lines: readonly string[];
}

/** A scan from its beginning to its end. */
export async function drain(plan: ReadPlan, options: ScanOptions = {}): Promise<Drained> {
  return drainOpen(await openScan(plan, options));
}

export async function drainOpen(scan: Scan): Promise<Drained> {
  const pages: ScanPage[] = [];
  const lines: string[] = [];
  for await (const page of scan.pages) {
    pages.push(page);
    lines.push(...linesOf(page));
  }
  return { scan, pages, lines };
}

/** In an order of their own: rows of pieces that were read side by side come in any. */
export function sorted(lines: readonly string[]): string[] {
  return lines.toSorted();
}
