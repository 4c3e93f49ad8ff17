import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import type { Endpoint } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { errorBodySchema } from '@/lib/contract/errors';
import { heldExportSchema } from '@/lib/contract/exports';
import { controlFrameSchema } from '@/lib/contract/frames';
import { serverJobs } from '@/lib/server-jobs';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { allRoutes, type Handler, nameOf } from './test-routes';

/** What a person reads of a table with columns that are masked for them, over HTTP. */

const data = mkdtempSync(join(tmpdir(), 'ringside-masks-'));
const KEYSPACE = 'ringside_masks_test';
const ROWS = 300;
const PEOPLE = { keyspace: KEYSPACE, table: 'people' };

vi.stubEnv('RINGSIDE_DATA_DIR', data);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [{ ...clusterConfig() }],
    audit: false,
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    roles: [
      {
        name: 'reports',
        subjects: [{ group: 'masked' }],
        as: 'admin',
        keyspaces: [KEYSPACE],
        masks: [{ columns: ['email', 'tags'] }, { columns: ['salary'], as: 'null' }],
      },
      { name: 'whole', subjects: [{ group: 'open' }], as: 'admin' },
    ],
  }),
);

const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.people
      (id int, c int, name text, email text, salary int, tags map<text, text>, PRIMARY KEY (id, c))`,
    `CREATE TABLE ${KEYSPACE}.keyed (email text PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.open (id int PRIMARY KEY, v int)`,
    `CREATE MATERIALIZED VIEW ${KEYSPACE}.by_name AS SELECT * FROM ${KEYSPACE}.people
      WHERE name IS NOT NULL AND id IS NOT NULL AND c IS NOT NULL PRIMARY KEY (name, id, c)`,
  ],
);

let handlers: ReadonlyMap<string, Handler> = new Map();

beforeAll(async () => {
  const people = Array.from({ length: ROWS }, (_, at) => [
    at % 7,
    at,
    `name ${at}`,
    at % 5 === 0 ? null : `secret-${at}@example.com`,
    424_242,
    { [`secret-key-${at}`]: 'x' },
  ]);
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.people (id, c, name, email, salary, tags) VALUES (?, ?, ?, ?, ?, ?)`,
    people,
  );
  handlers = await allRoutes();
});
afterAll(async () => {
  await serverJobs().suspend();
  await closeClusters();
  rmSync(data, { recursive: true, force: true });
});

interface Asked {
  readonly params?: object;
  readonly input?: unknown;
  readonly who?: 'masked' | 'open';
}

function ask(endpoint: Endpoint, { params = {}, input, who = 'masked' }: Asked): Promise<Response> {
  const person = { name: who, way: 'header' as const, groups: [who], session: 'x' };
  const headers = { [PERSON_HEADER]: encodePerson(person) };
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input) } : {};
  const request = new Request('http://localhost/', { method: endpoint.method, headers, ...body });
  const handler = handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  return handler(request, { params: Promise.resolve({ cluster: 'test', ...params }) });
}

const query = (statement: string, more: object = {}) =>
  ask(endpoints.query.post, { input: { statement: statement.replaceAll('FROM ', `FROM ${KEYSPACE}.`), ...more } });

interface Rows {
  readonly text: string;
  readonly rows: unknown[][];
  readonly frames: object[];
}

async function rowsOf(response: Response): Promise<Rows> {
  expect(response.status).toBe(200);
  const text = await response.text();
  const lines = text.trimEnd().split('\n');
  const values: unknown[] = lines.map((line) => JSON.parse(line));
  const frames = values.filter((value) => !Array.isArray(value)).map((value) => controlFrameSchema.parse(value));
  return { text, frames, rows: values.filter((value) => Array.isArray(value)) };
}

async function refusalOf(response: Response): Promise<string> {
  const { error } = errorBodySchema.parse(await response.json());
  expect(error.code).toBe('forbidden');
  return error.message;
}

