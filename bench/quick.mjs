/**
 * `npm run bench:quick -- --url http://127.0.0.1:3000 --cluster demo --node 127.0.0.1:9142 [--rounds 9]`
 *
 * The figures of one served table on a quiet machine: the first page beside the driver's bare page, interleaved; then
 * the export of the whole table, with the peak of the server's memory over what it had when idle (Linux).
 * The server is found by its port. Run it against the production build.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Client, policies } from 'cassandra-driver';

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
  const pid = serverPid(Number(new URL(url).port));
  for (const format of ['csv', 'ndjson']) {
    const idle = pid === null ? 0 : residentBytes(pid);
    let peak = idle;
    const watch = setInterval(() => {
      if (pid !== null) peak = Math.max(peak, residentBytes(pid));
    }, 20);
    /** @type {number[]} */
    const rates = [];
    for (let round = -1; round < Math.min(rounds, 5); round++) {
      let rows = 0;
      const elapsedMs = await timed(async () => {
        rows = await exportRows(format);
      });
      if (round >= 0) rates.push((rows / elapsedMs) * 1_000);
    }
    clearInterval(watch);
    const memory = pid === null ? 'unknown' : `${mega(idle)} MB idle, ${mega(peak)} MB at most`;
    console.log(
      `export ${format.padEnd(7)} ${Math.round(median(rates)).toLocaleString('en')} rows/s, server ${memory}`,
    );
  }
}

/** @param {string} format @returns {Promise<number>} lines of the file, the header aside */
async function exportRows(format) {
  const request = encodeURIComponent(JSON.stringify({ keyspace, table, format }));
  const response = await fetch(`${api}/export?request=${request}`);
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

/** @param {() => Promise<unknown>} work @returns {Promise<number>} milliseconds */
async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** @param {readonly number[]} list */
function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
}

/** @param {number} bytes */
function mega(bytes) {
  return Math.round(bytes / 1e6);
}

/** @param {number} pid */
function residentBytes(pid) {
  const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
  return Number(pages) * 4_096;
}

/** The process that listens on a TCP port, from /proc; null elsewhere. @param {number} port */
function serverPid(port) {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => readFileSync(path, 'utf8').split('\n'));
    const inode = lines
      .map((line) => line.trim().split(/\s+/))
      .find((f) => f[1]?.endsWith(`:${hex}`) && f[3] === '0A')?.[9];
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      if (holds(pid, inode)) return Number(pid);
  } catch {
    // Not Linux.
  }
  return null;
}

/** @param {string} pid @param {string | undefined} inode */
function holds(pid, inode) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}
