import { expect, test } from '../fixtures/test';

/** Numbers come after the second time that the nodes are asked. */
const MOVED = { timeout: 60_000 };

test.describe('Watch what moves', () => {
  test('I see what is written now, by node, move through it with the arrow keys and read it as numbers', async ({
    page,
    scratch,
  }) => {
    await scratch.table('moving', 'id int PRIMARY KEY');
    await page.goto('/demo');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Live' }).click();
    await expect(page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
    const pending = page.getByRole('slider', { name: 'Pending tasks, tasks' });
    await expect(pending).toBeVisible(MOVED);
    await expect(page.getByText(/Asked every \d.* while somebody looks, \d+ statements a minute/)).toBeVisible();
    await scratch.run(`INSERT INTO ${scratch.keyspace}.moving (id) VALUES (1)`);
    const writes = page.getByRole('slider', { name: 'Writes coordinated, /s' });
    await expect(writes).toBeVisible(MOVED);
    await writes.focus();
    await page.keyboard.press('Home');
    const first = await writes.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    await expect(writes).not.toHaveAttribute('aria-valuetext', first ?? '');
    await page.getByRole('button', { name: 'Numbers' }).click();
    await expect(page).toHaveURL(/as=table/);
    await expect(page.getByRole('table', { name: 'Writes coordinated' }).getByRole('row').nth(1)).toContainText('/s');
  });

  test('an address that asks for what is not known says so, and shows the usual', async ({ page }) => {
    await page.goto('/demo/live?quantile=p42');
    await expect(page.getByRole('note').first()).toContainText('quantile: expected one of p50, p99, max.');
    await expect(page.getByRole('combobox', { name: 'Latencies and tombstones' })).toHaveValue('p99');
  });

  test('the stats of a table have its own plots', async ({ page, scratch }) => {
    await scratch.table('watched', 'id int PRIMARY KEY');
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/watched/stats`);
    const live = page.getByRole('region', { name: 'Live', exact: true });
    await expect(live.getByText(/Nobody has read or written this table|first numbers/).first()).toBeVisible(MOVED);
    await expect(async () => {
      await scratch.run(`INSERT INTO ${scratch.keyspace}.watched (id) VALUES (1)`);
      await expect(live.getByRole('slider', { name: 'Writes coordinated, /s' })).toBeVisible({ timeout: 5_000 });
    }).toPass(MOVED);
  });
});
