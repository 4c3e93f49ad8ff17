import { beforeAll, expect, it } from 'vitest';
import { insertAll, openQuery, pagesOf, testBed } from '@/lib/cassandra/test-support';
import { stopStreams } from './open-streams';
import { rowStreamResponse } from './row-stream';

const ROWS = 1_000;
const { cluster, plain } = testBed(['stop_read'], ['CREATE TABLE stop_read.t (id int PRIMARY KEY, v text)']);
const QUERY = { statement: 'SELECT id, v FROM stop_read.t', pageRows: 50, maxPages: 0 };

beforeAll(async () => {
  const rows = Array.from({ length: ROWS }, (_, id) => [id, `value ${id}`]);
  await insertAll(plain, 'INSERT INTO stop_read.t (id, v) VALUES (?, ?)', rows);
});

it('A read that the stop of the server ends says where to continue, and from there every row comes once', async () => {
  const reader = (await rowStreamResponse(openQuery(cluster, QUERY))).body?.getReader();
  let text = '';
  const take = async () => {
    const step = await reader?.read();
    text += Buffer.from(step?.value ?? []).toString();
    return step?.done === false;
  };
  while (!text.includes('"page"')) await take();
  const stopped = stopStreams();
  while (await take());
  await stopped;

  const lines = text.trimEnd().split('\n');
  const { error } = JSON.parse(lines.at(-1) ?? '');
  const sent = lines.filter((line) => line.startsWith('[')).map((line) => JSON.parse(line)[0]);
  expect(error).toMatchObject({ code: 'server_stopping', rows: sent.length, cursor: expect.any(String) });
  expect(sent.length).toBeLessThan(ROWS);

  const rest = await pagesOf(await openQuery(cluster, { ...QUERY, cursor: error.cursor }));
  const count = rest.reduce((rows, page) => rows + page.rows, 0);
  expect(sent.length + count).toBe(ROWS);
});
