/**
 * `npm run bench:typing -- --url http://127.0.0.1:3000 --cluster demo [--keys 60] [--lines 5000]`
 *
 * What a key costs the query page, in Chromium against a running production server, with the cursor in the middle of a
 * script of 5,000 lines. Each key is followed by a pause, so that the line under the editor settles too. From a trace: the
 * processor time of the main thread's tasks, which other processes on the machine cannot lengthen. Prints a table, then the
 * same as JSON.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { eventsOf, KEY, startTrace, worksOfKeys } from './browser-trace.mjs';
import { median, round } from './support/measure.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    keys: { type: 'string', default: '60' },
    lines: { type: 'string', default: '5000' },
    chromium: { type: 'string', default: process.env.RINGSIDE_CHROMIUM ?? '' },
  },
});
const { url, cluster } = values;
const keys = Number(values.keys);
const lines = Number(values.lines);
const VIEW = { width: 1440, height: 900 };
const WAIT_MS = 120_000;
/** Longer than the line under the editor waits for the next key. */
const PAUSE_MS = 600;
/** The first keys run code that is not compiled yet. */
const WARM_UP = 10;
const BEGIN = 'UPDATE flights.by_origin_day SET delay = ';

const browser = await chromium.launch({
  ...(values.chromium === '' ? {} : { executablePath: values.chromium }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const result = await measure();
  console.table(result);
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
}

async function measure() {
  const page = await browser.newPage({ viewport: VIEW });
  const session = await page.context().newCDPSession(page);
  const line = (/** @type {number} */ at) =>
    `${BEGIN}${at} WHERE origin = 'SEA' AND day = '2001-01-09' AND seq = ${at}; -- row ${at}`;
  const text = Array.from({ length: lines }, (_, at) => line(at)).join('\n');
  const documents = { documents: [{ id: 'script', text, keyspace: null }], activeId: 'script' };
  await page.addInitScript(
    ([name = '', kept = '']) => localStorage.setItem(name, kept),
    [`ringside.query.documents.${cluster}`, JSON.stringify(documents)],
  );
  await page.goto(`${url}/${cluster}/query`);
  await page.getByRole('textbox', { name: 'CQL statement' }).click({ timeout: WAIT_MS });
  await goToMiddle(page);
  await page
    .getByRole('region', { name: 'Cost of the statement' })
    .getByText('Working out')
    .waitFor({ state: 'hidden' });
  await page.evaluate((mark) => {
    addEventListener('keydown', () => performance.mark(mark), { capture: true });
  }, KEY);
  const stop = await startTrace(session);
  for (let key = 0; key < keys + WARM_UP; key++) {
    await page.keyboard.press('1');
    await page.waitForTimeout(PAUSE_MS);
  }
  const works = worksOfKeys(eventsOf(await stop())).slice(WARM_UP);
  const sums = works.map(({ sumMs }) => sumMs).sort((a, b) => a - b);
  const longest = works.map(({ longestMs }) => longestMs);
  return {
    lines,
    characters: text.length,
    keys: works.length,
    workMsMedian: round(median(sums)),
    workMsP95: round(sums[Math.floor(sums.length * 0.95)] ?? Number.NaN),
    longestTaskMsMedian: round(median(longest)),
    longestTaskMs: round(Math.max(...longest)),
  };
}

/** @param {import('playwright').Page} page */
async function goToMiddle(page) {
  await page.keyboard.press('ControlOrMeta+Alt+g');
  await page.getByRole('textbox', { name: /go to line/i }).fill(String(Math.ceil(lines / 2)));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  for (const _ of BEGIN) await page.keyboard.press('ArrowRight');
}
