import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/test';
import { ExportsPage } from '../support/exports-page';
import { readAll } from '../support/plain-client';

test.describe('Counting rows', () => {
  test('of a table, exactly', async ({ page, scratch, client }) => {
    await scratch.table('numbered', 'key int, number int, note text, PRIMARY KEY (key, number)');
    const prepared = `INSERT INTO ${scratch.keyspace}.numbered (key, number) VALUES (?, ?)`;
    for (let key = 0; key < 40; key++) {
      await Promise.all(
        Array.from({ length: 25 }, (_, number) => client.execute(prepared, [key, number], { prepare: true })),
      );
    }
    const exports = new ExportsPage(page);
    await exports.open(scratch.keyspace, 'numbered');
    await page.getByRole('button', { name: 'Count rows' }).click();
    await expect(page.getByText('1,000 rows', { exact: true })).toBeVisible();
    await expect(page.getByText(/^exact · /)).toBeVisible();
  });

  test('of a partition, and of nothing else than what is filtered', async ({ page, client }) => {
    const [row] = await readAll(client, 'SELECT origin, destination FROM flights.by_route LIMIT 1');
    const [origin, destination] = [String(row?.get('origin')), String(row?.get('destination'))];
    const rows = await readAll(
      client,
      `SELECT origin FROM flights.by_route WHERE origin = '${origin}' AND destination = '${destination}'`,
    );
    const filters = [
      { column: 'origin', operator: '=', value: origin },
      { column: 'destination', operator: '=', value: destination },
    ];
    const search = new URLSearchParams({ keyspace: 'flights', table: 'by_route', filters: JSON.stringify(filters) });
    await page.goto(`/demo/exports?${search}`);
    await page.getByRole('button', { name: 'Count rows' }).click();
    const word = rows.length === 1 ? 'row' : 'rows';
    await expect(page.getByText(`${rows.length.toLocaleString('en-US')} ${word}`, { exact: true })).toBeVisible();
    // Another table's number would be a lie.
    await page.getByRole('combobox', { name: 'Table' }).selectOption('airports');
    await expect(page.getByText(/^exact · /)).toHaveCount(0);
  });

  test('that only filtering finds, once it is allowed with the statement in view', async ({
    page,
    scratch,
    client,
  }) => {
    await scratch.table('plain', 'key int PRIMARY KEY, number int');
    const prepared = `INSERT INTO ${scratch.keyspace}.plain (key, number) VALUES (?, ?)`;
    await Promise.all(
      Array.from({ length: 60 }, (_, key) => client.execute(prepared, [key, key % 4], { prepare: true })),
    );
    const filters = JSON.stringify([{ column: 'number', operator: '=', value: 3 }]);
    await page.goto(`/demo/exports?${new URLSearchParams({ keyspace: scratch.keyspace, table: 'plain', filters })}`);
    await expect(page.getByText(/^Cassandra cannot run this/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Download' })).toBeDisabled();
    await page.getByRole('button', { name: 'Allow filtering', exact: true }).click();
    const statement = `SELECT * FROM ${scratch.keyspace}.plain WHERE number = 3 ALLOW FILTERING`;
    await expect(page.getByText(statement, { exact: true })).toBeVisible();
    await expect(page.getByText('whole ring + filtering', { exact: true })).toBeVisible();
    await expect(page.getByText(/ringside export .*--allow-filtering/s)).toBeVisible();
    await page.getByRole('button', { name: 'Count rows' }).click();
    await expect(page.getByText('15 rows', { exact: true })).toBeVisible();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const file = await readFile(await (await saved).path(), 'utf8');
    expect(file.trimEnd().split('\r\n').length).toBe(1 + 15);

    await page.getByRole('button', { name: 'Do not allow filtering' }).click();
    await expect(page.getByText(/^Cassandra cannot run this/)).toBeVisible();
  });
});
