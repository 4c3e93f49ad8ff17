import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { Client } from '@/lib/cassandra/client/driver';
import type { Page } from '@/lib/cassandra/read/pages';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { insertAll } from '@/lib/cassandra/test-support';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { compilePlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { openScan, type Scan, type ScanOptions, type ScanPage } from './scan';

/** What scan tests share: how to start one, and how to compare its rows. */

export const LARGE_BYTES = 40_000;
/** Rows of the small tables that change while they are read. */
export const PAIRS = 300;

/** Tables of all shapes that a scan encounters. */
export function createTables(keyspace: string): string[] {
  return [
    'wide (k int, c int, s text static, v text, PRIMARY KEY (k, c))',
    'narrow (a int, b text, v int, PRIMARY KEY ((a, b)))',
    'nothing (k int PRIMARY KEY, v text)',
    'single (k int PRIMARY KEY, v text)',
    'large (k int PRIMARY KEY, v blob)',
    'altered (k int PRIMARY KEY, v int)',
    'remade (k int PRIMARY KEY, v int)',
    // A read during TRUNCATE may find two replicas empty and one not: its repair would bring rows back.
    "emptied (k int PRIMARY KEY, v int) WITH read_repair = 'NONE'",
  ].map((table) => `CREATE TABLE ${keyspace}.${table}`);
}

/** 400 rows in one partition of `wide`, up to three in others, static values with and without rows; 700 rows in `narrow`. */
export async function fillTables(plain: Client, keyspace: string): Promise<void> {
  const insert = (table: string, columns: string, rows: readonly (readonly unknown[])[]) => {
    const marks = columns.replace(/[^,]+/g, '?');
    return insertAll(plain, `INSERT INTO ${keyspace}.${table} (${columns}) VALUES (${marks})`, rows);
  };
  const range = (count: number) => Array.from({ length: count }, (_, at) => at);
  const few = range(120).flatMap((k) => range(k % 4).map((c) => [k + 10, c, null]));
  await insert('wide', 'k, c, v', [...range(400).map((c) => [1, c, `wide ${c}`]), ...few]);
  await insert(
    'wide',
    'k, s',
    range(140).map((k) => [k * 2, `static ${k}`]),
  );
  await insert(
    'narrow',
    'a, b, v',
    range(700).map((a) => [a, `b${a % 7}`, a]),
  );
  await insert('single', 'k, v', [[7, 'only']]);
  await insert(
    'large',
    'k, v',
    range(200).map((k) => [k, Buffer.alloc(LARGE_BYTES, k)]),
  );
  for (const table of ['altered', 'remade']) await fillPairs(plain, `${keyspace}.${table}`);
}

export function fillPairs(plain: Client, table: string): Promise<void> {
  const pairs = Array.from({ length: PAIRS }, (_, k) => [k, k]);
  return insertAll(plain, `INSERT INTO ${table} (k, v) VALUES (?, ?)`, pairs);
}

/** The rows of a page as JSON arrays, one string per row. */
export function linesOf(page: Page): string[] {
  const sink = new TextSink();
  if (page.columns !== null) compilePlan(page.columns, 'ndjson-array').writePage(page.body, 0, page.rows, sink);
  return new TextDecoder().decode(sink.take()).split('\n').slice(0, -1);
}

/** A table as a scan reads it. */
export function tablePlan(cluster: Cluster, name: string, request: object = {}): Promise<ReadPlan> {
  const [keyspace = '', table = ''] = name.split('.');
  return planTable(cluster, { keyspace, table }, rowsRequestSchema.parse({ pageRows: 1_000, ...request }));
}

export interface Drained {
  readonly scan: Scan;
  readonly pages: readonly ScanPage[];
  readonly lines: readonly string[];
}

/** Runs a scan from start to end. */
export async function drain(plan: ReadPlan, options: Partial<ScanOptions> = {}): Promise<Drained> {
  return drainOpen(await openScan(plan, { principal: ANONYMOUS, ...options }));
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

/** Sorted, because rows of parallel pieces arrive in any order. */
export function sorted(lines: readonly string[]): string[] {
  return lines.toSorted();
}

/** A table's rows as the driver reads them, formatted for these tables' columns. */
export async function rowsOf(plain: Client, table: string): Promise<string[]> {
  const { rows, columns } = await plain.execute(`SELECT * FROM ${table}`, [], { fetchSize: 5_000 });
  const text = (value: unknown) => (Buffer.isBuffer(value) ? `0x${value.toString('hex')}` : (value ?? null));
  return sorted(rows.map((row) => JSON.stringify(columns.map(({ name }) => text(row.get(name))))));
}
