import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { QueryPage } from '../support/query-page';

/** Takes the first proposal with Tab. A list takes no key at the instant it opens, so the key is pressed until it has. */
async function takeFirst(page: Page, query: QueryPage, written: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab');
    // The key has been handled by now: what it took is in the text.
    expect(await query.editor.textContent()).toBe(written);
  }).toPass();
  await expect(query.editor).toBeFocused();
}

test.describe('Write a statement, by keys alone', () => {
  test('I name the columns first, and the table, its key and an operator are proposed', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    const proposals = page.getByRole('listbox');
    await query.write('SELECT name, latitude FROM flights.');
    await page.keyboard.press('Control+Space');
    await expect(proposals.getByRole('option', { name: 'airports' })).toBeVisible();
    await page.keyboard.type('airp');
    await expect(proposals.getByRole('option').first()).toContainText('airports');
    await takeFirst(page, query, 'SELECT name, latitude FROM flights.airports');
    await page.keyboard.type(' WHERE ia');
    await expect(proposals.getByRole('option').first()).toContainText('partition key');
    await takeFirst(page, query, 'SELECT name, latitude FROM flights.airports WHERE iata');
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Space');
    await expect(proposals.getByRole('option')).toHaveText([/^=/, /^IN/, /^<needs/, /^<=/, /^>needs/, /^>=/]);
    await page.keyboard.press('Escape');
    await page.keyboard.type("= 'SEA'");
    await page.keyboard.press('Control+Enter');
    await expect(query.result.cells(1)).toContainText(['Seattle-Tacoma Intl']);
  });

  test('inside the brackets of a function its signature is shown, until Escape', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT toTimestamp(');
    const signature = page.getByRole('status', { name: 'Signature' });
    await expect(signature).toContainText('toTimestamp(date or timeuuid) → timestamp');
    await page.keyboard.type('now(');
    await expect(signature).toContainText('now() → timeuuid');
    await page.keyboard.press('Escape');
    await expect(signature).toBeHidden();
    await query.write('SELECT now()');
    await expect(signature).toBeHidden();
  });

  test('I lay out a statement with a key, and one undo brings the old text back', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    const written = "select name from flights.airports where iata='SEA' /* Mine */ limit 5";
    const lines = ['SELECT name', 'FROM flights.airports', "WHERE iata = 'SEA' /* Mine */", 'LIMIT 5'];
    await query.write(written);
    await page.keyboard.press('Alt+Shift+F');
    await expect(query.editor.locator('.cm-line')).toHaveText(lines);
    await page.keyboard.press('Control+z');
    await expect(query.editor.locator('.cm-line')).toHaveText([written]);
    await page.getByRole('button', { name: 'Format the statement' }).click();
    await expect(query.editor.locator('.cm-line')).toHaveText(lines);
  });

  test('the palette writes a snippet for my table, and Tab goes through what I fill in', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT * FROM flights.airports');
    // The schema has come when its keyspaces can be chosen.
    await expect(
      page.getByRole('combobox', { name: 'Keyspace' }).getByRole('option', { name: 'flights' }),
    ).toBeAttached();
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog', { name: 'Go to or do anything' })).toBeVisible();
    await page.keyboard.type('Snippet: Query by key');
    await page.keyboard.press('Enter');
    await expect(query.editor.locator('.cm-line').last()).toHaveText("WHERE iata = 'a key';");
    await expect(query.editor).toBeFocused();
    await page.keyboard.insertText("'SEA'");
    await page.keyboard.press('Control+Enter');
    await expect(query.result.cells(1)).toContainText(['SEA']);
  });

  test('completion offers snippets where a statement begins', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT * FROM flights.airports;\n\n');
    await page.keyboard.type('Ins');
    await expect(page.getByRole('option', { name: /^Insert if absent/ })).toBeVisible();
    await page.keyboard.type('ert if');
    await expect(page.getByRole('listbox')).toBeHidden();
  });
});
