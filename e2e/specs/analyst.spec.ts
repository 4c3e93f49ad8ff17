import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { parseCsv } from '../support/csv';
import { ResultGrid } from '../support/grid';
import { goByPalette } from '../support/keyboard';
import { readAll, textOf } from '../support/plain-client';

const [ORIGIN, DAY] = ['SEA', '2001-01-09'];
const COLUMNS = ['origin', 'day', 'departs', 'destination', 'sequence', 'delay', 'distance', 'tags'] as const;
const [DESTINATION, DELAY] = [COLUMNS.indexOf('destination'), COLUMNS.indexOf('delay')];

test('the largest delays at one airport on one day: I find them, narrow them, sum them up, draw them and take them along', async ({
  page,
  client,
}) => {
  const statement = `SELECT ${COLUMNS.join(', ')} FROM flights.by_origin_day WHERE origin = '${ORIGIN}' AND day = '${DAY}'`;
  const rows = (await readAll(client, statement)).map((row) => COLUMNS.map((name) => textOf(row.get(name)) ?? 'null'));
  const delayOf = (row: readonly string[]) => (row[DELAY] === 'null' ? Number.NEGATIVE_INFINITY : Number(row[DELAY]));
  const byDelay = rows.toSorted((a, b) => Math.sign(delayOf(b) - delayOf(a)) || 0);
  const steps = new Steps();
  const grid = new ResultGrid(page);
  const main = page.getByRole('main');
  const arranged = page.getByRole('region', { name: 'Sorted and filtered here' });
  await page.goto('/demo');

  await test.step('the day, by its key', async () => {
    await steps.take(() => goByPalette(page, 'flights.by_origin_day'));
    await steps.take(() => main.getByRole('textbox', { name: 'origin text' }).fill(ORIGIN));
    await steps.take(() => main.getByRole('textbox', { name: 'day date' }).fill(DAY));
    await steps.take(() => page.keyboard.press('Enter'));
    await expect(grid.row(1)).toBeVisible();
    await expect(main.getByText('1 partition', { exact: true })).toBeVisible();
    steps.expectAtMost(4);
  });

  await test.step('the largest delays, by two presses', async () => {
    await steps.take(() => press(page, 'delay'));
    await steps.take(() => press(page, 'delay'));
    await expect(arranged).toContainText(
      `Sorted here by delay, descending: ${rows.length.toLocaleString('en-US')} rows, complete.`,
    );
    for (const [index, row] of byDelay.slice(0, 5).entries()) await expect(grid.cells(index + 1)).toHaveText(row);
    steps.expectAtMost(2);
  });

  await test.step('where they go: the summary of a column, and the rows of one value', async () => {
    await steps.take(() => grid.menuOf('destination').click());
    await steps.take(() => page.getByRole('menuitem', { name: 'Summary…' }).click());
    const summary = page.getByRole('dialog', { name: 'Summary of destination' });
    await expect(summary).toContainText(`All ${rows.length.toLocaleString('en-US')} rows of the result.`);
    const top = (await summary.getByRole('row').nth(1).getByRole('cell').first().textContent()) ?? '';
    await steps.take(() => summary.getByRole('button', { name: `Show only rows with ${top}` }).click());
    const found = byDelay.filter((row) => row[DESTINATION] === top);
    await expect(arranged).toContainText(`${found.length} of ${rows.length} rows, complete`);
    await expect(grid.cells(1)).toHaveText(found[0] ?? []);
    steps.expectAtMost(3);
  });

  await test.step('a file of the day, by the link beside the rows', async () => {
    await steps.take(() => main.getByRole('link', { name: 'Export', exact: true }).click());
    await expect(page.getByText('1 partition', { exact: true })).toBeVisible();
    await expect(page.getByRole('note').filter({ hasText: 'in Cassandra’s order' })).toBeVisible();
    const download = page.waitForEvent('download');
    await steps.take(() => page.getByRole('button', { name: 'Download', exact: true }).click());
    const [header, ...lines] = parseCsv(await readFile(await (await download).path(), 'utf8'));
    expect(header).toEqual([...COLUMNS]);
    expect(lines.map((line) => line[DELAY] ?? '').toSorted()).toEqual(
      rows.map((row) => (row[DELAY] === 'null' ? '' : row[DELAY])).toSorted(),
    );
    steps.expectAtMost(2);
  });

  await test.step('a chart, by the statement of the rows', async () => {
    await page.goBack();
    await expect(grid.row(1)).toBeVisible();
    await steps.take(() => page.getByRole('button', { name: 'CQL', exact: true }).click());
    await steps.take(() => page.getByRole('link', { name: 'Open in Query' }).click());
    await expect(page.getByRole('textbox', { name: 'CQL statement' })).toContainText('by_origin_day');
    await steps.take(() => page.getByRole('button', { name: /^Run/ }).click());
    await expect(grid.lastWord('Complete')).toBeVisible();
    await steps.take(() => page.getByRole('button', { name: 'Chart', exact: true }).click());
    const chart = page.getByRole('region', { name: 'Chart', exact: true });
    await steps.take(async () => {
      await chart.getByRole('combobox', { name: 'Along x' }).selectOption('departs');
    });
    await expect(chart.getByRole('slider', { name: /by departs$/ })).toBeVisible();
    await expect(chart).toContainText(`All ${rows.length} rows of the result.`);
    steps.expectAtMost(5);
  });
});

/** Presses a column's header. */
async function press(page: Page, column: string): Promise<void> {
  await new ResultGrid(page).header(column).getByRole('button').first().click();
}

/** What a person does, counted: a part of the job that takes more is not good enough. */
class Steps {
  #taken = 0;

  async take(act: () => Promise<void>): Promise<void> {
    this.#taken += 1;
    await act();
  }

  /** Since the last part of the job. */
  expectAtMost(most: number): void {
    expect(this.#taken, 'steps of this part').toBeLessThanOrEqual(most);
    this.#taken = 0;
  }
}
