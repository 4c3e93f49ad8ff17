/**
 * `npm run bench:edit -- --url http://127.0.0.1:3000 --cluster demo --nodes 127.0.0.1 [--port 9042] [--rows 1000] [--rounds 3]`
 *
 * What it takes to review and run 1,000 edited rows, over HTTP against a running production server whose cluster allows
 * writes: each row alone and by partition of ten rows, guarded and plain. Prints a table of medians, then the same as JSON.
 */
import { parseArgs } from 'node:util';
import { Client, policies } from 'cassandra-driver';
import { median, round, timed } from './support/measure.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    nodes: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '9042' },
    rows: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
const KEYSPACE = 'ringside_bench_edit';
const ROWS_OF_A_PARTITION = 10;
const all = Array.from({ length: rows }, (_, at) => ({
  p: Math.floor(at / ROWS_OF_A_PARTITION),
  c: at % ROWS_OF_A_PARTITION,
}));
const client = new Client({
  contactPoints: values.nodes.split(',').map((address) => `${address}:${values.port}`),
  policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
});
try {
  await prepare();
  const measured = [];
  let v = 0;
  for (const mode of ['guarded', 'plain']) {
    for (const batch of ['row', 'partition']) {
      const times = [];
      // The first round warms up.
      for (let at = 0; at <= rounds; at++) times.push(await edit(mode, batch, ++v));
      measured.push(medians(mode, batch, times.slice(1)));
    }
  }
  console.table(measured);
  console.log(JSON.stringify(measured));
} finally {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
}

async function prepare() {
  const nodes = Math.min(3, values.nodes.split(',').length);
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.execute(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${nodes}}`,
  );
  await client.execute(`CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, w text, PRIMARY KEY (p, c))`);
  const insert = `INSERT INTO ${KEYSPACE}.t (p, c, v, w) VALUES (?, ?, 0, 'a value')`;
  for (const { p, c } of all) await client.execute(insert, [p, c], { prepare: true });
}

/** @param {string} mode @param {string} batch @param {number} v */
async function edit(mode, batch, v) {
  const changes = all.map((key) => ({ kind: 'update', key, edits: { v: { set: v } } }));
  /** @type {{ token: string, statements: unknown[] }} */
  let plan = { token: '', statements: [] };
  const reviewMs = await timed(async () => {
    plan = JSON.parse(await post('', { keyspace: KEYSPACE, table: 't', changes, options: { mode, batch } }));
  });
  let lines = '';
  const runMs = await timed(async () => {
    lines = await post('/run', { token: plan.token });
  });
  const outcomes = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).outcome?.outcome)
    .filter((outcome) => outcome !== undefined);
  const statements = plan.statements.length;
  const applied = outcomes.filter((outcome) => outcome === 'applied').length;
  if (applied !== statements) console.warn(`${statements - applied} of ${statements} statements were not applied`);
  return { reviewMs, runMs, statements };
}

/** @param {string} path @param {object} body */
async function post(path, body) {
  const response = await fetch(`${values.url}/api/clusters/${values.cluster}/mutations${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ringside': '1', origin: values.url },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** @param {string} mode @param {string} batch @param {{ reviewMs: number, runMs: number, statements: number }[]} times */
function medians(mode, batch, times) {
  const [reviewMs, runMs] = [median(times.map((one) => one.reviewMs)), median(times.map((one) => one.runMs))];
  const statements = times[0]?.statements ?? 0;
  return {
    mode,
    batch,
    statements,
    'review s': round(reviewMs / 1_000),
    'run s': round(runMs / 1_000),
    'statements/s': Math.round((statements / runMs) * 1_000),
    'rows/s': Math.round((rows / runMs) * 1_000),
  };
}
