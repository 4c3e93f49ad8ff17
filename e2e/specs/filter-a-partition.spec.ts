import type { Client } from 'cassandra-driver';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { readAll, textOf } from '../support/plain-client';

const COLUMNS = ['origin', 'day', 'departs', 'destination', 'sequence', 'delay', 'distance', 'tags'];
const ORIGIN = 'ILE';
const DAY = '2001-01-02';

test.describe('Filtering a partition', () => {
  test('I choose the whole partition key and get the rows of that partition, and no others', async ({
    page,
    client,
  }) => {
    await page.goto('/demo/keyspaces/flights/by_origin_day');
    const main = page.getByRole('main');
    await expect(main.getByText('whole ring', { exact: true })).toBeVisible();

    await main.getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Add a filter' });
    await expect(form.getByRole('combobox', { name: 'Column' })).toHaveValue('origin');
    await form.getByRole('textbox', { name: 'Value' }).fill(ORIGIN);
    await expect(form.getByText('also needs day', { exact: true })).toBeVisible();
    await form.getByRole('button', { name: 'Add filter' }).click();

    // The form stays open for what is missing, and a filter that cannot be served is not read.
    await expect(main.getByText('Not read: also needs day')).toBeVisible();
    await expect(form.getByRole('combobox', { name: 'Column' })).toHaveValue('day');
    await form.getByRole('textbox', { name: 'Value' }).fill(DAY);
    await expect(form.getByText('1 partition', { exact: true })).toBeVisible();
    await form.getByRole('button', { name: 'Add filter' }).click();

    await expect(main.getByText('1 partition', { exact: true })).toBeVisible();
    await expectPartition(page, client);
  });

  test('the URL contains the filter: reloading it and sharing it give the same rows', async ({
    page,
    client,
    context,
  }) => {
    await page.goto('/demo/keyspaces/flights/by_origin_day');
    await addFilter(page, 'origin', ORIGIN);
    await fillFilter(page, DAY);
    await expectPartition(page, client);

    await page.reload();
    await expectPartition(page, client);

    const colleague = await context.newPage();
    await colleague.goto(page.url());
    await expectPartition(colleague, client);
    await expect(colleague.getByRole('button', { name: `day = ${DAY}`, exact: true })).toBeVisible();
    await colleague.close();

    await page.goBack();
    await expect(page.getByText('Not read: also needs day')).toBeVisible();
  });

  test('a clustering column narrows the partition, and its order can be reversed', async ({ page, client }) => {
    const rows = await partition(client);
    const [, second] = rows;
    const departs = second?.[2] ?? '';
    await page.goto('/demo/keyspaces/flights/by_origin_day');
    await addFilter(page, 'origin', ORIGIN);
    await fillFilter(page, DAY);
    await addFilter(page, 'departs', departs, '<=');
    const grid = new ResultGrid(page);
    const later = rows.filter((row) => (row[2] ?? '') <= departs);
    await expect(grid.lastWord('Complete')).toBeVisible();
    await expect(grid.root).toHaveAttribute('aria-rowcount', String(later.length + 1));
    await expect(grid.cells(1)).toHaveText(later[0] ?? []);

    await page.getByRole('button', { name: `Remove the filter departs <= ${departs}` }).click();
    await page.getByRole('button', { name: 'View', exact: true }).click();
    // Immediately, however long the router takes to follow the URL.
    const reversed = page.getByRole('checkbox', { name: 'Clustering order reversed' });
    expect(await reversed.evaluate(checkedByClick)).toBe(true);
    await page.keyboard.press('Escape');
    await expect(grid.cells(1)).toHaveText(rows.at(-1) ?? []);
    await expect(grid.cells(rows.length)).toHaveText(rows[0] ?? []);
  });

  test('a filter that Cassandra cannot serve says why, and nothing is read', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/rows')) asked.push(request.postData() ?? '');
    });
    await page.goto('/demo/keyspaces/flights/by_origin_day');
    await addFilter(page, 'distance', '100', '>');
    await expect(page.getByText('Not read: distance is not in the key and has no index')).toBeVisible();
    expect(asked).not.toEqual([]);
    expect(asked.filter((body) => body.includes('distance'))).toEqual([]);
  });
});

/** Adds a filter with the form, which may be open already. */
async function addFilter(page: Page, column: string, value: string, operator = '='): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Filter', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Add a filter' });
  await form.getByRole('combobox', { name: 'Column' }).selectOption(column);
  await form.getByRole('combobox', { name: 'Operator' }).selectOption(operator);
  await fillFilter(page, value);
}

async function fillFilter(page: Page, value: string): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Add a filter' });
  const field = form.getByRole('textbox', { name: 'Value' });
  await expect(field).toHaveValue('');
  await field.fill(value);
  await form.getByRole('button', { name: 'Add filter' }).click();
}

/** The partition's rows in Cassandra's order, as a plain client reads them. */
async function partition(client: Client): Promise<string[][]> {
  const rows = await readAll(
    client,
    `SELECT ${COLUMNS.join(', ')} FROM flights.by_origin_day WHERE origin = '${ORIGIN}' AND day = '${DAY}'`,
  );
  expect(rows.length).toBeGreaterThan(3);
  return rows.map((row) => COLUMNS.map((column) => textOf(row.get(column)) ?? 'null'));
}

async function expectPartition(page: Page, client: Client): Promise<void> {
  const rows = await partition(client);
  const grid = new ResultGrid(page);
  await expect(grid.lastWord('Complete')).toBeVisible();
  await expect(grid.root).toHaveAttribute('aria-rowcount', String(rows.length + 1));
  for (const [index, row] of rows.entries()) await expect(grid.cells(index + 1)).toHaveText(row);
}

/** Runs in the page. */
function checkedByClick(box: Element): boolean {
  if (!(box instanceof HTMLInputElement)) throw new Error('No checkbox.');
  box.click();
  return box.checked;
}
