import { expect, test } from '../fixtures/test';
import { QueryPage } from '../support/query-page';

const search = (parts: Readonly<Record<string, string>>) => new URLSearchParams(parts).toString();

test.describe('A link that was damaged on its way', () => {
  test('to an export says what cannot be read, starts nothing, and fills in the rest', async ({ page }) => {
    const filters = [
      { column: 'origin', operator: '=', value: 'SEA' },
      { column: 'delay', operator: 'above', value: 60 },
    ];
    const place = { keyspace: 'flights', table: 'by_origin_day' };
    await page.goto(`/demo/exports?${search({ ...place, filters: JSON.stringify(filters), consistency: 'MOST' })}`);
    const main = page.getByRole('main');
    await expect(main.getByText('Not filled in: the address of this export is damaged')).toBeVisible();
    await expect(main.getByRole('listitem').filter({ hasText: 'filters: expected a list of filters' })).toBeVisible();
    await expect(main.getByRole('listitem').filter({ hasText: 'consistency: expected a consistency' })).toBeVisible();
    await expect(main.getByText('What can be read: flights.by_origin_day; origin = "SEA".')).toBeVisible();
    await expect(main.getByRole('button', { name: 'Download', exact: true })).toHaveCount(0);
    await main.getByRole('button', { name: 'Fill in what can be read' }).click();
    await expect(main.getByText('origin = "SEA"', { exact: true })).toBeVisible();
    await expect(main.getByRole('combobox', { name: 'Table' })).toHaveValue('by_origin_day');

    await page.goto(`/demo/exports?${search({ filters: 'bad' })}`);
    await main.getByRole('button', { name: 'Start with an empty form' }).click();
    await expect(main.getByRole('combobox', { name: 'Keyspace' })).toHaveValue('');
    await expect(page).toHaveURL(/\/exports$/);
  });

  test('to a statement fills it in, and names what it could not use', async ({ page }) => {
    const query = new QueryPage(page);
    const statement = 'SELECT * FROM flights.airports WHERE iata = :code';
    await page.goto(`/demo/query?${search({ statement, values: '{"code":' })}`);
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText(
      'Not used from this link: values: not valid JSON.',
    );
    await expect(query.editor).toHaveText(statement);
    await expect(page).toHaveURL(/\/query$/);
  });

  test('to a trace opens the field with what it brought', async ({ page }) => {
    await page.goto('/demo/query?trace=4f5c0d30-8a5e');
    const dialog = page.getByRole('dialog', { name: 'Trace by id' });
    await expect(dialog.getByRole('textbox')).toHaveValue('4f5c0d30-8a5e');
    await expect(dialog.getByRole('alert')).toContainText('There is no UUID in it.');
  });

  test('to a place on the ring says why nothing was looked up', async ({ page }) => {
    await page.goto(`/demo/ring?${search({ keyspace: 'flights', table: 'by_origin_day', key: 'SEA' })}`);
    await expect(
      page.getByText('Nothing was looked up: the address has 1 value for a key of 2 columns.'),
    ).toBeVisible();
    await expect(page.getByRole('textbox', { name: /origin/ })).toHaveValue('SEA');
  });
});
