/**
 * `npm run bench:waiting -- --url http://127.0.0.1:3000 --cluster demo [--changes 500] [--seconds 10]`
 *
 * What changes that wait cost the rows: frames and main-thread tasks, from a trace, while flinging up and down through rows
 * in memory, in Chromium against a running production server with the demo data and writes. By turns without changes and
 * with as many rows changed as asked for, pasted into one column. Nothing is sent. Prints a table, then the same as JSON.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { fling, GRID } from './fling.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    keyspace: { type: 'string', default: 'flights' },
    table: { type: 'string', default: 'by_origin_day' },
    column: { type: 'string', default: 'delay' },
    changes: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    chromium: { type: 'string', default: process.env.RINGSIDE_CHROMIUM ?? '' },
  },
});
const { url, cluster, keyspace, table, column } = values;
const changes = Number(values.changes);
const durationMs = Number(values.seconds) * 1_000;
const WAIT_MS = 120_000;
const ROW_PX = 28;
/** Down through all that is changed, and back. */
const distancePx = (/** @type {number} */ count) => (count % 2 === 1 ? -1 : 1) * changes * ROW_PX;

const browser = await chromium.launch({
  ...(values.chromium === '' ? {} : { executablePath: values.chromium }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const rounds = [];
  for (let round = 1; round <= Number(values.rounds); round++) rounds.push(...(await measure(round)));
  console.table(rounds);
  console.log(JSON.stringify(rounds));
} finally {
  await browser.close();
}

/** @param {number} round */
async function measure(round) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const session = await context.newCDPSession(page);
  await page.goto(`${url}/${cluster}/keyspaces/${keyspace}/${table}`);
  await page.getByRole('button', { name: 'Add a row' }).waitFor();
  await readRows(page);
  const none = await fling(page, session, { durationMs, distancePx });
  await change(page);
  const waiting = await fling(page, session, { durationMs, distancePx });
  await context.close();
  return [
    { round, changes: 0, ...facts(none) },
    { round, changes, ...facts(waiting) },
  ];
}

/** @param {Awaited<ReturnType<typeof fling>>} found */
function facts({ frames, frameMsP50, frameMsP99, longestTaskWorkMs, tasksOver16MsOfWork }) {
  return { frames, frameMsP50, frameMsP99, longestTaskWorkMs, tasksOver16MsOfWork };
}

/** Brings the rows that are changed into memory. @param {import('playwright').Page} page */
async function readRows(page) {
  await page.waitForFunction(
    ([grid = '', px = 0]) => {
      const found = document.querySelector(String(grid));
      found?.scrollTo({ top: Number(px) });
      return (found?.scrollTop ?? 0) >= Number(px);
    },
    [GRID, changes * ROW_PX],
    { polling: 200 },
  );
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[role=gridcell]')].every(({ textContent }) => textContent !== ''),
  );
  await page.locator(GRID).evaluate((grid) => grid.scrollTo({ top: 0 }));
}

/** Pastes as many values as rows are to change. @param {import('playwright').Page} page */
async function change(page) {
  const text = Array.from({ length: changes }, (_, at) => String(1_000 + at)).join('\n');
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  const header = page.getByRole('columnheader').filter({ has: page.getByText(column, { exact: true }) });
  const at = await header.first().getAttribute('aria-colindex');
  // The fling may have ended at the other end.
  await page.locator(GRID).evaluate((grid) => grid.scrollTo({ top: 0 }));
  await page.locator(`${GRID} [data-row="0"] [role=gridcell][aria-colindex="${at}"]`).click();
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByText(`${changes} changes in ${changes} rows`).waitFor();
}
