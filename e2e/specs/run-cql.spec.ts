import type { Client } from 'cassandra-driver';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { requestsServed } from '../support/plain-client';
import { QueryPage, runsStatement } from '../support/query-page';

test.describe('Running CQL', () => {
  test('I type a statement, see its cost, run it and see its rows', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.editor.pressSequentially("SELECT iata, name FROM flights.airports WHERE iata = 'SEA'");
    await expect(page.getByText('1 partition', { exact: true })).toBeVisible();
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['SEA', 'Seattle-Tacoma Intl']);
    await expect(query.result.lastWord('Complete')).toBeVisible();
    await expect(query.result.bar).toContainText('1 row');
    await expect(page.getByText(/^1 row · [\d.]+ m?s$/)).toBeVisible();
  });

  test('an empty page offers statements made from the schema: one fills the editor and does not run', async ({
    page,
  }) => {
    const query = new QueryPage(page);
    await query.open();
    const samples = page.getByRole('region', { name: 'Statements to begin with' });
    await samples.getByRole('button', { name: /^List partition keys/ }).click();
    await expect(query.editor).toHaveText(/^SELECT DISTINCT .+ LIMIT 20$/);
    await expect(page.getByText('No result yet')).toBeVisible();
    await query.runAtCursor();
    await expect(query.result.cells(1).first()).toHaveText(/\S/);

    await page.reload();
    await samples.getByRole('button', { name: 'Don’t show these again' }).click();
    await page.reload();
    await expect(page.getByText('No result yet')).toBeVisible();
    await expect(samples).toHaveCount(0);
  });

  test('what reads the whole ring says so, and stops after its first page', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT * FROM flights.by_route WHERE distance > 2500 ALLOW FILTERING');
    await expect(page.getByText('whole ring + filtering', { exact: true })).toBeVisible();
    await query.write('SELECT * FROM flights.by_route');
    await expect(page.getByText('whole ring', { exact: true })).toBeVisible();
    await query.runAtCursor();
    await expect(query.result.lastWord('Paused: more rows below')).toBeVisible();
  });

  test('of several statements each has its own result, and the first failure stops the rest', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write(
      [
        "SELECT iata FROM flights.airports WHERE iata = 'SEA';",
        "SELECT name FROM flights.airports WHERE iata = 'PDX'; -- with a comment; in it",
        'SELECT nothing FROM flights.airports;',
        "SELECT name FROM flights.airports WHERE iata = 'SFO';",
      ].join('\n'),
    );
    await query.runAll();
    const results = page.getByRole('tablist', { name: 'Results' }).getByRole('tab');
    await expect(results).toHaveText([/done$/, /done$/, /failed$/, /not run$/]);
    await expect(page.getByText('Statement 3 failed: 1 of 4 statements did not run.')).toBeVisible();
    await expect(query.underlined()).toHaveText('nothing');

    await results.nth(0).click();
    await expect(query.result.cells(1)).toHaveText(['SEA']);
    await results.nth(1).click();
    await expect(query.result.cells(1)).toHaveText(['Portland Intl']);
    await results.nth(3).click();
    await expect(page.getByText('Did not run', { exact: true })).toBeVisible();
  });

  test('an error is underlined at its place and says what to do', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT *\n  FORM flights.airports');
    await query.runAtCursor();
    const alert = page.getByRole('alert').filter({ hasText: 'Did you mean FROM?' });
    await alert.getByText('Details').click();
    await expect(alert).toContainText('line 2:2');
    await expect(query.underlined()).toHaveText('FORM');
    await alert.getByRole('button', { name: 'Go to line 2 of the statement' }).click();
    await page.keyboard.press('Control+Delete');
    await page.keyboard.insertText('FROM ');
    await expect(query.editor).toContainText('FROM flights.airports');
    await query.runAtCursor();
    await expect(query.result.row(1)).toBeVisible();
    await expect(query.underlined()).toHaveCount(0);
  });

  test('Stop means stop: no more pages are requested', { tag: '@alone' }, async ({ page, client }) => {
    const query = new QueryPage(page);
    await query.open();
    await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('100');
    await query.write('SELECT * FROM flights.by_origin_day');
    await query.runAtCursor();
    await expect(query.result.lastWord('Paused: more rows below')).toBeVisible();

    const before = await requestsServed(client);
    const broken = page.waitForEvent('requestfailed', { predicate: runsStatement });
    await query.result.bar.getByRole('button', { name: 'Read on' }).click();
    await expect.poll(async () => (await requestsServed(client)) - before).toBeGreaterThan(100);
    await query.result.bar.getByRole('button', { name: 'Stop' }).click();
    await broken;
    await expect(query.result.lastWord('Stopped by you')).toBeVisible();

    const rows = await query.result.bar.textContent();
    expect(await requestsWhileIdle(page, client)).toBeLessThan(60);
    expect(await query.result.bar.textContent()).toBe(rows);

    await query.result.bar.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => query.result.bar.textContent()).not.toBe(rows);
    await query.result.bar.getByRole('button', { name: 'Stop' }).click();
    await expect(query.result.lastWord('Stopped by you')).toBeVisible();
  });
});

/**
 * Requests to the ring while the page checks its clusters twice, a few seconds apart: the health checks and the counting
 * itself are a handful; a read that continued would be hundreds per second.
 */
async function requestsWhileIdle(page: Page, client: Client): Promise<number> {
  const state = () => page.waitForResponse((response) => response.url().endsWith('/api/state'));
  await state();
  const from = await requestsServed(client);
  await state();
  return (await requestsServed(client)) - from;
}
