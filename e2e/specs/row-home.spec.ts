import { types } from 'cassandra-driver';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { goByPalette, pressOn, tabTo } from '../support/keyboard';

test.describe('Where a row lives', () => {
  test('from the selected row to its token, its replicas and their copies', async ({ page, client, scratch }) => {
    await scratch.table('things', 'id text PRIMARY KEY, n int');
    const at = 1_700_000_000_123_456n;
    await client.execute(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES ('a', 7) USING TIMESTAMP ${at}`, [], {
      consistency: types.consistencies.all,
    });
    const { rows } = await client.execute(`SELECT token(id) AS place FROM ${scratch.keyspace}.things`);
    const replicas = Math.min(3, client.hosts.length);

    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things`);
    const grid = new ResultGrid(page);
    await grid.cell(1, 1).click();
    await page.getByRole('button', { name: 'Where does this row live?' }).click();

    const home = page.getByRole('dialog', { name: 'Where does this row live?' });
    await expect(home.getByText(String(rows[0]?.get('place')), { exact: true })).toBeVisible();
    await expect(home.getByRole('img', { name: /^Token ring/ })).toBeVisible();
    const copies = home.getByRole('region', { name: 'The copies, side by side' });
    await expect(copies.getByRole('columnheader')).toHaveCount(1 + replicas);
    await expect(home.getByRole('row').filter({ hasText: '2023-11-14 22:13:20.123456 UTC' })).toBeVisible();
    if (replicas > 1) await expect(home.getByText(`All ${replicas} replicas have the same values`)).toBeVisible();
    await expect(home.getByText('Each replica was read directly, at ONE, with tracing')).toBeVisible();

    await page.keyboard.press('Escape');
    await expect(home).toBeHidden();
    await goByPalette(page, 'Where does this row live?');
    await expect(home).toBeVisible();
  });

  test('from the inspector, which stays open, without a mouse', async ({ page, scratch }) => {
    await scratch.table('things', 'id text PRIMARY KEY, n int');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES ('a', 7)`);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things`);
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await tabTo(page, grid.root);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    const button = inspector.getByRole('button', { name: 'Where does this row live?' });
    await pressOn(page, button);
    const home = page.getByRole('dialog', { name: 'Where does this row live?' });
    await expect(home.getByText('id = a', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(home).toBeHidden();
    await expect(button).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(inspector).toHaveCount(0);
  });

  test('a view without the key says what it lacks', async ({ page, scratch }) => {
    await scratch.table('things', 'id text PRIMARY KEY, n int');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES ('a', 7)`);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things?${new URLSearchParams({ columns: '["n"]' })}`);
    const grid = new ResultGrid(page);
    await grid.cell(1, 1).click();
    const button = page.getByRole('button', { name: 'Where does this row live?' });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute('title', 'Show id as well: without the whole key the row cannot be found');
  });
});
