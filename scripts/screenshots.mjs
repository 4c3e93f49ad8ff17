/**
 * `node scripts/screenshots.mjs [URL]`: the README's pictures, taken from a running Ringside with the demo data
 * (a ring of three looks best: `npm start -- --nodes 3`). Look at them before committing. `--only NAME` takes one of them.
 * `node scripts/screenshots.mjs --states [URL]`: every state of the shared parts, light and dark, narrow and wide, from a
 * running `npm run dev` into `.ringside/states`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { ROOT, STATE_DIRECTORY } from './support/paths.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { states: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const url = positionals[0] ?? 'http://127.0.0.1:3000';
const executablePath = process.env.RINGSIDE_CHROMIUM;
const THEMES = /** @type {const} */ (['light', 'dark']);
/** The widths that the shell is made for: a drawer beside the page, and the tree. */
const WIDTHS = { narrow: 400, wide: 1440 };

/**
 * The query page with a statement, and values for its parameters.
 * @param {string} statement
 * @param {object} [values]
 */
function queryPath(statement, values) {
  const search = new URLSearchParams({
    statement,
    ...(values === undefined ? {} : { values: JSON.stringify(values) }),
  });
  return `/demo/query?${search}`;
}

/** @param {import('playwright').Page} page */
async function run(page) {
  await page.getByText('1 partition').waitFor();
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.getByRole('gridcell').first().waitFor();
}

/** A day of flights from one airport. */
const DAY = `/demo/keyspaces/flights/by_origin_day?filters=${encodeURIComponent(
  JSON.stringify([
    { column: 'origin', operator: '=', value: 'SEA' },
    { column: 'day', operator: '=', value: '2001-01-09' },
  ]),
)}`;

/**
 * Edits cells, deletes a row and adds one. Nothing of it is sent.
 * @param {import('playwright').Page} page
 */
async function changeRows(page) {
  await page.getByRole('button', { name: 'Add a row' }).waitFor();
  await editCell(page, { row: 0, column: 'delay', text: '12' });
  await editCell(page, { row: 2, column: 'delay', text: '-3' });
  await editCell(page, { row: 2, column: 'distance', text: '130' });
  await cellOf(page, 4, await columnIndex(page, 'delay')).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete this row' }).click();
  await page.getByRole('button', { name: 'Review' }).waitFor();
}

