import type { APIRequestContext } from 'playwright/test';
import { z } from 'zod';
import { expect, test } from '../fixtures/test';
import { readAll } from '../support/plain-client';
import { QueryPage, runsStatement } from '../support/query-page';

const errorSchema = z.object({ error: z.object({ code: z.string() }) });

test.describe('Changing data', () => {
  test('an INSERT asks first, with its exact text, and then takes effect', async ({ page, client, scratch }) => {
    await scratch.table('notes', 'id int PRIMARY KEY, text text');
    const insert = `INSERT INTO ${scratch.keyspace}.notes (id, text)\n  VALUES (1, 'it''s here')`;
    const rows = () => readAll(client, `SELECT id, text FROM ${scratch.keyspace}.notes`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(insert);
    await query.runAtCursor();
    const dialog = page.getByRole('dialog', { name: 'Run this INSERT on Demo?' });
    expect(await dialog.locator('pre').textContent()).toBe(insert);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('You did not confirm it.')).toBeVisible();
    expect(await rows()).toEqual([]);

    await query.editor.click();
    await query.runAtCursor();
    await dialog.getByRole('button', { name: 'Run INSERT' }).click();
    await expect(page.getByText(new RegExp(`^INSERT INTO ${scratch.keyspace}.notes: done in \\d+`))).toBeVisible();
    expect((await rows()).map((row) => [row.get('id'), row.get('text')])).toEqual([[1, "it's here"]]);
  });

  test('DROP TABLE wants the name of the table typed', async ({ page, scratch }) => {
    await scratch.table('precious', 'id int PRIMARY KEY');
    const query = new QueryPage(page);
    await query.open();
    await query.write(`DROP TABLE ${scratch.keyspace}.precious`);
    await query.runAtCursor();
    const dialog = page.getByRole('dialog', { name: 'Run this DROP TABLE on Demo?' });
    const confirm = dialog.getByRole('button', { name: 'Run DROP TABLE' });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox').fill('preciou');
    await expect(confirm).toBeDisabled();
    await page.keyboard.press('Enter');
    expect(await scratch.tables()).toEqual(['precious']);

    await dialog.getByRole('textbox').fill('precious');
    await confirm.click();
    await expect(page.getByText(new RegExp(`^DROP TABLE ${scratch.keyspace}.precious: done in \\d+`))).toBeVisible();
    await expect(page.getByText(/nodes have the new schema\.$/)).toBeVisible();
    expect(await scratch.tables()).toEqual([]);
  });

  test('a statement from a link is filled in, and not run', async ({ page, client, scratch }) => {
    await scratch.table('notes', 'id int PRIMARY KEY');
    const ran: string[] = [];
    page.on('request', (request) => {
      if (runsStatement(request)) ran.push(request.postData() ?? '');
    });
    const insert = `INSERT INTO ${scratch.keyspace}.notes (id) VALUES (1)`;
    await page.goto(`/demo/query?statement=${encodeURIComponent(insert)}`);
    const query = new QueryPage(page);
    await expect(query.editor).toHaveText(insert);
    await expect(page.getByText('No result yet')).toBeVisible();
    await expect(query.run).toBeEnabled();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(ran).toEqual([]);
    expect(await readAll(client, `SELECT id FROM ${scratch.keyspace}.notes`)).toEqual([]);

    const select = `SELECT id FROM ${scratch.keyspace}.notes`;
    await page.goto(`/demo/query?statement=${encodeURIComponent(select)}`);
    await expect(query.editor).toHaveText(select);
    await expect(page.getByText('1 partition', { exact: true }).or(page.getByText('whole ring'))).toBeVisible();
    await expect(page.getByText('No result yet')).toBeVisible();
    expect(ran).toEqual([]);
  });

  test('a read-only cluster says so, and runs nothing that changes something', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open('frozen');
    await expect(page.getByRole('banner').getByText('read-only')).toBeVisible();
    await query.write("INSERT INTO flights.airports (iata) VALUES ('XXX')");
    await expect(query.run).toBeDisabled();
    await expect(query.run).toHaveAccessibleDescription('This cluster is read-only, so INSERT INTO does not run.');
    await query.runAtCursor();
    await expect(page.getByText('No result yet')).toBeVisible();
    await query.write("SELECT iata FROM flights.airports WHERE iata = 'SEA'");
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['SEA']);
  });

  test('its server refuses as well, however a statement is dressed up', async ({ request, client, scratch }) => {
    await scratch.table('notes', 'id int PRIMARY KEY');
    const table = `${scratch.keyspace}.notes`;
    const hostile = [
      `INSERT INTO ${table} (id) VALUES (1)`,
      `/* SELECT */ INSERT INTO ${table} (id) VALUES (2)`,
      `-- SELECT * FROM ${table}\ninsert INTO ${table} (id) VALUES (3)`,
      `BEGIN BATCH INSERT INTO ${table} (id) VALUES (4); APPLY BATCH`,
      `TRUNCATE ${table}`,
      `DROP TABLE ${table}`,
      `CREATE FUNCTION ${scratch.keyspace}.f (a int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS $$ return 1; -- SELECT $$`,
      'CREATE ROLE somebody',
    ];
    for (const statement of hostile) expect(await codeOfRunning(request, statement), statement).toBe('read_only');
    const two = `SELECT * FROM ${table}; INSERT INTO ${table} (id) VALUES (5)`;
    expect(await codeOfRunning(request, two)).toBe('invalid_request');
    expect(await readAll(client, `SELECT id FROM ${table}`)).toEqual([]);
    expect(await scratch.tables()).toEqual(['notes']);
  });

  test('a page of another site cannot make the server run anything', async ({ request, scratch }) => {
    await scratch.table('notes', 'id int PRIMARY KEY');
    const statement = `INSERT INTO ${scratch.keyspace}.notes (id) VALUES (1)`;
    const data = { statement, confirm: { statement } };
    const foreign = await request.post('/api/clusters/demo/query', {
      data,
      headers: { origin: 'http://evil.example' },
    });
    expect(foreign.status()).toBe(403);
    const rebound = await request.post('/api/clusters/demo/query', { data, headers: { host: 'evil.example' } });
    expect(rebound.status()).toBe(421);
  });
});

/** What the read-only cluster's API answers to a confirmed statement. */
async function codeOfRunning(request: APIRequestContext, statement: string): Promise<string> {
  const data = { statement, confirm: { statement, name: 'notes' } };
  const response = await request.post('/api/clusters/frozen/query', { data });
  expect(response.ok()).toBe(false);
  return errorSchema.parse(await response.json()).error.code;
}
