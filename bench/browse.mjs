/**
 * `npm run bench:browse -- --url http://127.0.0.1:3000 --cluster demo --node 127.0.0.1:9142 [--seconds 60]`
 *
 * What browsing one table costs, in Chromium against a running production server: the first row against the driver's bare
 * page of 1,000 rows, interleaved; frames and main-thread tasks, from a trace, while flinging through rows that are read
 * as they come into view, and while the whole table is also being read; the time from a press on the ring rail to the
 * rows there; heap and elements at the start, and after reading and scrolling through everything. Prints a table, then
 * the same as JSON.
 */
import { parseArgs } from 'node:util';
import { Client, policies } from 'cassandra-driver';
import { chromium } from 'playwright';
import { jumps } from './browse-jumps.mjs';
import { drawn, fling, GRID } from './fling.mjs';
import { median, round, timed } from './support/measure.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    node: { type: 'string', default: '127.0.0.1:9142' },
    keyspace: { type: 'string', default: 'flights' },
    table: { type: 'string', default: 'by_origin_day' },
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '9' },
    chromium: { type: 'string', default: process.env.RINGSIDE_CHROMIUM ?? '' },
  },
});
const { url, cluster, node, keyspace, table } = values;
const rounds = Number(values.rounds);
const PAGE_ROWS = 1_000;
/** What the page requests. */
const FIRST_PAGE_ROWS = 250;
const VIEW = { width: 1440, height: 900 };
const FIRST_CELL = `${GRID} [data-row="0"] [role=gridcell]`;
const WAIT_MS = 120_000;
const READ_ALL_MS = 1_200_000;
const SCROLLBAR_STEPS = 40;

const driver = new Client({
  contactPoints: [node],
  policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
});
await driver.connect();
const browser = await chromium.launch({
  ...(values.chromium === '' ? {} : { executablePath: values.chromium }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--enable-precise-memory-info'],
});
try {
  const result = await measure();
  console.table(flat(result));
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
  await driver.shutdown();
}

async function measure() {
  const page = await browser.newPage({ viewport: VIEW });
  const session = await page.context().newCDPSession(page);
  const address = `${url}/${cluster}/keyspaces/${keyspace}/${table}`;
  const openMs = await timed(async () => {
    await page.goto(address);
    await page.locator(FIRST_CELL).first().waitFor({ timeout: WAIT_MS });
  });
  const firstRow = await firstRows(page);
  const before = await memory(page, session);
  const durationMs = Number(values.seconds) * 1_000;
  const fling = await flings(page, session, durationMs);
  await page.getByRole('button', { name: 'Read on' }).click();
  const flingReading = await flings(page, session, durationMs);
  const through = await throughAll(page);
  const after = await memory(page, session);
  const jumpMs = await jumps(page, Math.min(rounds, 5));
  return {
    table: `${keyspace}.${table}`,
    openMs: round(openMs),
    firstRow,
    fling,
    flingReading,
    through,
    jumpMs,
    memory: { before, after },
  };
}

/**
 * From requesting the first page to its first row, alternating between the page and the bare driver.
 * @param {import('playwright').Page} page
 */
async function firstRows(page) {
  /** @type {number[]} */
  const bare = [];
  /** @type {number[]} */
  const served = [];
  const path = `/api/clusters/${cluster}/tables/${keyspace}/${table}/rows?pageRows=${PAGE_ROWS}&firstPageRows=${FIRST_PAGE_ROWS}`;
  for (let at = -2; at < rounds; at++) {
    const driverMs = await timed(() =>
      driver.execute(`SELECT * FROM ${keyspace}.${table}`, [], { prepare: true, fetchSize: PAGE_ROWS }),
    );
    const pageMs = await page.evaluate(firstRowMs, path);
    // The first rounds warm up: connections, prepared statements, compiled code.
    if (at < 0) continue;
    bare.push(driverMs);
    served.push(pageMs);
  }
  const [driverMs, pageMs] = [median(bare), median(served)];
  return { driverPageMs: round(driverMs), firstRowMs: round(pageMs), ratio: round(pageMs / driverMs) };
}

/** Runs in the page. @param {string} path */
async function firstRowMs(path) {
  const startedAt = performance.now();
  const response = await fetch(path);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes('\n[')) {
    const step = await reader?.read();
    if (step === undefined || step.done) throw new Error('the response has no row');
    text += decoder.decode(step.value, { stream: true });
  }
  const elapsedMs = performance.now() - startedAt;
  await reader?.cancel();
  return elapsedMs;
}

/**
 * Flings down, and every fifth time up again, as a hand does.
 * @param {import('playwright').Page} page
 * @param {import('playwright').CDPSession} session
 * @param {number} durationMs
 */
async function flings(page, session, durationMs) {
  const distancePx = (/** @type {number} */ count) => (count % 5 === 0 ? 6_000 : -12_000);
  return { ...(await fling(page, session, { durationMs, distancePx })), rowsRead: await rowsRead(page) };
}

/** How many rows the page reports as read. @param {import('playwright').Page} page */
async function rowsRead(page) {
  const bar = (await page.getByRole('region', { name: 'Reading' }).textContent()) ?? '';
  // The rows follow a dot; the pages precede it.
  return /·([\d,]+) rows?/.exec(bar)?.[1] ?? '';
}

/**
 * Waits for the last row, then goes through all of them by the scrollbar, and back.
 * @param {import('playwright').Page} page
 */
async function throughAll(page) {
  const readMs = await timed(() => page.getByText('Complete').first().waitFor({ timeout: READ_ALL_MS }));
  let [mostRows, mostElements] = [0, 0];
  for (let step = 0; step <= 2 * SCROLLBAR_STEPS; step++) {
    const share = 1 - Math.abs(step / SCROLLBAR_STEPS - 1);
    await page.locator(GRID).evaluate((grid, at) => {
      grid.scrollTop = at * (grid.scrollHeight - grid.clientHeight);
    }, share);
    await page.waitForFunction(rowsAreShown, undefined, { timeout: WAIT_MS });
    const { rows, elements } = await drawn(page);
    mostRows = Math.max(mostRows, rows);
    mostElements = Math.max(mostElements, elements);
  }
  return { waitedSeconds: Math.round(readMs / 1_000), rows: await rowsRead(page), mostRows, mostElements };
}

/** Runs in the page: whether every drawn row is in memory. Loaded cells always show text, even for no value. */
function rowsAreShown() {
  return [...document.querySelectorAll('[role=gridcell]')].every(({ textContent }) => textContent !== '');
}

/**
 * @param {import('playwright').Page} page
 * @param {import('playwright').CDPSession} session
 */
async function memory(page, session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  return { heapMB: round(usedSize / 1e6), elements };
}

/**
 * Flattens nested figures, one line each.
 * @param {object} value
 * @param {string} prefix
 * @returns {Record<string, unknown>}
 */
function flat(value, prefix = '') {
  const lines = Object.entries(value).flatMap(([key, entry]) =>
    typeof entry === 'object' && entry !== null
      ? Object.entries(flat(entry, `${prefix}${key}.`))
      : [[`${prefix}${key}`, entry]],
  );
  return Object.fromEntries(lines);
}