/** @param {import('playwright').Page} page @param {{ row: number, column: string, text: string }} edit */
async function editCell(page, { row, column, text }) {
  await cellOf(page, row, await columnIndex(page, column)).click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** @param {import('playwright').Page} page @param {number} row @param {string | null} column */
function cellOf(page, row, column) {
  return page.locator(`[data-row="${row}"] [role=gridcell][aria-colindex="${column}"]`);
}

/** @param {import('playwright').Page} page @param {string} name */
function columnIndex(page, name) {
  const header = page.getByRole('columnheader').filter({ has: page.getByText(name, { exact: true }) });
  return header.first().getAttribute('aria-colindex');
}

/** Airports as a spreadsheet of another country saves them, two of them with what is no value. */
const AIRPORTS = `IATA;Name;Latitude;Longitude
SEA;Seattle-Tacoma Intl;47,44898;-122,3093
PDX;Portland Intl;45,58872;-122,5975
BOI;Boise Air Terminal;43,56444;-116,2228
GEG;Spokane Intl;47,61986;unknown
;Walla Walla Regional;46,09456;-118,2881
PSC;Tri-Cities;46,26468;-119,119
SEA;Seattle-Tacoma Intl;47,44898;-122,3093
`;

/**
 * Chooses a file to load and says how its numbers are written.
 * @param {import('playwright').Page} page
 */
async function chooseFile(page) {
  await page
    .getByLabel('Choose a file, or drop it here')
    .setInputFiles({ name: 'airports.csv', mimeType: 'text/csv', buffer: Buffer.from(AIRPORTS, 'latin1') });
  const records = page.getByRole('table', { name: 'What the first records become' });
  await records.waitFor();
  for (const column of ['latitude', 'longitude']) {
    await page.getByRole('combobox', { name: `Add a step for ${column}` }).selectOption('number_format');
    await page.getByRole('combobox', { name: `How numbers are written for ${column}` }).selectOption('1234,5');
  }
  await page.getByText('5 of 7 records can be written').waitFor();
}

/**
 * @param {import('playwright').Page} page
 * @param {string} task
 * @returns the sheet over a table that copies or compares it
 */
async function openMove(page, task) {
  await page.getByRole('button', { name: 'Copy or compare…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Copy or compare' });
  await sheet.getByLabel('Task').selectOption(task);
  return sheet;
}

/** @param {import('playwright').Page} page @returns the sheet with the plan of a comparison */
async function openCompare(page) {
  await page.getByRole('gridcell').first().waitFor();
  const sheet = await openMove(page, 'compare');
  await sheet.getByLabel('Keyspace', { exact: true }).fill('archive');
  await sheet.getByLabel('Table', { exact: true }).fill('airports');
  await sheet.getByRole('button', { name: 'Show what is compared' }).click();
  return sheet;
}

/** @type {{ name: string, path: string, theme: 'light' | 'dark', ready: (page: import('playwright').Page) => Promise<unknown> }[]} */
const PICTURES = [
  {
    name: 'table-light',
    path: '/demo/keyspaces/flights/by_origin_day',
    theme: 'light',
    ready: (page) => page.getByRole('gridcell').first().waitFor(),
  },
  { name: 'edit-light', path: DAY, theme: 'light', ready: changeRows },
  {
    name: 'review-dark',
    path: DAY,
    theme: 'dark',
    ready: async (page) => {
      await changeRows(page);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('article', { name: /^Statement 1/ }).waitFor();
    },
  },
  {
    name: 'query-dark',
    path: queryPath(
      'SELECT origin, day, departs, destination, delay, tags\nFROM flights.by_origin_day\nWHERE origin = :origin AND day = :day;',
      {
        ':origin': { as: 'value', text: 'SEA' },
        ':day': { as: 'value', text: '2001-01-09' },
      },
    ),
    theme: 'dark',
    ready: async (page) => {
      await page.getByRole('region', { name: 'Parameters' }).getByRole('textbox').first().waitFor();
      await run(page);
    },
  },
  {
    name: 'chart-light',
    path: queryPath(
      "SELECT departs, destination, delay, distance\nFROM flights.by_origin_day\nWHERE origin = 'SEA' AND day = '2001-01-09';",
    ),
    theme: 'light',
    ready: async (page) => {
      await run(page);
      await page.getByRole('button', { name: 'Chart', exact: true }).click();
      await page.getByRole('slider', { name: /^Chart of / }).hover({ position: { x: 890, y: 200 } });
    },
  },
  {
    name: 'trace-dark',
    path: queryPath("SELECT * FROM flights.by_origin_day\nWHERE origin = 'SEA' AND day = '2001-01-09'\nLIMIT 50;"),
    theme: 'dark',
    ready: async (page) => {
      await page.getByRole('checkbox', { name: 'Trace' }).check();
      await page.getByRole('combobox', { name: 'Consistency level' }).selectOption('ALL');
      await run(page);
      await page
        .getByRole('button', { name: /^Traces?\b/ })
        .last()
        .click();
      await page.getByRole('region', { name: 'Waterfall' }).waitFor();
    },
  },
  {
    name: 'ring-light',
    path: '/demo/ring?keyspace=flights&table=by_origin_day&key=SEA&key=2001-01-09',
    theme: 'light',
    ready: (page) => page.getByRole('img').first().waitFor(),
  },
  {
    name: 'what-if-dark',
    path: '/demo/what-if?keyspace=flights&level=QUORUM',
    theme: 'dark',
    ready: async (page) => {
      const racks = page.getByRole('checkbox', { name: /, rack of / });
      await racks.nth(0).check();
      await racks.nth(1).check();
    },
  },
  {
    // With some traffic on the cluster, and the page open before for a few minutes.
    name: 'live-dark',
    path: '/demo/live',
    theme: 'dark',
    ready: async (page) => {
      const reads = page.getByRole('slider', { name: /^Reads coordinated/ });
      await reads.waitFor();
      await reads.focus();
    },
  },
  {
    name: 'tables-light',
    path: '/demo/tables?of=flights&table=by_origin_day',
    theme: 'light',
    ready: (page) => page.getByRole('heading', { name: 'flights.by_origin_day' }).waitFor(),
  },
  {
    name: 'browse-dark',
    path: '/demo/keyspaces/flights/by_origin_day',
    theme: 'dark',
    ready: async (page) => {
      await page.getByRole('gridcell').first().waitFor();
      const rail = page.getByRole('slider').first();
      await rail.focus();
      for (let step = 0; step < 6; step++) await page.keyboard.press('PageDown');
      await page.getByText('more rows above and below').waitFor();
      await page.getByRole('gridcell').first().click();
    },
  },
  {
    name: 'export-light',
    path: '/demo/exports?keyspace=flights&table=by_origin_day',
    theme: 'light',
    ready: async (page) => {
      await page.getByRole('button', { name: /^Download/ }).click();
      await page.getByText('Complete', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' });
      await page
        .getByRole('button', { name: /^Details of/, expanded: false })
        .first()
        .click();
      await page
        .getByText(/SHA-256/)
        .first()
        .waitFor();
      await page.mouse.move(500, 400);
      await page.mouse.wheel(0, -5_000);
    },
  },
  {
    name: 'load-light',
    path: '/demo/keyspaces/flights/airports/load',
    theme: 'light',
    ready: async (page) => {
      await chooseFile(page);
      await page.getByRole('region', { name: 'How it is read' }).scrollIntoViewIfNeeded();
    },
  },
  {
    // The rows are those that are there.
    name: 'load-failed-dark',
    path: '/demo/keyspaces/flights/airports/load',
    theme: 'dark',
    ready: async (page) => {
      await chooseFile(page);
      await page.getByRole('button', { name: 'Start the load' }).click();
      await page.getByRole('link', { name: 'failed.csv' }).waitFor();
      await page.getByRole('button', { name: /^Try the 2 failed records again/ }).click();
      await page.getByText('0 of 2 records can be written').waitFor();
      await page.getByRole('region', { name: 'The load that you started' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'copy-light',
    path: '/demo/keyspaces/flights/airports',
    theme: 'light',
    ready: async (page) => {
      await page.getByRole('gridcell').first().waitFor();
      const sheet = await openMove(page, 'copy');
      await sheet.getByLabel('Table', { exact: true }).fill('airports_masked');
      await sheet.getByLabel('What becomes of name').selectOption('constant');
      await sheet.getByRole('button', { name: 'Show the statements' }).click();
      await sheet.getByText('INSERT INTO flights.airports_masked').waitFor();
    },
  },
  {
    // With archive.airports, a copy of three columns in which some rows are missing, changed or new.
    name: 'compare-dark',
    path: '/demo/keyspaces/flights/airports',
    theme: 'dark',
    ready: async (page) => {
      const sheet = await openCompare(page);
      await sheet.getByText('Rows are matched by').waitFor();
    },
  },
  {
    // The same, compared.
    name: 'compared-light',
    path: '/demo/keyspaces/flights/airports',
    theme: 'light',
    ready: async (page) => {
      const sheet = await openCompare(page);
      await sheet.getByRole('button', { name: 'Start the job' }).click();
      await sheet.getByRole('link', { name: 'differences.ndjson' }).waitFor();
      await page.goto(`${url}/demo/exports`);
      await page
        .getByRole('button', { name: /^Details of flights.airports/, expanded: false })
        .first()
        .click();
      await page.getByText('1 part').click();
    },
  },
  {
    name: 'schedules-light',
    path: '/demo/exports?keyspace=flights&table=airports&format=parquet',
    theme: 'light',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Repeat…' }).click();
      const form = page.getByRole('dialog', { name: 'Repeat the export of flights.airports' });
      await form.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin');
      await form.getByRole('combobox', { name: 'Repeat' }).selectOption('every Monday at 02:30');
      await form.getByRole('list', { name: 'Next times' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'spark-dark',
    path: '/demo/exports?keyspace=flights&table=airports&format=parquet',
    theme: 'dark',
    ready: async (page) => {
      await page.getByRole('radio', { name: 'On Spark' }).check();
      const spark = page.getByRole('region', { name: 'On Spark' });
      await spark.getByRole('list', { name: 'Columns that Spark changes' }).waitFor();
      await spark.scrollIntoViewIfNeeded();
    },
  },
];

/** @param {import('playwright').Browser} browser */
async function takeReadme(browser) {
  const directory = join(ROOT, 'docs/images');
  mkdirSync(directory, { recursive: true });
  const wanted = PICTURES.filter(({ name }) => values.only === undefined || name === values.only);
  for (const { name, path, theme, ready } of wanted) {
    const page = await browser.newPage({ viewport: { width: WIDTHS.wide, height: 900 }, colorScheme: theme });
    await page.goto(url + path);
    await ready(page);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(directory, `${name}.png`) });
    await page.close();
  }
}

/** @param {import('playwright').Browser} browser */
async function takeStates(browser) {
  const directory = join(STATE_DIRECTORY, 'states');
  mkdirSync(directory, { recursive: true });
  for (const theme of THEMES) {
    for (const [width, widthPx] of Object.entries(WIDTHS)) {
      const page = await browser.newPage({ viewport: { width: widthPx, height: 900 }, colorScheme: theme });
      await takeStatesWith(page, (name) => join(directory, `${name}-${theme}-${width}.png`));
      await page.close();
    }
  }
}

/**
 * Each part in one picture; what covers the page in one of its own.
 * @param {import('playwright').Page} page
 * @param {(name: string) => string} pathOf
 */
async function takeStatesWith(page, pathOf) {
  await page.goto(`${url}/dev/states`);
  const parts = page.locator('[data-part]');
  await parts.first().waitFor();
  await page.waitForLoadState('networkidle');
  for (const part of await parts.all()) {
    await part.screenshot({ path: pathOf((await part.getAttribute('data-part')) ?? '') });
  }
  const links = await page
    .locator('[data-covers] figcaption a')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  for (const link of links) {
    await page.goto(url + link);
    await page.locator('[data-state]').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    const search = new URL(url + link).searchParams;
    const name = `${search.get('part')}-${search.get('state')}`.replaceAll(/[^a-z0-9]+/g, '-');
    await page.screenshot({ path: pathOf(name) });
  }
}

const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  ...(process.getuid?.() === 0 ? { args: ['--no-sandbox'] } : {}),
});
await (values.states ? takeStates(browser) : takeReadme(browser));
await browser.close();
