import { expect, test } from '../fixtures/test';

/** Nodes are asked every half minute, and a new table is known when the schema is read again. */
const LISTED_MS = 120_000;

test.describe('Which tables hurt', () => {
  test.describe.configure({ timeout: 240_000 });

  test.beforeEach(async ({ scratch }) => {
    await scratch.table('readings', 'sensor int, at timestamp, v text, PRIMARY KEY (sensor, at)');
    const inserts = Array.from({ length: 240 }, (_, at) => {
      const day = String(1 + (at % 4)).padStart(2, '0');
      const time = `${String(at % 24).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00.${String(at).padStart(3, '0')}`;
      return `INSERT INTO ${scratch.keyspace}.readings (sensor, at, v) VALUES (7, '2026-11-${day} ${time}+0000', '${'x'.repeat(9_000)}')`;
    });
    for (const insert of inserts) await scratch.run(insert);
    await scratch.run(`INSERT INTO ${scratch.keyspace}.readings (sensor, at, v) VALUES (8, '2026-11-01', 'x')`);
  });

  test('from all tables to one on every node, to its widest partition, and to its rows', async ({
    page,
    client,
    scratch,
  }) => {
    const name = `${scratch.keyspace}.readings`;
    await page.goto('/demo');
    await page.getByRole('link', { name: 'Tables', exact: true }).click();
    const list = page.getByRole('table', { name: 'All tables, by what hurts' });
    await page.getByRole('searchbox', { name: 'Filter tables' }).fill(name);
    await list.getByRole('button', { name }).click({ timeout: LISTED_MS });
    await expect(page).toHaveURL(/of=.*table=readings/);

    const nodes = page.getByRole('table', { name: 'The table on each node' });
    for (const host of client.hosts.values()) {
      await expect(nodes.getByRole('rowheader', { name: host.address })).toBeVisible();
    }
    await expect(page.getByText(/at most 50,000 rows in 15 s, at 32 places/)).toBeVisible();
    await page.getByRole('button', { name: 'Find wide partitions' }).click();
    const widest = page.getByRole('table', { name: 'The widest partitions seen' });
    await expect(widest.getByRole('row').nth(1)).toContainText('sensor = 7240');
    await expect(page.getByText(/2 partitions of 100 % of the ring/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'A bucket by day' })).toContainText(
      'PRIMARY KEY ((sensor, day), at)',
    );

    await widest.getByRole('link', { name: 'sensor = 7' }).click();
    await expect(page).toHaveURL(new RegExp(`/${scratch.keyspace}/readings\\?filters=`));
    await page.getByRole('navigation', { name: 'Views of this table' }).getByRole('link', { name: 'Stats' }).click();
    await page.getByRole('link', { name: 'Among all tables' }).click();
    await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
  });

  test('by keys alone: sorted by a column, a table opened, tombstones searched for', async ({ page, scratch }) => {
    const name = `${scratch.keyspace}.readings`;
    await scratch.run(`DELETE FROM ${name} WHERE sensor = 7 AND at >= '2026-11-01' AND at < '2026-11-02'`);
    await page.goto(`/demo/tables?keyspace=${scratch.keyspace}`);
    const table = page.getByRole('table', { name: 'All tables, by what hurts' }).getByRole('button', { name });
    await expect(table).toBeVisible({ timeout: LISTED_MS });
    await page.getByRole('button', { name: 'On disk' }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/sort=diskMebibytes/);
    await expect(page.getByRole('columnheader', { name: 'On disk' })).toHaveAttribute('aria-sort', 'descending');
    await table.focus();
    await page.keyboard.press('Enter');
    await expect(table).toHaveAttribute('aria-expanded', 'true');
    await page.getByRole('button', { name: 'Find tombstones' }).focus();
    await page.keyboard.press('Enter');
    const found = page.getByRole('table', { name: 'Places with tombstones' });
    await expect(found.getByRole('link', { name: 'sensor = 7' })).toBeVisible({ timeout: LISTED_MS });
  });
});
