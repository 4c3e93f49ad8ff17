/**
 * `node bench/each.mjs --url http://127.0.0.1:3000 --cluster demo --node 127.0.0.1:9042 [--rows 20000] [--concurrency 64] [--rounds 3]`
 *
 * Rows per second of an INSERT that Ringside runs for each row of a list, beside a bare loop of prepared INSERTs with the
 * same driver at the same concurrency, in turns. The cluster must allow writes; the keyspace is made and dropped.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Client, policies } from 'cassandra-driver';
import { median, timed } from './support/measure.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    node: { type: 'string', default: '127.0.0.1:9042' },
    rows: { type: 'string', default: '20000' },
    concurrency: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '3' },
  },
});
const { url, cluster, node } = values;
const [rows, concurrency, rounds] = [Number(values.rows), Number(values.concurrency), Number(values.rounds)];
const KEYSPACE = 'ringside_bench_each';
const INSERT = `INSERT INTO ${KEYSPACE}.t (id, name, tags) VALUES (?, ?, ?)`;

const client = new Client({
  contactPoints: [node],
  policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
});
await client.connect();
await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
await client.execute(
  `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
);
await client.execute(`CREATE TABLE ${KEYSPACE}.t (id int PRIMARY KEY, name text, tags set<text>)`);

/** @type {{ bare: number[], each: number[] }} */
const times = { bare: [], each: [] };
try {
  // The first round warms up: connections, prepared statements, compiled code.
  for (let round = -1; round < rounds; round++) {
    const bare = await timed(bareLoop);
    const each = await timed(forEach);
    if (round < 0) continue;
    times.bare.push(bare);
    times.each.push(each);
  }
} finally {
  await client.execute(`DROP KEYSPACE ${KEYSPACE}`);
  await client.shutdown();
}
const perSecond = (/** @type {number[]} */ all) => Math.round((rows * 1_000) / median(all));
console.log(`bare loop      ${perSecond(times.bare)} rows/s`);
console.log(`for each row   ${perSecond(times.each)} rows/s`);
console.log(`of the loop    ${(perSecond(times.each) / perSecond(times.bare)).toFixed(2)}`);

async function bareLoop() {
  let next = 0;
  const work = async () => {
    for (let id = next++; id < rows; id = next++) {
      await client.execute(INSERT, [id, `name ${id}`, ['a', 'b']], { prepare: true });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function forEach() {
  const body = {
    id: randomUUID(),
    statement: INSERT,
    markers: [{ column: 0 }, { column: 1 }, { column: 2 }],
    rows: Array.from({ length: rows }, (_, id) => [String(id), `name ${id}`, "{'a', 'b'}"]),
    concurrency,
    confirm: { statement: INSERT, rows },
  };
  const response = await fetch(`${url}/api/clusters/${cluster}/each`, {
    method: 'POST',
    headers: { 'x-ringside': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const end = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '{}').end;
  if (end?.progress.done !== rows) throw new Error(`not all rows were written: ${text.slice(-400)}`);
}
