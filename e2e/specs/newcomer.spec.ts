import type { Client } from 'cassandra-driver';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { goByPalette } from '../support/keyboard';
import { readAll, textOf } from '../support/plain-client';

const TABLE = '/demo/keyspaces/flights/by_origin_day';
const DAY = '2001-01-09';
const WHERE = `origin = 'SEA' AND day = '${DAY}'`;

const keyForm = (page: Page) => page.getByRole('form', { name: 'Open a partition' });
const addressOf = (search: Record<string, string>) => `${TABLE}?${new URLSearchParams(search)}`;

test.describe('A developer new to Cassandra', () => {
  // Placeholders shimmer and panels slide for those who have set nothing.
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('finds a table by its name and opens one partition, in few steps', async ({ page, client }) => {
    await page.goto('/demo');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type('by_origin');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${TABLE}$`));
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();

    await keyForm(page).getByRole('textbox', { name: 'origin text' }).fill('SEA');
    await page.keyboard.press('Tab');
    await page.keyboard.type(DAY);
    await page.keyboard.press('Enter');
    await expectPartition(page, client);

    await page.reload();
    await expectPartition(page, client);
    await expect(keyForm(page).getByRole('textbox', { name: 'day date' })).toHaveValue(DAY);
    await keyForm(page).getByRole('button', { name: 'All rows' }).click();
    await expect(grid.lastWord('Paused: more rows below')).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`${TABLE}$`));
  });

  test('goes from a row to its partition', async ({ page }) => {
    await page.goto(TABLE);
    const grid = new ResultGrid(page);
    await grid.cell(3, 1).click();
    const [origin = '', day = ''] = await grid.cells(3).allTextContents();
    await expect(keyForm(page).getByRole('textbox', { name: 'origin text' })).toHaveValue(origin);
    await expect(keyForm(page).getByRole('textbox', { name: 'day date' })).toHaveValue(day);
    await keyForm(page).getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page.getByRole('button', { name: `origin = ${origin}`, exact: true })).toBeVisible();
    await expect(grid.lastWord('Complete')).toBeVisible();
    await expect(grid.cells(1).first()).toHaveText(origin);
  });

  test('learns what a partition key is where it is asked for, once', async ({ page }) => {
    await page.goto(TABLE);
    const tip = page.getByRole('note').filter({ hasText: 'partition key (origin and day)' });
    await expect(tip).toBeVisible();
    await tip.getByRole('button', { name: 'Dismiss this tip' }).click();
    await expect(tip).toHaveCount(0);
    await page.reload();
    await expect(new ResultGrid(page).row(1)).toBeVisible();
    await expect(keyForm(page).getByRole('textbox', { name: 'origin text' })).toBeVisible();
    await expect(tip).toHaveCount(0);
  });

  test('understands why a filter on the delay is expensive, and reads one partition instead', async ({
    page,
    client,
  }) => {
    await page.goto(TABLE);
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Add a filter' });
    await form.getByRole('combobox', { name: 'Column' }).selectOption('delay');
    await form.getByRole('combobox', { name: 'Operator' }).selectOption('>');
    await form.getByRole('textbox', { name: 'Value' }).fill('60');
    await expect(form.getByText('delay is not in the key and has no index', { exact: true })).toBeVisible();
    await form.getByRole('button', { name: 'Add filter' }).click();
    await page.keyboard.press('Escape');
    await expect(main.getByText('Not read: delay is not in the key and has no index')).toBeVisible();
    await expect(main.getByText('With ALLOW FILTERING, Cassandra reads rows only to drop')).toBeVisible();
    await expect(main.getByText('Cassandra has to look through the whole table').first()).toBeVisible();

    await keyForm(page).getByRole('textbox', { name: 'origin text' }).fill('SEA');
    await keyForm(page).getByRole('textbox', { name: 'day date' }).fill(`'${DAY}'`);
    await expect(keyForm(page).getByRole('status')).toHaveText(`day: leave out the quotes: ${DAY}`);
    await keyForm(page).getByRole('textbox', { name: 'day date' }).fill(DAY);
    await page.keyboard.press('Enter');
    await expectPartition(page, client);
  });

  test('opens a broken link, reads nothing by it, and recovers', async ({ page, client }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/rows')) asked.push(request.postData() ?? '');
    });
    await page.goto(addressOf({ filters: 'bad', pageRows: '0' }));
    const main = page.getByRole('main');
    await expect(main.getByText('Not read: the address of this view is damaged')).toBeVisible();
    await expect(main.getByRole('listitem').filter({ hasText: 'filters: not valid JSON' })).toContainText('bad');
    await expect(main.getByRole('listitem').filter({ hasText: 'pageRows: expected a whole number' })).toBeVisible();
    await expect(main.getByRole('link', { name: 'Export', exact: true })).toHaveCount(0);
    expect(asked).toEqual([]);
    await main.getByRole('button', { name: 'Show the whole table' }).click();
    await expect(new ResultGrid(page).row(1)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`${TABLE}$`));

    const read = asked.length;
    const filters = [
      { column: 'origin', operator: '=', value: 'SEA' },
      { column: 'day', operator: '=', value: DAY },
      { column: 'delay', operator: 'above', value: 60 },
    ];
    await page.goto(addressOf({ filters: JSON.stringify(filters) }));
    await expect(main.getByText(`What can be read: origin = SEA; day = ${DAY}.`)).toBeVisible();
    expect(asked.slice(read)).toEqual([]);
    await main.getByRole('button', { name: 'Show what can be read' }).click();
    await expectPartition(page, client);
  });

  test('sees what a table is from its head, on each of its pages', async ({ page }) => {
    for (const view of ['', '/schema', '/stats']) {
      await page.goto(`${TABLE}${view}`);
      for (const fact of ['no TTL', 'SizeTiered'])
        await expect(page.getByText(fact, { exact: true }).first()).toBeVisible();
      await page.getByRole('button', { name: 'About this table' }).click();
      const about = page.getByRole('dialog', { name: 'About this table' });
      const kept = about.getByRole('definition').filter({ hasText: 'Rows stay until they are deleted.' });
      await expect(kept).toBeVisible();
      await expect(about).toContainText('SizeTieredCompactionStrategy');
      await expect(about.getByText(/^≤ [\d.]+ (KiB|MiB) all replicas together$/)).toBeVisible();
      await expect(about).toContainText('Cassandra does not record it for a table.');
    }
  });

  test('starts an empty table with an INSERT, which a link alone does not run', async ({ page, scratch, client }) => {
    await scratch.table('things', 'id int PRIMARY KEY, name text');
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things`);
    await expect(page.getByText('This table is empty')).toBeVisible();
    await page.getByRole('link', { name: 'Write an INSERT' }).click();
    await expect(page).toHaveURL(/\/query/);
    await expect(page.getByRole('textbox', { name: 'CQL statement' })).toContainText(
      `INSERT INTO ${scratch.keyspace}.things (id, name) VALUES (42, 'text');`,
    );
    expect(await readAll(client, `SELECT id FROM ${scratch.keyspace}.things`)).toEqual([]);
  });

  test('always finds the open table in the tree', async ({ page }) => {
    await page.goto('/demo');
    const filter = page.getByRole('searchbox', { name: 'Filter keyspaces and tables' });
    const line = (name: string) => page.getByRole('tree').getByRole('treeitem', { name, exact: true });
    await filter.fill('flights');
    await line('by_route').click();
    await expect(line('by_route')).toHaveAttribute('aria-current', 'page');
    await expect(filter).toHaveValue('flights');

    await goByPalette(page, 'nature.birdstrikes');
    await expect(line('birdstrikes')).toHaveAttribute('aria-current', 'page');
    await expect(line('birdstrikes')).toBeInViewport();
    await expect(filter).toHaveValue('');

    await goByPalette(page, 'system_schema.tables');
    await expect(line('tables')).toHaveAttribute('aria-current', 'page');
    await expect(line('tables')).toBeInViewport();
  });

  test('opens a partition on a screen of 390 pixels', async ({ page, client }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(TABLE);
    await keyForm(page).getByRole('button', { name: 'Open a partition' }).click();
    await expect(keyForm(page).getByRole('textbox', { name: 'origin text' })).toBeFocused();
    await page.keyboard.type('SEA');
    await page.keyboard.press('Tab');
    await page.keyboard.type(DAY);
    await page.keyboard.press('Enter');
    await expectPartition(page, client);
    await expect(keyForm(page).getByRole('button', { name: `SEA · ${DAY}` })).toBeInViewport({ ratio: 1 });
    await expect(keyForm(page).getByRole('button', { name: 'All rows' })).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

/** The rows in view are those of the partition, as a plain client reads them, and all of them. */
async function expectPartition(page: Page, client: Client): Promise<void> {
  const rows = await readAll(client, `SELECT departs FROM flights.by_origin_day WHERE ${WHERE}`);
  expect(rows.length).toBeGreaterThan(3);
  const grid = new ResultGrid(page);
  await expect(page.getByRole('button', { name: 'origin = SEA', exact: true })).toBeVisible();
  await expect(grid.cells(1).first()).toHaveText('SEA');
  await grid.readOn();
  await expect(grid.root).toHaveAttribute('aria-rowcount', String(rows.length + 1));
  await expect(grid.cells(1).nth(2)).toHaveText(textOf(rows[0]?.get('departs')) ?? '');
  await expect(page.getByRole('main').getByText('1 partition', { exact: true })).toBeVisible();
}