describe('the rows of a table with masked columns', () => {
  it('are shown without their values, null or not, and say which role masks them', async () => {
    const { text, rows, frames } = await rowsOf(
      await ask(endpoints.rows.post, { params: PEOPLE, input: { maxPages: 0, pageRows: 50 } }),
    );
    expect(rows).toHaveLength(ROWS);
    expect(text).not.toMatch(/secret|424242/);
    for (const [id, c, email, name, salary, tags] of rows) {
      expect({ name, email, salary, tags }).toEqual({ name: `name ${c}`, email: '•••', salary: null, tags: '•••' });
      expect(id).toBe(Number(c) % 7);
    }
    const header = frames.find((frame) => 'header' in frame);
    expect(header).toMatchObject({
      header: {
        columns: [
          { name: 'id', type: 'int', kind: 'partition_key' },
          { name: 'c', type: 'int' },
          { name: 'email', type: 'text', kind: 'computed', masked: 'reports' },
          { name: 'name', type: 'text' },
          { name: 'salary', type: 'int', masked: 'reports' },
          { name: 'tags', type: 'text', masked: 'reports' },
        ],
      },
    });
  });

  it('are as stored for somebody with another role', async () => {
    const { text, rows } = await rowsOf(
      await ask(endpoints.rows.post, { params: PEOPLE, input: { maxPages: 0 }, who: 'open' }),
    );
    expect(rows).toHaveLength(ROWS);
    expect(text).toContain('secret-1@example.com');
    expect(text).not.toContain('masked');
  });

  it('go on after a cursor, which says nothing of the size of rows', async () => {
    const first = await rowsOf(await ask(endpoints.rows.post, { params: PEOPLE, input: { pageRows: 100 } }));
    const cursors = first.frames.flatMap((frame) => ('end' in frame ? [Reflect.get(Object(frame.end), 'next')] : []));
    const payload: unknown = JSON.parse(Buffer.from(String(cursors[0]).split('.')[0] ?? '', 'base64url').toString());
    expect(payload).not.toHaveProperty('w');
    const input = { pageRows: 100, maxPages: 0, cursor: cursors[0] };
    const rest = await rowsOf(await ask(endpoints.rows.post, { params: PEOPLE, input }));
    expect(rest.text).not.toMatch(/secret|424242/);
    const ids = [...first.rows, ...rest.rows].map(([, c]) => Number(c));
    expect(new Set(ids).size).toBe(ROWS);
  });

  it('have pages whose bytes are those of the masks', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.people (id, c, email) VALUES (100, 1, '${'secret'.repeat(2_000)}')`);
    await plain.execute(`INSERT INTO ${KEYSPACE}.people (id, c, email) VALUES (100, 2, 'secret')`);
    const bytesOf = async (c: number) => {
      const { frames } = await rowsOf(await query(`SELECT id, email FROM people WHERE id = 100 AND c = ${c}`));
      return frames.flatMap((frame) => ('page' in frame ? [Reflect.get(Object(frame.page), 'bytes')] : []));
    };
    expect(await bytesOf(1)).toEqual(await bytesOf(2));
    await plain.execute(`DELETE FROM ${KEYSPACE}.people WHERE id = 100`);
  });

  it('are filtered by other columns only', async () => {
    const filtered = (column: string, value: unknown) =>
      ask(endpoints.rows.post, {
        params: PEOPLE,
        input: { filters: [{ column, operator: '=', value }], allowFiltering: true, maxPages: 0 },
      });
    expect((await rowsOf(await filtered('name', 'name 7'))).rows).toEqual([[0, 7, '•••', 'name 7', null, '•••']]);
    expect(await refusalOf(await filtered('email', 'secret-7@example.com'))).toContain('email is masked');
    expect(await refusalOf(await filtered('salary', 1))).toContain('salary is masked');
  });

  it('are masked in a view too', async () => {
    // A view follows its table a moment later.
    await vi.waitFor(async () => {
      const { text, rows } = await rowsOf(await query("SELECT * FROM by_name WHERE name = 'name 7'"));
      expect(rows).toHaveLength(1);
      expect(text).not.toMatch(/secret|424242/);
    });
  });
});

describe('a statement', () => {
  it.each([
    ['SELECT id, email FROM people WHERE id = 1', 1],
    ['SELECT EMAIL, "salary", count(*) FROM people WHERE id = 1', 0],
  ])('%s shows masks', async (statement, at) => {
    const { text, rows } = await rowsOf(await query(statement));
    expect(rows[0]?.[at]).toBe('•••');
    expect(text).not.toMatch(/secret|424242/);
  });

  it.each([
    ['SELECT email AS e FROM people', 'email'],
    ['SELECT JSON * FROM people', 'JSON'],
    ['SELECT toJson(email) FROM people', 'email'],
    ['SELECT max(salary) FROM people', 'salary'],
    ['SELECT CAST(salary AS text) FROM people', 'salary'],
    ['SELECT writetime(email) FROM people', 'email'],
    ["SELECT tags['secret-key-1'] FROM people", 'tags'],
    ["SELECT id FROM people WHERE email = 'secret-1@example.com' ALLOW FILTERING", 'email'],
    ["SELECT id FROM by_name WHERE tags CONTAINS 'x' ALLOW FILTERING", 'tags'],
  ])('%s is refused', async (statement, used) => {
    expect(await refusalOf(await query(statement))).toContain(`it uses ${used}.`);
  });

  it('of a table with a masked key column is refused', async () => {
    expect(await refusalOf(await query('SELECT v FROM keyed'))).toContain('email');
  });

  it.each([
    `UPDATE ${KEYSPACE}.people SET name = 'x' WHERE id = 1 AND c = 1 IF email = 'a'`,
    `CREATE MATERIALIZED VIEW ${KEYSPACE}.by_c AS SELECT * FROM ${KEYSPACE}.people
      WHERE id IS NOT NULL AND c IS NOT NULL PRIMARY KEY (c, id)`,
  ])('%s is refused', async (statement) => {
    const input = { statement, confirm: { statement } };
    expect(await refusalOf(await ask(endpoints.query.post, { input }))).toContain('masked for you');
  });
});

describe('what leaves the server', () => {
  const formats = [
    { format: 'csv' },
    { format: 'ndjson' },
    { format: 'json' },
    { format: 'parquet', parquet: { compression: 'none' } },
  ];

  it.each(formats)('as $format has no masked value', async (format) => {
    const bytes = Buffer.from(
      await (await ask(endpoints.download.post, { input: { ...PEOPLE, ...format } })).arrayBuffer(),
    );
    const text = bytes.toString('latin1');
    expect(text).toContain('name 299');
    expect(text).not.toMatch(/secret|424242/);
    expect(bytes.includes('•••')).toBe(true);
  });

  it('is not a file of INSERT statements, nor a column’s write time', async () => {
    const cql = await ask(endpoints.download.post, { input: { ...PEOPLE, format: 'cql' } });
    expect(await refusalOf(cql)).toContain('INSERT');
    const extras = { writetime: true };
    const times = await ask(endpoints.download.post, { input: { ...PEOPLE, format: 'csv', extras } });
    expect(await refusalOf(times)).toContain('masked');
  });

  it('is the same by a held request', async () => {
    const held = await ask(endpoints.holdExport.post, { input: { ...PEOPLE, format: 'csv' } });
    const { id } = heldExportSchema.parse(await held.json());
    const text = await (await ask(endpoints.heldDownload.get, { params: { id } })).text();
    expect(text).toContain('•••');
    expect(text).not.toMatch(/secret|424242/);
  });

  it('is a number of rows, unless a masked column chooses them', async () => {
    const text = await (await ask(endpoints.count.post, { input: PEOPLE })).text();
    expect(text).toContain(`"rows":${ROWS}`);
    const filters = [{ column: 'salary', operator: '=', value: 424_242 }];
    const counted = await ask(endpoints.count.post, { input: { ...PEOPLE, filters, allowFiltering: true } });
    expect(await refusalOf(counted)).toContain('salary');
  });
});

describe('every other way to rows', () => {
  const statement = `SELECT * FROM ${KEYSPACE}.people WHERE id = 1`;
  const id = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11';
  const target = { keyspace: KEYSPACE, table: 'open' };
  const load = { from: { path: '/nowhere' } };
  const ways: readonly (readonly [Endpoint, Asked])[] = [
    [endpoints.find.post, { params: PEOPLE, input: { what: 'wide', places: 1 } }],
    [endpoints.script.post, { input: { id, onFailure: 'stop', statements: [{ statement, confirm: { statement } }] } }],
    [
      endpoints.each.post,
      { input: { id, statement: `${statement} AND c = ?`, markers: [{ column: 0 }], rows: [['1']] } },
    ],
    [endpoints.sparkPlan.post, { input: { ...PEOPLE, format: 'csv', do: 'export' } }],
    [endpoints.schedulePlan.post, { input: { kind: 'copy', request: { ...PEOPLE, target } } }],
    [endpoints.schedulePlan.post, { input: { kind: 'copy', request: { ...target, target: PEOPLE } } }],
    [endpoints.schedulePlan.post, { input: { kind: 'load', request: { ...PEOPLE, ...load } } }],
  ];

  it.each(ways.map((way) => [nameOf(way[0]), ...way] as const))('is refused: %s', async (_name, endpoint, asked) => {
    expect(await refusalOf(await ask(endpoint, asked))).toContain('columns that are masked for you');
  });

  it('is refused where a key column is masked: a load and a copy', async () => {
    const keyed = { keyspace: KEYSPACE, table: 'keyed' };
    const bind = { mapping: [{ to: 'email', from: { field: 'email' } }] };
    const loaded = await ask(endpoints.loadDryRun.post, {
      input: { ...keyed, ...load, source: { format: 'csv' }, bind },
    });
    expect(await refusalOf(loaded)).toContain('a key column that is masked for you, email');
    const copied = await ask(endpoints.copy.post, { input: { ...target, target: keyed } });
    expect(await refusalOf(copied)).toContain('a key column that is masked for you, email');
  });
});

describe('a statement that writes', () => {
  const id = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b12';
  const ofRow = 'WHERE id = 1 AND c = 1';
  const run = (statement: string) => ask(endpoints.query.post, { input: { statement, confirm: { statement } } });
  const nameNow = async () => (await rowsOf(await query(`SELECT name FROM people ${ofRow}`))).rows[0]?.[0];

  it('may write the columns that are shown, alone, in a script and for each row of a list', async () => {
    const update = (name: string) => `UPDATE ${KEYSPACE}.people SET name = '${name}' ${ofRow}`;
    expect(await (await run(update('alone'))).text()).toContain('"end"');
    expect(await nameNow()).toBe('alone');
    const statement = update('scripted');
    const statements = [{ statement, confirm: { statement } }];
    const scripted = await ask(endpoints.script.post, { input: { id, onFailure: 'stop', statements } });
    expect(scripted.status, await scripted.text()).toBe(200);
    expect(await nameNow()).toBe('scripted');
    const each = `UPDATE ${KEYSPACE}.people SET name = ? ${ofRow}`;
    const input = {
      id,
      statement: each,
      confirm: { statement: each, rows: 1 },
      markers: [{ column: 0 }],
      rows: [['listed']],
    };
    const listed = await ask(endpoints.each.post, { input });
    expect(listed.status, await listed.text()).toBe(200);
    expect(await nameNow()).toBe('listed');
  });

  it.each([
    [`UPDATE ${KEYSPACE}.people SET email = 'mine' ${ofRow}`, 'email'],
    [`UPDATE ${KEYSPACE}.people SET name = 'x' ${ofRow} IF name = 'x'`, 'IF'],
    [`INSERT INTO ${KEYSPACE}.people (id, c) VALUES (1, 1) IF NOT EXISTS`, 'IF'],
    [`INSERT INTO ${KEYSPACE}.people JSON '{"id": 1, "c": 1, "email": "mine"}'`, 'JSON'],
    [`DELETE FROM ${KEYSPACE}.people ${ofRow}`, 'DELETE FROM'],
    [`BEGIN BATCH DELETE email FROM ${KEYSPACE}.people ${ofRow}; APPLY BATCH`, 'email'],
  ])('may not use what is masked: %s', async (statement, used) => {
    const before = await nameNow();
    expect(await refusalOf(await run(statement))).toContain(`uses ${used}.`);
    const script = { id, onFailure: 'stop', statements: [{ statement, confirm: { statement } }] };
    expect(await refusalOf(await ask(endpoints.script.post, { input: script }))).toContain(`uses ${used}.`);
    expect(await nameNow()).toBe(before);
  });
});

describe('a table that no mask names', () => {
  const OPEN = { keyspace: KEYSPACE, table: 'open' };

  it('is changed, selected as JSON and sampled with the same role', async () => {
    const statement = `INSERT INTO ${KEYSPACE}.open (id, v) VALUES (1, 2)`;
    const written = await ask(endpoints.query.post, { input: { statement, confirm: { statement } } });
    expect(await written.text()).toContain('"end"');
    expect((await rowsOf(await query('SELECT JSON * FROM open'))).rows).toEqual([['{"id": 1, "v": 2}']]);
    expect((await ask(endpoints.sample.post, { params: OPEN, input: {} })).status).toBe(200);
  });

  it('tells its bind markers, as one with masks does', async () => {
    for (const table of ['open', 'people']) {
      const statement = `SELECT * FROM ${KEYSPACE}.${table} WHERE id = ?`;
      const prepared = await ask(endpoints.prepare.post, { input: { statement } });
      expect(await prepared.text()).toContain('"id"');
    }
  });
});
