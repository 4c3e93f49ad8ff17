import type { Client } from 'cassandra-driver';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { readAll, textOf } from '../support/plain-client';

const [ORIGIN, DAY] = ['SEA', '2001-01-09'];
const COLUMNS = ['origin', 'day', 'departs', 'destination', 'sequence', 'delay', 'distance', 'tags'];
const [DESTINATION, DELAY] = [3, 5];
const PARTITION = `/demo/keyspaces/flights/by_origin_day?${new URLSearchParams({
  filters: JSON.stringify([
    { column: 'origin', operator: '=', value: ORIGIN },
    { column: 'day', operator: '=', value: DAY },
  ]),
})}`;

test.describe('An analyst looks at one day of one airport', () => {
  test('finds the largest delays by sorting, and shares a link to them', async ({ page, client, context }) => {
    const wanted = await byDelay(client);
    const grid = new ResultGrid(page);
    await page.goto(PARTITION);
    await sortBy(page, 'delay', 'Sort descending');
    await expectSorted(page, wanted);
    await expect(grid.header('delay')).toHaveAttribute('aria-sort', 'descending');

    await page.reload();
    await expectSorted(page, wanted);
    const colleague = await context.newPage();
    await colleague.goto(page.url());
    await expectSorted(colleague, wanted);
    await colleague.close();

    const bar = arranged(page);
    await bar.getByRole('button', { name: 'Show the rows as they were read' }).click();
    await expect(bar).toHaveCount(0);
    await expect(page).not.toHaveURL(/sort=/);
    const [first] = await partition(client);
    await expect(grid.cells(1)).toHaveText(first ?? []);
    await page.goBack();
    await expectSorted(page, wanted);
  });

  test('sees the top destinations, and the flights to one of them by their delay', async ({ page, client }) => {
    const rows = await partition(client);
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row[DESTINATION] ?? '', (counts.get(row[DESTINATION] ?? '') ?? 0) + 1);
    const most = Math.max(...counts.values());
    const top = rows.map((row) => row[DESTINATION] ?? '').find((one) => counts.get(one) === most) ?? '';
    const grid = new ResultGrid(page);
    await page.goto(PARTITION);
    await sortBy(page, 'delay', 'Sort descending');
    await expect(arranged(page)).toContainText('complete');

    await sortBy(page, 'destination', 'Summary…');
    const summary = page.getByRole('dialog', { name: 'Summary of destination' });
    await expect(summary).toContainText(`All ${rows.length.toLocaleString('en-US')} rows of the result.`);
    await expect(summary.getByRole('definition').nth(1)).toHaveText(String(counts.size));
    await expect(summary.getByRole('row').nth(1)).toContainText(`${top}${most}`);
    await summary
      .getByRole('row')
      .nth(1)
      .getByRole('button', { name: `Show only rows with ${top}` })
      .click();

    const found = (await byDelay(client)).filter((row) => row[DESTINATION] === top);
    await expect(arranged(page)).toContainText(`${found.length} of ${rows.length} rows, complete`);
    await expect(arranged(page).getByRole('searchbox')).toHaveValue(`destination=${top}`);
    await expect(grid.cells(1)).toHaveText(found[0] ?? []);
    await expect(page).toHaveURL(/quick=destination/);
  });

  test('presses headers: once more turns the order, Shift adds a column, and the menu is a button of its own', async ({
    page,
    client,
  }) => {
    const count = (await partition(client)).length.toLocaleString('en-US');
    const grid = new ResultGrid(page);
    await page.goto(PARTITION);
    await expect(grid.row(1)).toBeVisible();
    const press = (column: string) => grid.header(column).getByRole('button').first();
    await press('delay').click();
    await expect(arranged(page)).toContainText(`Sorted here by delay: ${count} rows, complete.`);
    await expect(grid.header('delay')).toHaveAttribute('aria-sort', 'ascending');
    await press('delay').click();
    await expectSorted(page, await byDelay(client));
    await press('distance').click({ modifiers: ['Shift'] });
    await expect(arranged(page)).toContainText(`Sorted here by delay, descending, then distance: ${count} rows`);

    await grid.menuOf('destination').click();
    await expect(page.getByRole('menuitem', { name: 'Summary…' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(arranged(page)).toContainText('Sorted here by delay, descending, then distance');
    await press('destination').click();
    await expect(arranged(page)).toContainText(`Sorted here by destination: ${count} rows`);
  });

  test('sorts by keys: up from the first row are the headers', async ({ page, client }) => {
    const wanted = await byDelay(client);
    const grid = new ResultGrid(page);
    await page.goto(PARTITION);
    await grid.cell(1, DELAY + 1).click();
    await page.keyboard.press('ArrowUp');
    const active = () => grid.root.evaluate((root) => root.getAttribute('aria-activedescendant'));
    const headerId = await grid.header('delay').getAttribute('id');
    await expect.poll(active).toBe(headerId);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expectSorted(page, wanted);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+Enter');
    await expect(arranged(page)).toContainText('Sorted here by delay, descending, then distance');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Summary…' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menuitem')).toHaveCount(0);
  });

  test('refreshes while it is sorted: the order stays, over the rows of now', async ({ page, scratch }) => {
    await scratch.table('marks', 'k int, c int, v int, PRIMARY KEY (k, c)');
    const table = `${scratch.keyspace}.marks`;
    for (const c of [1, 2, 3]) await scratch.run(`INSERT INTO ${table} (k, c, v) VALUES (1, ${c}, ${c * 10})`);
    const grid = new ResultGrid(page);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/marks?${sortedPartition('v')}`);
    await expect(grid.cells(1)).toHaveText(['1', '3', '30']);
    await scratch.run(`INSERT INTO ${table} (k, c, v) VALUES (1, 1, 90)`);
    await page.getByRole('button', { name: /^Refresh/ }).click();
    await expect(grid.cells(1)).toHaveText(['1', '1', '90']);
    await expect(arranged(page)).toContainText('Sorted here by v, descending: 3 rows, complete.');
    await expect(page).toHaveURL(/sort=/);
  });

  test('stops while all rows are read for sorting, is shown what that means, and resumes', async ({
    page,
    scratch,
  }) => {
    await scratch.table('marks', 'k int, c int, v int, PRIMARY KEY (k, c)');
    const table = `${scratch.keyspace}.marks`;
    for (const c of [1, 2, 3, 4]) await scratch.run(`INSERT INTO ${table} (k, c, v) VALUES (1, ${c}, ${c * 10})`);
    const held: (() => void)[] = [];
    let asked = 0;
    await page.route('**/rows', async (route) => {
      asked += 1;
      // The first page comes; what follows waits until the person has stopped.
      if (asked === 2) await new Promise<void>((go) => held.push(go));
      await route.continue().catch(() => undefined);
    });
    const grid = new ResultGrid(page);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/marks?${sortedPartition('v')}&pageRows=2`);
    await expect(arranged(page)).toContainText('Reading all rows first: 2 rows so far…');
    await grid.bar.getByRole('button', { name: 'Stop' }).click();
    await expect(arranged(page)).toContainText(
      'Not sorted: you stopped reading after 2 rows. Resume to read the rest.',
    );
    for (const go of held) go();
    await grid.bar.getByRole('button', { name: 'Resume' }).click();
    await expect(arranged(page)).toContainText('Sorted here by v, descending: 4 rows, complete.');
    await expect(grid.cells(1)).toHaveText(['1', '4', '40']);
  });

  test('filters the rows as letters are typed', async ({ page, client }) => {
    const rows = await partition(client);
    const found = rows.filter((row) => row[DESTINATION] === 'SFO');
    await page.goto(PARTITION);
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await page.getByRole('button', { name: 'Filter these rows' }).click();
    const field = arranged(page).getByRole('searchbox', { name: 'Filter the rows here' });
    await expect(field).toBeFocused();
    await page.keyboard.type('destination:sfo');
    await page.keyboard.press('Enter');
    await expect(arranged(page)).toContainText(`Filtered here: ${found.length} of ${rows.length} rows, complete`);
    await expect(grid.cells(1)).toHaveText(found[0] ?? []);
    await page.keyboard.type(' nowhere');
    await expect(page.getByText('No matches')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(arranged(page)).toHaveCount(0);
    await expect(grid.root).toBeFocused();
  });
});

