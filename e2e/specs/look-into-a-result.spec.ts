import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { readAll, textOf } from '../support/plain-client';
import { QueryPage, runsStatement } from '../support/query-page';

const WHERE = "origin = 'SEA' AND day = '2001-01-09'";
const FLIGHTS = `SELECT origin, day, departs, destination, delay, distance FROM flights.by_origin_day WHERE ${WHERE}`;

test.describe('An analyst looks into the result of a query', () => {
  test('sees it as a chart, reads exact values by keys, and keeps its values', async ({ page, client }) => {
    const rows = await readAll(client, `SELECT departs, delay FROM flights.by_origin_day WHERE ${WHERE}`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(FLIGHTS);
    await query.runAtCursor();
    await expect(query.result.lastWord('Complete')).toBeVisible();
    await page.getByRole('button', { name: 'Chart', exact: true }).click();
    const chart = page.getByRole('region', { name: 'Chart', exact: true });
    await chart.getByRole('combobox', { name: 'Along x' }).selectOption('departs');
    const plot = chart.getByRole('slider', { name: /by departs$/ });
    await expect(plot).toBeVisible();
    await expect(chart).toContainText(`All ${rows.length} rows of the result.`);
    await plot.focus();
    await page.keyboard.press('Home');
    await expect(chart.getByRole('status', { name: 'Values' })).toContainText(/^2001-01-09T[\d:.]+Z · delay /);
    await expect(plot).toHaveAttribute('aria-valuetext', `1 of ${rows.length}`);

    await chart.getByRole('combobox', { name: 'Along x' }).selectOption('destination');
    await expect(chart.getByRole('combobox', { name: 'Drawn as' })).toHaveValue('bars');
    await chart.getByRole('combobox', { name: 'Along x' }).selectOption('departs');
    const download = page.waitForEvent('download');
    await chart.getByRole('button', { name: 'CSV' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n');
    const delays = rows.map((row) => textOf(row.get('delay')) ?? '').toSorted();
    expect(
      lines
        .slice(1)
        .map((line) => line.split(',')[1])
        .toSorted(),
    ).toEqual(delays);
  });

  test('sums up all columns beside the rows, and one of them in full', async ({ page, client }) => {
    const rows = await readAll(client, `SELECT destination FROM flights.by_origin_day WHERE ${WHERE}`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(FLIGHTS);
    await query.runAtCursor();
    await expect(query.result.row(1)).toBeVisible();
    await page.getByRole('button', { name: 'Summary of all columns' }).click();
    const panel = page.getByRole('complementary', { name: 'Summary' });
    await expect(panel).toContainText(`All ${rows.length} rows of the result.`);
    const distinct = new Set(rows.map((row) => textOf(row.get('destination')))).size;
    await expect(panel.getByRole('listitem').filter({ hasText: 'destination' }).first()).toContainText(
      `${distinct} distinct`,
    );
    await panel.getByRole('button', { name: 'Summary of delay' }).click();
    const summary = page.getByRole('dialog', { name: 'Summary of delay' });
    await expect(summary.getByRole('img', { name: /^Histogram from/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Close the summary' }).click();
    await expect(panel).toHaveCount(0);
  });

  test('pins it, changes a row, and sees what has changed since; the runs are drawn', async ({ page, scratch }) => {
    await scratch.table('marks', 'k int, c int, v bigint, PRIMARY KEY (k, c)');
    const table = `${scratch.keyspace}.marks`;
    for (const c of [1, 2, 3]) await scratch.run(`INSERT INTO ${table} (k, c, v) VALUES (1, ${c}, 9007199254740993)`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(`SELECT k, c, v FROM ${table} WHERE k = 1`);
    await query.runAtCursor();
    await expect(query.result.row(3)).toBeVisible();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await scratch.run(`UPDATE ${table} SET v = 9007199254740992 WHERE k = 1 AND c = 2`);
    await scratch.run(`DELETE FROM ${table} WHERE k = 1 AND c = 3`);
    await scratch.run(`INSERT INTO ${table} (k, c, v) VALUES (1, 4, 1)`);
    await query.editor.click();
    await query.runAtCursor();
    await page.getByRole('button', { name: 'Compare' }).click();
    const comparison = page.getByRole('region', { name: 'Comparison' });
    await expect(comparison).toContainText('1 added · 1 gone · 1 changed · 1 the same');
    await expect(comparison).toContainText('Rows are matched by primary key: k, c.');
    const grid = comparison.getByRole('grid', { name: 'Differences' });
    await expect(grid.getByRole('gridcell', { name: '9007199254740993 → 9007199254740992' })).toBeVisible();
    await expect(grid.getByRole('gridcell', { name: '− gone' })).toBeVisible();
    await page.getByRole('button', { name: /^2 runs: / }).click();
    await expect(page.getByRole('table', { name: 'Last runs of this statement' }).getByRole('row')).toHaveCount(3);
  });

  test('opens its rows in their table, with the same filters', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write(FLIGHTS);
    await query.runAtCursor();
    await expect(query.result.row(1)).toBeVisible();
    const first = await query.result.cell(1, 3).textContent();
    await page.getByRole('link', { name: 'Open in table' }).click();
    await expect(page).toHaveURL(/\/keyspaces\/flights\/by_origin_day\?filters=/);
    await expect(query.result.cell(1, 3)).toHaveText(first ?? '');
    await expect(query.result.lastWord(/Complete|Paused/)).toBeVisible();
    // What filters cannot say has no such link.
    await query.open();
    await query.write('SELECT count(*) FROM flights.airports');
    await query.runAtCursor();
    await expect(query.result.row(1)).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open in table' })).toHaveCount(0);
  });
});

test('What a request is sent with is chosen and shown, and its time stands in the bar', async ({ page, scratch }) => {
  await scratch.table('once', 'k int PRIMARY KEY, v int');
  const query = new QueryPage(page);
  await query.open();
  await query.write(`INSERT INTO ${scratch.keyspace}.once (k, v) VALUES (1, 1) IF NOT EXISTS`);
  await page.getByRole('button', { name: 'IF at SERIAL' }).click();
  const options = page.getByRole('dialog', { name: 'Serial consistency and timeout' });
  await options.getByRole('combobox', { name: 'Serial consistency' }).selectOption('LOCAL_SERIAL');
  await options.getByRole('combobox', { name: 'Timeout' }).selectOption('30 s');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'IF at LOCAL_SERIAL · 30 s' })).toBeVisible();
  await query.run.click();
  const sent = page.waitForRequest(runsStatement);
  await page.getByRole('dialog').getByRole('button', { name: /^Run/ }).click();
  expect((await sent).postDataJSON()).toMatchObject({ serialConsistency: 'LOCAL_SERIAL', timeoutMs: 30_000 });
  await expect(page.getByRole('timer', { name: 'Duration' })).toHaveText(/^\d/);
  await page.reload();
  await expect(page.getByRole('button', { name: /30 s$/ })).toBeVisible();
});

test('A long read of a query goes on without its page, is stopped from the tray, and says what stopping left', async ({
  page,
}) => {
  const query = new QueryPage(page);
  await query.open();
  await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('100');
  await query.write('SELECT * FROM flights.by_origin_day');
  await query.runAtCursor();
  await expect(query.result.lastWord('Paused: more rows below')).toBeVisible();
  await query.result.bar.getByRole('button', { name: 'Read on' }).click();
  await expect(query.result.lastWord('Reading…')).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Ring' }).click();
  await expect(page).toHaveURL(/\/ring/);
  await page.getByRole('button', { name: /^\d+ operations? running$/ }).click();
  const tray = page.getByRole('dialog', { name: 'Running operations' });
  const read = tray.getByRole('listitem', { name: 'Read of SELECT * FROM flights.by_origin_day' });
  await read.getByRole('button', { name: 'Stop' }).click();
  await expect(read).toContainText('stopped after');
  await read.getByRole('link').click();
  await expect(query.result.row(1)).toBeVisible();
  await expect(page.getByText(/^Stopped: no more pages are requested\./)).toBeVisible();
});

for (const [theme, width] of [
  ['light', 1024],
  ['dark', 1024],
  ['dark', 390],
] as const) {
  test(`A chart and the bar fit a page of ${width} pixels in ${theme}, for everybody`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 844 });
    const query = new QueryPage(page);
    await query.open();
    await query.write(FLIGHTS);
    await expect(query.run).toBeInViewport({ ratio: 1 });
    await query.runAtCursor();
    await expect(query.result.row(1)).toBeVisible();
    await page.getByRole('button', { name: 'Chart', exact: true }).click();
    await expect(page.getByRole('slider', { name: /^Chart of / })).toBeVisible();
    await expect(query.run).toBeInViewport({ ratio: 1 });
    expect(await overflowPx(page)).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
}

/** How much wider the page is than its window. */
function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
