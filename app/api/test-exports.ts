import { afterAll, beforeAll, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import type { ExportRequest } from '@/lib/contract/reads';
import { POST as postExport } from './clusters/[cluster]/export/route';

/** What the tests of exports share: a table, how to request it, and the expected rows. */

export const ROWS = 4_000;
export const NAMES = ['plain', '', null, 'a "quoted", comma', 'two\nlines', 'ünï 漢字 \u{1f680}', '=1+1', "it's"];
const COLUMNS = 'k bigint, c int, name text, score double, tags list<text>';

/** The context of a cluster's routes. */
export const context = { params: Promise.resolve({ cluster: 'test' }) };
/** The context of one export's routes. */
export const onExport = (id: string) => ({ params: Promise.resolve({ id }) });
export const request = () => new Request('http://localhost/');

export function ask(asked: ExportRequest, init: { signal?: AbortSignal; headers?: HeadersInit } = {}) {
  return postExport(
    new Request('http://localhost/', { method: 'POST', body: JSON.stringify(asked), ...init }),
    context,
  );
}

export function csvField(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The lines of a file, sorted, because token ranges arrive in any order. */
export function sorted(text: string, separator: string): string[] {
  return text.split(separator).toSorted();
}

/** The table `t` in a separate keyspace per test file, in the routes' cluster `test`. */
export function exportBed(keyspace: string) {
  vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));
  const create = `CREATE TABLE ${keyspace}.t (${COLUMNS}, PRIMARY KEY (k, c)) WITH CLUSTERING ORDER BY (c DESC)`;
  const { plain } = testBed([keyspace], [create]);
  beforeAll(async () => {
    const rows = Array.from({ length: ROWS }, (_, at) => [
      String(2n ** 62n + BigInt(at % 500)),
      at,
      NAMES[at % NAMES.length] ?? null,
      at / 8 - 100,
      at % 3 === 0 ? null : ['x', `y${at}`],
    ]);
    await insertAll(plain, `INSERT INTO ${keyspace}.t (k, c, name, score, tags) VALUES (?, ?, ?, ?, ?)`, rows);
  });
  afterAll(() => closeClusters());

  /** The rows as the driver reads and decodes them. */
  async function plainRows() {
    const rows: { k: bigint; c: number; name: string | null; score: number; tags: string[] | null }[] = [];
    const options = { prepare: true, fetchSize: 1_000 };
    let pageState: string | undefined;
    do {
      const statement = `SELECT * FROM ${keyspace}.t`;
      const page = await plain.execute(statement, [], pageState ? { ...options, pageState } : options);
      for (const { k, c, name, score, tags } of page.rows) rows.push({ k, c, name, score, tags });
      pageState = page.pageState ?? undefined;
    } while (pageState !== undefined);
    return rows;
  }

  /** The whole file as CSV, its rows in any order. */
  async function csvFile(): Promise<string> {
    const lines = (await plainRows()).map(({ k, c, name, score, tags }) =>
      [
        ...[String(k), String(c), name === null ? '' : csvField(name), String(score)],
        tags === null ? '' : csvField(`[${tags.map((tag) => `'${tag}'`).join(', ')}]`),
      ].join(','),
    );
    return `${['k,c,name,score,tags', ...lines].join('\r\n')}\r\n`;
  }

  return { plain, plainRows, csvFile };
}
