import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { run } from '@/lib/terminal/test-command';
import { freePort } from '@/scripts/support/ports.mjs';
import { readRecording, writeRecording } from './files.mjs';
import { ReplayNode } from './node.mjs';
import { movedTo, record } from './record.mjs';
import { ReplayTable } from './table.mjs';

const KEYSPACE = 'ringside_replay';
const ROWS = 3_000;
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.rows ("Id" bigint, part int, name text, price decimal, tags set<text>, at timestamp, PRIMARY KEY ("Id", part))`,
  ],
);
const folder = mkdtempSync(join(tmpdir(), 'ringside-replay-'));
const ADDRESS = '127.0.0.1';
let node: ReplayNode;
let port: number;

beforeAll(async () => {
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.rows ("Id", part, name, price, tags, at) VALUES (?, ?, ?, ?, ?, ?)`,
    Array.from({ length: ROWS }, (_, id) => [
      String((id >> 1) * 7_919),
      id & 1,
      id % 5 === 0 ? null : `row ${id}, "né"`,
      `${id}.50`,
      id % 3 === 0 ? null : ['a', `t${id}`],
      new Date(id * 1_000_003),
    ]),
  );
  const [host = '', at = '9042'] = (NODES[0] ?? '').split(':');
  writeRecording(folder, await record({ host, port: Number(at), keyspace: KEYSPACE, table: 'rows' }));
  port = await freePort([ADDRESS], 9_300);
  const recording = readRecording(folder);
  node = new ReplayNode(movedTo(recording, ADDRESS, port).map((table) => new ReplayTable(table)));
  await node.listen(ADDRESS, port);
});
afterAll(async () => {
  await node.close();
  rmSync(folder, { recursive: true });
});

const sortedLines = (bytes: Buffer) => bytes.toString().split('\n').toSorted();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A file that the command line wrote. */
async function exported(from: string, name: string, ...args: string[]): Promise<Buffer> {
  const ended = await run(
    'export',
    ...args,
    '--contact-points',
    from,
    '--consistency',
    'QUORUM',
    '-o',
    join(folder, name),
  );
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return readFileSync(join(folder, name));
}

describe('an export from the replay node', () => {
  it.each(['csv', 'ndjson'])('is the %s that the real node gives, byte for byte', async (format) => {
    // A limit keeps it one read, in the order of the ring.
    const what = ['--query', `SELECT * FROM ${KEYSPACE}.rows LIMIT ${ROWS * 2}`, '--format', format];
    const [real, replayed] = [
      await exported(NODES.join(','), `real.${format}`, ...what),
      await exported(`${ADDRESS}:${port}`, `replayed.${format}`, ...what),
    ];
    expect(real.length).toBeGreaterThan(ROWS * 40);
    expect(sha256(replayed)).toBe(sha256(real));
  });

  it('has the same rows when the table is read in parallel pieces', async () => {
    const [real, replayed] = [
      await exported(NODES.join(','), 'real-table.csv', `${KEYSPACE}.rows`, '--columns', 'part,"Id",name'),
      await exported(`${ADDRESS}:${port}`, 'replayed-table.csv', `${KEYSPACE}.rows`, '--columns', 'part,"Id",name'),
    ];
    expect(sortedLines(replayed)).toEqual(sortedLines(real));
  });
});

describe('a driver that knows nothing of Ringside', () => {
  it('finds one node, its schema and all rows', async () => {
    const client = new Client({ contactPoints: [`${ADDRESS}:${port}`], localDataCenter: 'dc1', keyspace: KEYSPACE });
    try {
      await client.connect();
      expect(client.hosts.length).toBe(1);
      const table = await client.metadata.getTable(KEYSPACE, 'rows');
      expect(table?.partitionKeys.map(({ name }) => name)).toEqual(['Id']);
      const ids = new Set<string>();
      const result = await client.execute('SELECT * FROM rows', [], { prepare: true, fetchSize: 100 });
      for await (const row of result) {
        ids.add(`${row.get('Id')} ${row.get('part')}`);
      }
      expect(ids.size).toBe(ROWS);
    } finally {
      await client.shutdown();
    }
  });

  it('has its rows acknowledged, one by one and in batches, and none of them kept', async () => {
    const client = new Client({ contactPoints: [`${ADDRESS}:${port}`], localDataCenter: 'dc1', keyspace: KEYSPACE });
    try {
      const insert = 'INSERT INTO rows ("Id", part, name) VALUES (?, ?, ?)';
      await client.execute(insert, ['-1', 0, 'new'], { prepare: true });
      const queries = [1, 2].map((part) => ({ query: insert, params: ['-1', part, 'new'] }));
      await client.batch(queries, { prepare: true, logged: false });
      const found = await client.execute('SELECT * FROM rows WHERE "Id" = ?', ['-1'], { prepare: true });
      expect(found.rowLength).toBe(0);
    } finally {
      await client.shutdown();
    }
  });
});
