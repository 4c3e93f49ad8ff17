import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { clipboardText } from '../support/clipboard';
import { readAll } from '../support/plain-client';
import { QueryPage, runsStatement } from '../support/query-page';

const field = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Parameters' }).getByLabel(name, { exact: true });

/** What a button saves. */
async function saved(page: Page, button: Locator): Promise<string> {
  const download = page.waitForEvent('download');
  await button.click();
  return readFile(await (await download).path(), 'utf8');
}

test.describe('Parameters', () => {
  test('a statement with ? and :name gets typed fields, says what is missing, and runs with bound values', async ({
    page,
  }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("SELECT iata, name FROM flights.airports WHERE iata = :code -- not ? this, nor ':that'");
    const code = field(page, ':code text');
    await expect(code).toBeVisible();
    await expect(page.getByRole('region', { name: 'Parameters' }).getByRole('textbox')).toHaveCount(1);

    const ran = page.waitForRequest(runsStatement);
    await query.runAtCursor();
    await expect(page.getByRole('alert').filter({ hasText: 'It did not run: :code has no value' })).toBeAttached();
    await expect(code).toBeFocused();

    await page.keyboard.type('SEA');
    await query.run.click();
    const request = await ran;
    expect(request.postDataJSON()).toMatchObject({ params: ['SEA'] });
    expect(request.postDataJSON().statement).toContain(':code');
    await expect(query.result.cells(1)).toHaveText(['SEA', 'Seattle-Tacoma Intl']);

    await page.reload();
    await expect(code).toHaveValue('SEA');
  });

  test('values are checked while they are typed, lists serve IN, and keys alone do', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT iata FROM flights.airports WHERE iata IN ? LIMIT ?');
    await field(page, '[limit] int').focus();
    await page.keyboard.type('many');
    await expect(page.getByText(/expected int: a whole number/)).toBeVisible();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2');
    await field(page, 'in(iata) list<text>').focus();
    await page.keyboard.type('SEA, PDX, SFO');
    await query.editor.focus();
    await query.runAtCursor();
    await expect(query.result.lastWord('Complete')).toBeVisible();
    await expect(query.result.bar).toContainText('2 rows');
  });

  test('null removes, unset leaves, and a link has values only when asked', async ({
    page,
    client,
    scratch,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await scratch.table('notes', 'id int PRIMARY KEY, a text, b text');
    await client.execute(`INSERT INTO ${scratch.keyspace}.notes (id, a, b) VALUES (1, 'a', 'b')`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(`INSERT INTO ${scratch.keyspace}.notes (id, a, b) VALUES (?, :a, :b)`);
    await field(page, 'id int').fill('1');
    await page.getByLabel('Kind of value for :a').selectOption('null');
    await page.getByLabel('Kind of value for :b').selectOption('unset');
    await query.runAtCursor();
    await query.editor.focus();
    await query.runAtCursor();
    await page.getByRole('dialog').getByRole('button', { name: 'Run INSERT' }).click();
    await expect(page.getByText(/: done in \d+/)).toBeVisible();
    const rows = await readAll(client, `SELECT a, b FROM ${scratch.keyspace}.notes WHERE id = 1`);
    expect(rows.map((row) => [row.get('a'), row.get('b')])).toEqual([[null, 'b']]);

    await page.getByRole('button', { name: 'Copy a link that fills the editor' }).click();
    expect(await clipboardText(page)).not.toContain('values=');
    await page.getByRole('button', { name: 'Copy a link with these values' }).click();
    const link = await clipboardText(page);
    await page.evaluate(() => localStorage.clear());
    await page.goto(link);
    await expect(field(page, 'id int')).toHaveValue('1');
    await expect(page.getByLabel('Kind of value for :b')).toHaveValue('unset');
    await expect(page.getByText('No result yet')).toBeVisible();
  });
});

test.describe('A statement for each row of a list', () => {
  test('is confirmed once, counts what ended, and gives failed rows back as they came', async ({
    page,
    client,
    scratch,
  }) => {
    await scratch.table('people', 'id int PRIMARY KEY, name text');
    const query = new QueryPage(page);
    await query.open();
    await query.write(`INSERT INTO ${scratch.keyspace}.people (id, name) VALUES (?, ?)`);
    await page.getByRole('button', { name: 'For each row of a list…' }).click();
    const good = Array.from({ length: 300 }, (_, id) => `${id},"n ""${id}"""`);
    const list = ['id,name', ...good, 'x17,"bad, quoted"', ''].join('\n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('The list: CSV, TSV or one value a line').fill(list);
    await expect(dialog.getByLabel('Cells are separated by')).toHaveValue('comma');
    await expect(dialog.getByLabel('The first row names the columns')).toBeChecked();
    await dialog.getByRole('button', { name: 'Run for 301 rows' }).click();
    await expect(page.getByRole('dialog', { name: 'Run this INSERT for 301 rows on Demo?' })).toBeVisible();
    expect(await readAll(client, `SELECT id FROM ${scratch.keyspace}.people`)).toHaveLength(0);
    await dialog.getByRole('button', { name: 'Run for 301 rows' }).click();

    await expect(dialog.getByText('All rows have run.')).toBeVisible();
    await expect(dialog.getByLabel('Counts')).toContainText(/Done\s*300\s*Failed\s*1\s*Unknown\s*0/);
    await expect(dialog.getByRole('table', { name: 'Failed rows' })).toContainText('id: expected int');
    const failed = await saved(page, dialog.getByRole('button', { name: 'Download 1 failed row' }));
    expect(failed).toBe('id,name\nx17,"bad, quoted"\n');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(dialog).toHaveCount(0);
    const rows = await readAll(client, `SELECT id, name FROM ${scratch.keyspace}.people`);
    expect(rows).toHaveLength(300);
    expect(rows.map((row) => `${row.get('id')},${row.get('name')}`)).toContain('7,n "7"');
  });

  test('reads by keys alone, a value a line, with the rows of each', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT name, name FROM flights.airports WHERE iata = :code');
    await page.getByRole('button', { name: 'For each row of a list…' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('The list: CSV, TSV or one value a line')).toBeFocused();
    await page.keyboard.insertText('SEA\nPDX\nnowhere');
    const run = dialog.getByRole('button', { name: 'Run for 3 rows' });
    await expect(run).toBeEnabled();
    await run.focus();
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('All rows have run.')).toBeVisible();
    const lines = dialog.getByRole('table', { name: 'Results by row' }).getByRole('row');
    await expect(lines).toHaveText([/^Rownamename$/, /^1(Seattle-Tacoma Intl){2}$/, /^2(Portland Intl){2}$/]);
    await expect(dialog.getByLabel('Counts')).toContainText(/Done\s*3/);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });
});