test('a table that is too large is not sorted, and says why', async ({ page }) => {
  const sort = JSON.stringify([['delay', 'desc']]);
  await page.goto(`/demo/keyspaces/flights/by_origin_day?${new URLSearchParams({ sort })}`);
  await expect(arranged(page)).toContainText('Not sorted: the result has about', { timeout: 60_000 });
  await expect(arranged(page)).toContainText('Filter by the partition key');
  const grid = new ResultGrid(page);
  await expect(grid.lastWord(/^Paused/)).toBeVisible();
});

test('a link that sorts by what is not there says so', async ({ page }) => {
  const sort = JSON.stringify([['gone', 'asc']]);
  await page.goto(`${PARTITION}&${new URLSearchParams({ sort })}`);
  await expect(arranged(page)).toContainText('Not sorted: this view has no column gone.');
});

/** The query string of partition 1, the greatest of a column first. */
function sortedPartition(column: string) {
  const filters = JSON.stringify([{ column: 'k', operator: '=', value: 1 }]);
  return new URLSearchParams({ filters, sort: JSON.stringify([[column, 'desc']]) });
}

function arranged(page: Page) {
  return page.getByRole('region', { name: 'Sorted and filtered here' });
}

/** Chooses from the menu of a column's header. */
async function sortBy(page: Page, column: string, item: string): Promise<void> {
  await new ResultGrid(page).menuOf(column).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function expectSorted(page: Page, wanted: readonly string[][]): Promise<void> {
  const count = wanted.length.toLocaleString('en-US');
  await expect(arranged(page)).toContainText(`Sorted here by delay, descending: ${count} rows, complete. Nulls last.`);
  const grid = new ResultGrid(page);
  for (const [index, row] of wanted.slice(0, 10).entries()) await expect(grid.cells(index + 1)).toHaveText(row);
}

/** The partition's rows as a plain client reads them. */
async function partition(client: Client): Promise<string[][]> {
  const statement = `SELECT ${COLUMNS.join(', ')} FROM flights.by_origin_day WHERE origin = '${ORIGIN}' AND day = '${DAY}'`;
  const rows = await readAll(client, statement);
  expect(rows.length).toBeGreaterThan(20);
  return rows.map((row) => COLUMNS.map((column) => textOf(row.get(column)) ?? 'null'));
}

/** The largest delay first, rows without one last. */
async function byDelay(client: Client): Promise<string[][]> {
  const rank = (row: readonly string[]) => (row[DELAY] === 'null' ? Number.NEGATIVE_INFINITY : Number(row[DELAY]));
  return (await partition(client)).toSorted((a, b) => Math.sign(rank(b) - rank(a)) || 0);
}
