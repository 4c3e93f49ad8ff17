import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';

test.describe('Places that are not there', () => {
  test('an address names what is missing, the keyspace or the table, and leads on', async ({ page }) => {
    for (const view of ['', '/schema']) {
      await page.goto(`/demo/keyspaces/nowhere/things${view}`);
      await expect(page.getByText('There is no keyspace nowhere')).toBeVisible();
      await page.goto(`/demo/keyspaces/flights/nothing${view}`);
      await expect(page.getByText('There is no table nothing in flights')).toBeVisible();
    }
    await page.goto('/demo/keyspaces/flights/nothing');
    await expect(page.getByText('There is no table nothing in flights')).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: 'Filter', exact: true })).toHaveCount(0);
    await page.getByRole('link', { name: 'See everything in flights' }).click();
    await expect(page.getByRole('main').getByRole('link', { name: 'airports' })).toBeVisible();
  });

  test('a table that is dropped while I look at it keeps its rows until I read again', async ({ page, scratch }) => {
    await scratch.table('things', 'id int PRIMARY KEY, v text');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, v) VALUES (1, 'one')`);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things`);
    const grid = new ResultGrid(page);
    await expect(grid.cells(1)).toHaveText(['1', 'one']);
    await scratch.run(`DROP TABLE ${scratch.keyspace}.things`);
    await expect(grid.cells(1)).toHaveText(['1', 'one']);
    await page.getByRole('button', { name: /^Refresh/ }).click();
    await expect(page.getByText(`There is no table things in ${scratch.keyspace}`)).toBeVisible();
  });

  test('a view that names a column which is gone says so, and the others are read', async ({ page, scratch }) => {
    await scratch.table('things', 'id int PRIMARY KEY, v text, w text');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, v, w) VALUES (1, 'one', 'uno')`);
    const columns = (names: readonly string[]) => encodeURIComponent(JSON.stringify(names));
    const address = `/demo/keyspaces/${scratch.keyspace}/things`;
    const grid = new ResultGrid(page);
    await page.goto(`${address}?columns=${columns(['v', 'lost'])}`);
    await expect(page.getByText('Not read: there is no column lost')).toBeVisible();
    await page.getByRole('button', { name: 'Read the others' }).click();
    await expect(grid.cells(1)).toHaveText(['one']);

    await page.goto(`${address}?columns=${columns(['lost'])}`);
    await page.getByRole('button', { name: 'Read all columns' }).click();
    await expect(grid.cells(1)).toHaveText(['1', 'one', 'uno']);
  });
});
