import { expect, test } from '../fixtures/test';
import { QueryPage } from '../support/query-page';

test.describe('Knowing before it runs', () => {
  test('a DELETE by its partition says the same in the line and in the question', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("DELETE FROM flights.by_origin_day WHERE origin = 'XXX' AND day = '1999-01-01'");
    const cost = page.getByRole('region', { name: 'Cost of the statement' });
    await expect(cost.getByText('1 whole partition', { exact: true })).toBeVisible();
    await query.runAtCursor();
    const dialog = page.getByRole('dialog');
    const facts = dialog.getByRole('region', { name: 'What it changes' });
    await expect(facts).toContainText('1 whole partition');
    await expect(facts).toContainText('Replication');
    await expect(facts).toContainText('Consistency');
    await expect(dialog.getByText(/May delete whole partitions/)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('a key that is missing is named, and one press writes it: nothing runs', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("DELETE FROM flights.by_origin_day WHERE origin = 'SEA'");
    const cost = page.getByRole('region', { name: 'Cost of the statement' });
    await expect(cost).toContainText('it needs the whole partition key (origin, day): day is missing');
    const add = cost.getByRole('button', { name: 'Add day = :day' });
    await add.focus();
    await page.keyboard.press('Enter');
    await expect(query.editor).toHaveText("DELETE FROM flights.by_origin_day WHERE origin = 'SEA' AND day = :day");
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('what is no statement asks for no confirmation, and says what was meant', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("SELCT name FROM flights.airports WHERE iata = 'SEA'");
    const cost = page.getByRole('region', { name: 'Cost of the statement' });
    await expect(cost).toContainText('Did you mean SELECT?');
    await query.runAtCursor();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('alert').filter({ hasText: 'Details' })).toContainText('Did you mean SELECT?');
    await cost.getByRole('button', { name: 'Use SELECT' }).click();
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['Seattle-Tacoma Intl']);
  });

  test('a condition that does not hold is not applied, and shows what stands there', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write("INSERT INTO flights.airports (iata, name) VALUES ('SEA', 'Another') IF NOT EXISTS");
    await query.runAtCursor();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('region', { name: 'What it changes' })).toContainText('Serial consistency');
    await page.keyboard.press('Enter');
    const outcome = page.getByRole('region', { name: 'Not applied' });
    await expect(outcome.getByRole('table')).toContainText('Seattle-Tacoma Intl');
  });
});
