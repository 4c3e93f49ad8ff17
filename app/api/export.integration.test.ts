import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exportProgressSchema } from '@/lib/contract/exports';
import type { ExportRequest } from '@/lib/contract/reads';
import { GET as download } from './clusters/[cluster]/export/route';
import { GET as watchExport } from './exports/[id]/route';
import { ask, context, csvField, exportBed, NAMES, onExport, ROWS, request, sorted } from './test-exports';

const KEYSPACE = 'ringside_export_test';
const { plain, plainRows, csvFile } = exportBed(KEYSPACE);

describe('a download', () => {
  it('as CSV has exactly what a plain client reads, line by line', async () => {
    const response = await ask({ keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 300 });
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text.startsWith('k,c,name,score,tags\r\n')).toBe(true);
    const lines = sorted(text, '\r\n');
    expect(lines).toEqual(sorted(await csvFile(), '\r\n'));
    // The header, and nothing after the last line end.
    expect(lines).toHaveLength(ROWS + 2);
  });

  it('as NDJSON and as JSON has exactly what a plain client reads, by GET and by POST', async () => {
    const asked: ExportRequest = { keyspace: KEYSPACE, table: 't', format: 'ndjson', pageRows: 1_000 };
    const url = `http://localhost/?request=${encodeURIComponent(JSON.stringify(asked))}`;
    const [linked, posted] = [await download(new Request(url), context), await ask(asked)];
    const lines = sorted((await linked.text()).trimEnd(), '\n');
    expect(sorted((await posted.text()).trimEnd(), '\n')).toEqual(lines);
    const rows = (await plainRows()).map((row) => JSON.stringify({ ...row, k: String(row.k) }));
    const again = (value: unknown) => JSON.stringify(value);
    expect(lines.map((line) => again(JSON.parse(line))).toSorted()).toEqual(rows.toSorted());
    const array: unknown = await (await ask({ ...asked, format: 'json' })).json();
    expect(Array.isArray(array) && array.map(again).toSorted()).toEqual(rows.toSorted());
  });

  it('is the same file when compressed', async () => {
    const asked: ExportRequest = { keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 300 };
    const plainText = await (await ask(asked)).text();
    const response = await ask({ ...asked, compression: 'gzip' });
    expect(response.headers.get('content-type')).toBe('application/gzip');
    expect(response.headers.get('content-disposition')).toContain('.csv.gz');
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString();
    expect(sorted(text, '\r\n')).toEqual(sorted(plainText, '\r\n'));
  });

  it('has the TTL and write time of columns that have them, and says which do not', async () => {
    const id = randomUUID();
    const filters = [{ column: 'k', operator: '=', value: '7' } as const];
    const written = `INSERT INTO ${KEYSPACE}.t (k, c, name, tags) VALUES (7, 1, 'short', ['x'])`;
    await plain.execute(`${written} USING TIMESTAMP 1700000000000001 AND TTL 86400`);
    const extras = { ttl: true, writetime: true };
    const asked: ExportRequest = { id, keyspace: KEYSPACE, table: 't', format: 'ndjson', filters, extras };
    const row: unknown = JSON.parse(await (await ask(asked)).text());
    expect(row).toMatchObject({
      name: 'short',
      'writetime(name)': '1700000000000001',
      'ttl(score)': null,
      tags: ['x'],
    });
    expect(Reflect.get(Object(row), 'ttl(name)')).toBeGreaterThan(80_000);
    const progress = await (await watchExport(request(), onExport(id))).text();
    expect(exportProgressSchema.parse(JSON.parse(progress)).scan?.warnings.join()).toContain('left out for tags:');
    await plain.execute(`DELETE FROM ${KEYSPACE}.t WHERE k = 7`);
  });

  it('of a statement has the statement’s columns and order', async () => {
    const statement = `SELECT c AS number, name FROM t WHERE k = ${2n ** 62n} LIMIT 3`;
    const response = await ask({ statement, keyspace: KEYSPACE, format: 'csv', csv: { delimiter: ';' } });
    const lines = [3_500, 3_000, 2_500].map((c) => `${c};${csvField(NAMES[c % NAMES.length] ?? '')}`);
    expect(await response.text()).toBe(`${['number;name', ...lines].join('\r\n')}\r\n`);
    expect(response.headers.get('content-disposition')).toContain('t-query.csv');
  });

  it('has the requested rows and columns', async () => {
    const filters = [{ column: 'k', operator: '=', value: String(2n ** 62n) } as const];
    const response = await ask({ keyspace: KEYSPACE, table: 't', format: 'ndjson', filters, columns: ['c'] });
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines).toEqual([3500, 3000, 2500, 2000, 1500, 1000, 500, 0].map((c) => `{"c":${c}}`));
  });

  it.each<[string, ExportRequest, number, string]>([
    ['that would write', { statement: `TRUNCATE ${KEYSPACE}.t`, format: 'csv' }, 409, 'confirmation_required'],
    ['of an unknown table', { keyspace: KEYSPACE, table: 'nowhere', format: 'csv' }, 404, 'not_found'],
    ['of an invalid statement', { statement: 'SELECT nothing', format: 'csv' }, 400, 'syntax_error'],
    [
      'that cannot be resumed, as frames',
      { keyspace: KEYSPACE, table: 't', format: 'json', resume: 'x' },
      400,
      'invalid_request',
    ],
    [
      'of a statement with extra columns',
      { statement: `SELECT c FROM ${KEYSPACE}.t`, format: 'csv', extras: { ttl: true } },
      400,
      'invalid_request',
    ],
    [
      'of two columns with one name as objects',
      { statement: `SELECT c AS x, name AS x FROM ${KEYSPACE}.t`, format: 'ndjson' },
      400,
      'invalid_request',
    ],
  ])('%s is refused without a file', async (_, asked, status, code) => {
    const response = await ask(asked);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(response.headers.get('content-disposition')).toBeNull();
  });
});
