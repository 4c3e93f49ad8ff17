import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters, getCluster } from '@/lib/cassandra/registry';
import { clusterConfig, countAnswers, insertAll, testBed } from '@/lib/cassandra/test-support';
import { FileFrameParser } from '@/lib/client/file-frames';
import { EXPORT_ID_HEADER, exportProgressSchema, exportsResponseSchema, FRAMED_TYPE } from '@/lib/contract/exports';
import type { ExportRequest } from '@/lib/contract/reads';
import { GET as download, POST as postExport } from './clusters/[cluster]/export/route';
import { DELETE as stopExport, GET as watchExport } from './exports/[id]/route';
import { GET as listExports } from './exports/route';

vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));

const KEYSPACE = 'ringside_export_test';
const COLUMNS = 'k bigint, c int, name text, score double, tags list<text>';
const { plain } = testBed(
  [KEYSPACE],
  [`CREATE TABLE ${KEYSPACE}.t (${COLUMNS}, PRIMARY KEY (k, c)) WITH CLUSTERING ORDER BY (c DESC)`],
);

const NAMES = ['plain', '', null, 'a "quoted", comma', 'two\nlines', 'ünï 漢字 \u{1f680}', '=1+1', "it's"];
const ROWS = 4_000;

beforeAll(async () => {
  const rows = Array.from({ length: ROWS }, (_, at) => [
    String(2n ** 62n + BigInt(at % 500)),
    at,
    NAMES[at % NAMES.length] ?? null,
    at / 8 - 100,
    at % 3 === 0 ? null : ['x', `y${at}`],
  ]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, c, name, score, tags) VALUES (?, ?, ?, ?, ?)`, rows);
});
afterAll(() => closeClusters());

const context = { params: Promise.resolve({ cluster: 'test' }) };
const ask = (asked: ExportRequest, signal?: AbortSignal) => {
  const body = JSON.stringify(asked);
  return postExport(new Request('http://localhost/', { method: 'POST', body, ...(signal ? { signal } : {}) }), context);
};
const onExport = (id: string) => ({ params: Promise.resolve({ id }) });
const request = () => new Request('http://localhost/');

/** The rows as the driver alone reads and decodes them. */
async function plainRows(): Promise<
  { k: bigint; c: number; name: string | null; score: number; tags: string[] | null }[]
> {
  const rows = [];
  const options = { prepare: true, fetchSize: 1_000 };
  let pageState: string | undefined;
  do {
    const page = await plain.execute(
      `SELECT * FROM ${KEYSPACE}.t`,
      [],
      pageState ? { ...options, pageState } : options,
    );
    for (const { k, c, name, score, tags } of page.rows) rows.push({ k, c, name, score, tags });
    pageState = page.pageState ?? undefined;
  } while (pageState !== undefined);
  return rows;
}

const csvField = (text: string) => (text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The lines of a file in an order of their own: ranges of tokens come side by side. */
const sorted = (text: string, separator: string) => text.split(separator).toSorted();

async function csvLines(): Promise<string[]> {
  return (await plainRows()).map(({ k, c, name, score, tags }) =>
    [
      ...[String(k), String(c), name === null ? '' : csvField(name), String(score)],
      tags === null ? '' : csvField(`[${tags.map((tag) => `'${tag}'`).join(', ')}]`),
    ].join(','),
  );
}

describe('a download', () => {
  it('as CSV is what a plain client reads, line for line', async () => {
    const response = await ask({ keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 300 });
    expect(response.status).toBe(200);
    const text = await response.text();
    const expected = await csvLines();
    expect(expected).toHaveLength(ROWS);
    expect(text.startsWith('k,c,name,score,tags\r\n')).toBe(true);
    expect(sorted(text, '\r\n')).toEqual(sorted(`${['k,c,name,score,tags', ...expected].join('\r\n')}\r\n`, '\r\n'));
  });

  it('as NDJSON and as JSON is what a plain client reads, by a link as by a form', async () => {
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

  it('compressed is the same file', async () => {
    const asked: ExportRequest = { keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 300 };
    const plainText = await (await ask(asked)).text();
    const response = await ask({ ...asked, compression: 'gzip' });
    expect(response.headers.get('content-type')).toBe('application/gzip');
    expect(response.headers.get('content-disposition')).toContain('.csv.gz');
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString();
    expect(sorted(text, '\r\n')).toEqual(sorted(plainText, '\r\n'));
  });

  it('has the TTL and write time of the columns that have them, and says which have not', async () => {
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
    expect(exportProgressSchema.parse(JSON.parse(progress)).scan?.warnings.join()).toContain('is written for tags:');
    await plain.execute(`DELETE FROM ${KEYSPACE}.t WHERE k = 7`);
  });

  it('is of a statement, with columns and order of its own', async () => {
    const statement = `SELECT c AS number, name FROM t WHERE k = ${2n ** 62n} LIMIT 3`;
    const response = await ask({ statement, keyspace: KEYSPACE, format: 'csv', csv: { delimiter: ';' } });
    const lines = [3_500, 3_000, 2_500].map((c) => `${c};${csvField(NAMES[c % NAMES.length] ?? '')}`);
    expect(await response.text()).toBe(`${['number;name', ...lines].join('\r\n')}\r\n`);
    expect(response.headers.get('content-disposition')).toContain('t-query.csv');
  });

  it('is of the rows and columns asked for', async () => {
    const filters = [{ column: 'k', operator: '=', value: String(2n ** 62n) } as const];
    const response = await ask({ keyspace: KEYSPACE, table: 't', format: 'ndjson', filters, columns: ['c'] });
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines).toEqual([3500, 3000, 2500, 2000, 1500, 1000, 500, 0].map((c) => `{"c":${c}}`));
  });

  it.each<[string, ExportRequest, number, string]>([
    ['that would write', { statement: `TRUNCATE ${KEYSPACE}.t`, format: 'csv' }, 409, 'confirmation_required'],
    ['of a table that is not', { keyspace: KEYSPACE, table: 'nowhere', format: 'csv' }, 404, 'not_found'],
    ['of a wrong statement', { statement: 'SELECT nothing', format: 'csv' }, 400, 'syntax_error'],
    [
      'that cannot be resumed, as frames',
      { keyspace: KEYSPACE, table: 't', format: 'json', resume: 'x' },
      400,
      'invalid_request',
    ],
    [
      'of a statement with columns beside its own',
      { statement: `SELECT c FROM ${KEYSPACE}.t`, format: 'csv', extras: { ttl: true } },
      400,
      'invalid_request',
    ],
    [
      'of two columns of one name as objects',
      { statement: `SELECT c AS x, name AS x FROM ${KEYSPACE}.t`, format: 'ndjson' },
      400,
      'invalid_request',
    ],
  ])('%s is refused, and no file', async (_, asked, status, code) => {
    const response = await ask(asked);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(response.headers.get('content-disposition')).toBeNull();
  });
});

describe('a download as frames', () => {
  const asked: ExportRequest = { keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 100 };
  const askFramed = (body: ExportRequest) =>
    postExport(
      new Request('http://localhost/', {
        ...{ method: 'POST', body: JSON.stringify(body), headers: { accept: FRAMED_TYPE } },
      }),
      context,
    );

  /** Takes the file up to its last checkpoint among the first `frames` frames, as a page does that loses the connection. */
  async function take(file: Buffer, frames: number, resume: string | undefined, limits = {}) {
    const response = await askFramed({ ...asked, limits, ...(resume !== undefined && { resume }) });
    expect(response.headers.get('content-type')).toBe(FRAMED_TYPE);
    const [parser, reader] = [new FileFrameParser(), response.body?.getReader()];
    let [kept, got, at, seen]: [Buffer, Buffer, string | undefined, number] = [file, file, resume, 0];
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) {
      for (const frame of parser.push(step.value)) {
        if (seen++ === frames) {
          await reader?.cancel();
          return { file: kept, resume: at, end: null };
        }
        if (frame.kind === 'bytes') got = Buffer.concat([got, frame.bytes]);
        if (frame.kind === 'checkpoint') [kept, at] = [got, frame.checkpoint];
        if (frame.kind === 'end') return { file: got, resume: at, end: frame };
      }
    }
    throw new Error('cut off');
  }

  it('that is cut off again and again goes on where it was, byte for byte', async () => {
    let [file, resume]: [Buffer, string | undefined] = [Buffer.alloc(0), undefined];
    for (const frames of [0, 2, 1, 5, 3, 2, 4]) {
      // Slow enough to come in many parts.
      const part = await take(file, frames, resume, { maxRowsPerSecond: 1_000 });
      expect(part.end).toBeNull();
      ({ file, resume } = part);
    }
    const { file: whole, end } = await take(file, Number.POSITIVE_INFINITY, resume);
    expect(end).toEqual({ kind: 'end', rows: ROWS, bytes: whole.length });
    expect(whole.toString().startsWith('k,c,name,score,tags\r\n')).toBe(true);
    const lines = `${['k,c,name,score,tags', ...(await csvLines())].join('\r\n')}\r\n`;
    expect(sorted(whole.toString(), '\r\n')).toEqual(sorted(lines, '\r\n'));
  });

  it('goes on with nothing but the same request', async () => {
    const { resume } = await take(Buffer.alloc(0), 3, undefined);
    if (resume === undefined) throw new Error('no checkpoint came');
    const others: ExportRequest[] = [
      { ...asked, format: 'ndjson' },
      { ...asked, csv: { header: false } },
      { ...asked, columns: ['k'] },
    ];
    for (const other of others) {
      const refused = await askFramed({ ...other, resume });
      expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'cursor_refused' } }]);
    }
    for (const format of ['json', 'parquet'] as const) expect((await askFramed({ ...asked, format })).status).toBe(400);
    expect((await askFramed({ ...asked, compression: 'gzip' })).status).toBe(400);
  });
});

describe('beside a download', () => {
  it('its progress can be watched to the end', async () => {
    const id = randomUUID();
    const response = await ask({ id, keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 200 });
    expect(response.headers.get(EXPORT_ID_HEADER)).toBe(id);
    const watched = watchExport(request(), onExport(id)).then((progress) => progress.text());
    const bytes = Buffer.from(await response.arrayBuffer());
    const lines = (await watched)
      .trimEnd()
      .split('\n')
      .map((line) => exportProgressSchema.parse(JSON.parse(line)));
    expect(lines[0]).toMatchObject({ id, state: 'running', title: `${KEYSPACE}.t` });
    expect(lines.at(-1)).toMatchObject({
      ...{ state: 'complete', rows: ROWS, bytes: bytes.length, ringFraction: 1 },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const listed = exportsResponseSchema.parse(
      await (await listExports(request(), { params: Promise.resolve({}) })).json(),
    );
    expect(listed.exports[0]).toMatchObject({ id, state: 'complete' });
  });

  it('a stop breaks it off and asks for no further page', async () => {
    const answers = countAnswers(await getCluster('test').client(), '/* stopped */');
    const [id, statement] = [randomUUID(), `SELECT /* stopped */ * FROM ${KEYSPACE}.t`];
    const reader = (await ask({ id, statement, format: 'csv', pageRows: 50 })).body?.getReader();
    await reader?.read();
    const stopped = exportProgressSchema.parse(await (await stopExport(request(), onExport(id))).json());
    expect(stopped).toMatchObject({ state: 'stopped', sha256: null });
    await expect(reader?.read()).rejects.toThrow();
    expect(answers()).toBeLessThanOrEqual(2);
  });

  it('a reader that stalls has a few pages asked for it, and no more', async () => {
    const answers = countAnswers(await getCluster('test').client(), '/* stalls */');
    const statement = `SELECT /* stalls */ * FROM ${KEYSPACE}.t`;
    const reader = (await ask({ statement, format: 'csv', pageRows: 10 })).body?.getReader();
    await reader?.read();
    const rest = async () => {
      const before = answers();
      for (let waits = 0; waits < 30; waits++) await plain.execute('SELECT key FROM system.local');
      return answers() - before;
    };
    await expect.poll(rest).toBe(0);
    // Of the 400 that there are.
    expect(answers()).toBeLessThan(100);
    await reader?.cancel();
  });

  it('a reader that leaves ends the export as stopped', async () => {
    const [id, leave] = [randomUUID(), new AbortController()];
    const response = await ask({ id, keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 50 }, leave.signal);
    const reader = response.body?.getReader();
    await reader?.read();
    leave.abort();
    await expect(reader?.read()).rejects.toThrow();
    const progress = await (await watchExport(request(), onExport(id))).text();
    expect(exportProgressSchema.parse(JSON.parse(progress))).toMatchObject({ state: 'stopped' });
  });
});
