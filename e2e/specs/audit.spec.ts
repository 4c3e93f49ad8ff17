import { expect, signInAs, test } from '../fixtures/signed-in';
import { QueryPage } from '../support/query-page';

test('I see who ran what, who was refused, and look for one person', async ({ page }) => {
  await page.goto('/demo/query');
  await signInAs(page, 'anna', 'not the phrase');
  await expect(page.getByRole('form', { name: 'Sign in' }).getByRole('alert')).toContainText(
    'The name or the password is not right.',
  );
  await signInAs(page, 'anna');
  const query = new QueryPage(page);
  await query.write("SELECT iata FROM flights.airports WHERE iata = 'SEA'");
  await query.runAtCursor();
  await expect(query.result.cells(1)).toHaveText(['SEA']);

  await page.getByRole('button', { name: 'Signed in as anna' }).click();
  await page.getByRole('menuitem', { name: 'Audit' }).click();
  await expect(page).toHaveURL(/\/demo\/audit$/);
  const lines = page.getByRole('list', { name: 'Lines' }).getByRole('listitem');
  await expect(lines.filter({ hasText: 'POST /api/sign-in' }).filter({ hasText: 'refused' })).toContainText('as anna');
  await page.getByRole('button', { name: 'Only lines of anna' }).first().click();
  await page.getByLabel('Keyspace or table').fill('flights.airports');
  await expect(page).toHaveURL(/person=anna&table=flights\.airports/);
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText("SELECT iata FROM flights.airports WHERE iata = 'SEA'");
  await expect(lines).toContainText(/1 row · .* · coordinated by/);
});
