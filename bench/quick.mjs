/**
 * `npm run bench:quick -- --url http://127.0.0.1:3000 --cluster demo --node 127.0.0.1:9142 [--rounds 9]`
 *
 * Figures for one table on a quiet machine: the first page against the driver's bare page, interleaved; then the export
 * of the whole table, with the server's peak memory over idle (Linux).
 * The server is found by its port. Run it against the production build.
 */
import { parseArgs } from 'node:util';
import { Client, policies } from 'cassandra-driver';
import { median, pidOfPort, timed, watched } from './support/measure.mjs';
import { megabytes } from './support/results.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    node: { type: 'string', default: '127.0.0.1:9142' },
    keyspace: { type: 'string', default: 'flights' },
    table: { type: 'string', default: 'by_origin_day' },
    rounds: { type: 'string', default: '9' },
  },
});
const { url, cluster, node, keyspace, table } = values;
const rounds = Number(values.rounds);
const api = `${url}/api/clusters/${cluster}`;
const PAGE_ROWS = 1_000;

const client = new Client({
  contactPoints: [node],
  policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
});
await client.connect();
await firstPages();
await exports_();
await client.shutdown();

async function firstPages() {
  /** @type {Record<string, number[]>} */
  const times = { driver: [], 'first row': [], 'whole page': [] };
  for (let round = -2; round < rounds; round++) {
    const driver = await timed(() =>
      client.execute(`SELECT * FROM ${keyspace}.${table}`, [], { prepare: true, fetchSize: PAGE_ROWS }),
    );
    const page = await firstPage();
    // The first rounds warm up: connections, prepared statements, compiled code.
    if (round < 0) continue;
    times.driver?.push(driver);
    times['first row']?.push(page.firstRow);
    times['whole page']?.push(page.whole);
  }
  for (const [what, list] of Object.entries(times)) console.log(`${what.padEnd(14)} ${median(list).toFixed(1)} ms`);
  console.log(
    `first row ÷ driver's page: ${(median(times['first row'] ?? []) / median(times.driver ?? [])).toFixed(2)}`,
  );
}

async function firstPage() {
  const startedAt = performance.now();
  const response = await fetch(`${api}/tables/${keyspace}/${table}/rows?pageRows=${PAGE_ROWS}`);
  let text = '';
  let firstRow = 0;
  const decoder = new TextDecoder();
  for await (const chunk of chunksOf(response)) {
    text += decoder.decode(chunk, { stream: true });
    if (firstRow === 0 && text.includes('\n[')) firstRow = performance.now() - startedAt;
  }
  return { firstRow, whole: performance.now() - startedAt };
}

async function exports_() {
  const pid = pidOfPort(Number(new URL(url).port));
  for (const format of ['csv', 'ndjson']) {
    const { value: rates, idle, peak } = await watched(pid, () => exportRates(format));
    const memory = pid === null ? 'unknown' : `${megabytes(idle)} idle, ${megabytes(peak)} at most`;
    console.log(
      `export ${format.padEnd(7)} ${Math.round(median(rates)).toLocaleString('en')} rows/s, server ${memory}`,
    );
  }
}

/** @param {string} format @returns {Promise<number[]>} rows per second, without the first round */
async function exportRates(format) {
  const rates = [];
  for (let round = -1; round < Math.min(rounds, 5); round++) {
    let rows = 0;
    const elapsedMs = await timed(async () => {
      rows = await exportRows(format);
    });
    if (round >= 0) rates.push((rows / elapsedMs) * 1_000);
  }
  return rates;
}

/** @param {string} format @returns {Promise<number>} lines of the file, without the header */
async function exportRows(format) {
  const request = encodeURIComponent(JSON.stringify({ keyspace, table, format }));
  const response = await fetch(`${api}/export?request=${request}`, { headers: { 'x-ringside': '1' } });
  if (!response.ok) throw new Error(await response.text());
  let lines = 0;
  for await (const chunk of chunksOf(response)) for (const byte of chunk) if (byte === 10) lines++;
  return format === 'csv' ? lines - 1 : lines;
}

/** @param {Response} response @returns {AsyncGenerator<Uint8Array>} */
async function* chunksOf(response) {
  const reader = response.body?.getReader();
  for (;;) {
    const step = await reader?.read();
    if (step === undefined || step.done) return;
    yield step.value;
  }
}
