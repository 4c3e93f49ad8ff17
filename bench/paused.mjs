/**
 * `npm run bench:paused -- --url http://127.0.0.1:3000 --cluster demo --ring RING.json [--node 2]`
 *
 * What a node that is paused costs whoever looks, in Chromium against a running production server and a ring that
 * `npm run test:ring` started (RINGSIDE_TEST_RING). The node keeps its connections open and answers nothing. Prints how long
 * each page takes from the address to its facts, and the server to answer, before and while it is paused, and after how long a page that is open says
 * that the node is unknown.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { nodeControl } from '../embedded/index.mjs';
import { median, round, timed } from './support/measure.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    ring: { type: 'string', default: process.env.RINGSIDE_TEST_RING ?? '' },
    node: { type: 'string', default: '2' },
    times: { type: 'string', default: '5' },
    chromium: { type: 'string', default: process.env.RINGSIDE_CHROMIUM ?? '' },
  },
});
const WAIT_MS = 60_000;
const node = nodeControl(Number(values.node), values.ring);
const address = `${node.address}:${node.port}`;

/** @typedef {import('playwright').Page} Page */

/** A page, and what is on it once it can be used. @type {readonly (readonly [name: string, path: string, facts: (page: Page) => import('playwright').Locator])[]} */
const PAGES = [
  ['overview', '', (page) => page.getByRole('region', { name: 'Verdict' }).getByRole('status')],
  ['nodes on the overview', '', (page) => page.getByRole('table', { name: 'Nodes by datacenter and rack' })],
  ['agreement', '/agreement', (page) => page.getByRole('table', { name: 'What each node says of each' })],
  ['ring', '/ring', (page) => page.getByRole('table', { name: 'Nodes of the ring' })],
];

/** What those pages ask of the server. */
const ANSWERS = ['verdict', 'node-views', 'topology'];

const browser = await chromium.launch({
  ...(values.chromium === '' ? {} : { executablePath: values.chromium }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(WAIT_MS);
  // Compiled and connected.
  await open(page, 1);
  const before = await open(page, Number(values.times));
  const seen = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await seen.goto(`${values.url}/${values.cluster}/agreement`);
  await seen.getByRole('table', { name: 'What each node says of each' }).waitFor();
  await node.pause();
  try {
    const unknown = seen.getByText(/unknown, no answer since \d\d:\d\d:\d\d UTC/).first();
    const noticedMs = timed(() => unknown.waitFor({ timeout: WAIT_MS }));
    const paused = await open(page, Number(values.times));
    console.table(
      Object.fromEntries(
        [...PAGES.map(([name]) => name), ...ANSWERS].map((name, at) => [
          name,
          { 'all up, ms': figures(before[at]), 'one paused, ms': figures(paused[at]) },
        ]),
      ),
    );
    console.log(`${address} is unknown on the open page after ${round((await noticedMs) / 1_000)} s`);
  } finally {
    await node.resume();
  }
} finally {
  await browser.close();
}

/**
 * Milliseconds from the address to the facts of each page, several times.
 * @param {Page} page
 * @param {number} times
 */
async function open(page, times) {
  /** @type {number[][]} */
  const all = [...PAGES, ...ANSWERS].map(() => []);
  for (let time = 0; time < times; time++) {
    for (const [at, [, path, facts]] of PAGES.entries()) {
      const tookMs = await timed(async () => {
        await page.goto(`${values.url}/${values.cluster}${path}`);
        await facts(page).waitFor();
      });
      all[at]?.push(tookMs);
    }
    for (const [at, name] of ANSWERS.entries()) {
      const path = `${values.url}/api/clusters/${values.cluster}/${name}`;
      all[PAGES.length + at]?.push(
        await timed(async () => (await fetch(path, { headers: { 'x-ringside': '1' } })).text()),
      );
    }
  }
  return all;
}

/** @param {readonly number[] | undefined} times */
function figures(times = []) {
  return `${Math.round(median(times))} (longest ${Math.round(Math.max(...times))})`;
}
