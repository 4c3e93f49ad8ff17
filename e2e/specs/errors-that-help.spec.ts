import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { QueryPage, runsStatement } from '../support/query-page';

/** The card of the statement that failed. */
const card = (page: Page) => page.getByRole('alert').filter({ hasText: 'Details' });

test.describe('Errors that help', () => {
  test('I forget the quotes: the value is marked, one press writes them, and I run it', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (runsStatement(request)) sent.push(request.postData() ?? '');
    });
    await query.write('SELECT name FROM flights.airports WHERE iata = SEA');
    await query.runAtCursor();
    await expect(card(page)).toHaveText(/^SEA has no quotes/);
    await expect(query.underlined()).toHaveText('SEA');
    await expect(card(page).getByText(/no viable alternative/)).toBeHidden();
    await card(page).getByText('Details').click();
    await expect(card(page).getByText(/no viable alternative/)).toBeVisible();

    await card(page).getByRole('button', { name: "Use 'SEA'" }).click();
    await expect(query.editor).toHaveText("SELECT name FROM flights.airports WHERE iata = 'SEA'");
    await expect(query.underlined()).toHaveCount(0);
    expect(sent).toHaveLength(1);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(query.editor).toHaveText('SELECT name FROM flights.airports WHERE iata = SEA');
    await query.write("SELECT name FROM flights.airports WHERE iata = 'SEA'");
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['Seattle-Tacoma Intl']);
  });

  test('I misspell a column: the error names the one I meant, or all columns where none is near', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("SELECT nmae FROM flights.airports WHERE iata = 'SEA'");
    await query.runAtCursor();
    await expect(card(page)).toContainText('airports has no column nmae. Did you mean name?');
    await card(page).getByRole('button', { name: 'Use name' }).click();
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['Seattle-Tacoma Intl']);
    await query.write('SELECT wings FROM flights.airports');
    await query.runAtCursor();
    await expect(card(page)).toContainText('Its columns are iata text');
    await expect(query.underlined()).toHaveText('wings');
  });

  test('I ask for what the key does not serve: the cost of ALLOW FILTERING is said before I add it', async ({
    page,
  }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT * FROM flights.by_route WHERE distance > 2500');
    await query.runAtCursor();
    await expect(card(page)).toContainText('ALLOW FILTERING reads more rows than it returns');
    await card(page).getByRole('button', { name: 'Add ALLOW FILTERING' }).click();
    await expect(query.editor).toContainText('distance > 2500 ALLOW FILTERING');
    const cost = page.getByRole('region', { name: 'Cost of the statement' });
    await expect(cost.getByText('whole ring + filtering', { exact: true })).toBeVisible();
  });

  test('a change is not made in a statement that is no longer there', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT * FORM flights.airports');
    await query.runAtCursor();
    await expect(card(page).getByRole('button', { name: 'Use FROM' })).toBeVisible();
    await query.write('SELECT 1');
    await card(page).getByRole('button', { name: 'Use FROM' }).click();
    await expect(card(page).getByRole('status')).toContainText('nothing was changed');
    await expect(query.editor).toHaveText('SELECT 1');
  });

  test('what Cassandra refuses says why in my words, and one press mends it', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("SELECT * FROM flights.airports WHERE iata = 'SEA' LIMIT 0");
    await query.runAtCursor();
    await expect(card(page)).toHaveText(/^A LIMIT is at least 1\./);
    await expect(query.underlined()).toHaveText('LIMIT');
    await card(page).getByRole('button', { name: 'Remove LIMIT' }).click();
    await expect(query.editor).toHaveText("SELECT * FROM flights.airports WHERE iata = 'SEA'");
    await query.write('SELECT avg(name) FROM flights.airports');
    await query.runAtCursor();
    await expect(card(page)).toHaveText(/^avg does not take a value of this type\./);
    await expect(query.underlined()).toHaveText('avg');
  });

  test('roles without logins: I am not sent to a superuser', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write('LIST ROLES');
    await query.runAtCursor();
    await expect(card(page)).toContainText('This cluster has no logins');
    await expect(card(page)).not.toContainText('superuser');
  });

  test('on a phone the cost of a statement and its error are whole', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const query = new QueryPage(page);
    await query.open();
    await query.write('SELECT * FROM flights.by_route WHERE distance > 2500 ALLOW FILTERING');
    const cost = page.getByRole('region', { name: 'Cost of the statement' });
    await expect(cost.getByText(/discards the rows that do not match/)).toBeVisible();
    expect(await cost.evaluate(isWhole)).toBe(true);
  });
});

/** Runs in the page: nothing of it or in it is cut off at the side. */
function isWhole(element: Element): boolean {
  return [element, ...element.querySelectorAll('span')].every(({ scrollWidth, clientWidth }) => {
    return clientWidth === 0 || scrollWidth <= clientWidth;
  });
}
