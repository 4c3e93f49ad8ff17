import type { Page } from 'playwright/test';
import { expect, START_MS, test } from '../fixtures/guarded-node';

const PASSWORD = 'only for this test';

/** Agrees to the statements that are shown, and waits until all are done. */
async function run(page: Page, shown: RegExp): Promise<void> {
  const review = page.getByRole('dialog', { name: /^Run \d+ statements? on Managed\?$/ });
  await expect(review.getByRole('region', { name: 'Statements to run' })).toContainText(shown);
  await review.getByRole('button', { name: /^Run \d+ statement/ }).click();
  const end = page.getByRole('dialog', { name: /^Done$|are done$/ });
  await end.getByRole('button', { name: 'Close' }).last().click();
}

test('I see who may do what, give a colleague a role with rights, and take it back; no password is kept', {
  tag: '@alone',
}, async ({ page, root }) => {
  test.setTimeout(START_MS);
  await root.execute('CREATE ROLE IF NOT EXISTS analysts');
  await root.execute('GRANT SELECT ON KEYSPACE shop TO analysts');

  // As a role without rights, the page says what is missing.
  await page.goto('/guarded/roles');
  await expect(page.getByRole('note')).toContainText('GRANT DESCRIBE ON ALL ROLES TO reader');

  await page.goto('/managed/roles');
  await page.getByRole('button', { name: 'Create a role…' }).click();
  await page.getByLabel('Name', { exact: true }).fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Review…' }).click();
  await run(page, /CREATE ROLE ada WITH PASSWORD = '•••' AND LOGIN = true AND SUPERUSER = false/);

  const roles = page.getByRole('table', { name: 'Roles and users' });
  await roles.getByRole('button', { name: 'ada' }).click();
  const ada = page.getByRole('region', { name: 'ada', exact: true });
  await ada.getByRole('button', { name: 'Grant a role…' }).click();
  await page.getByLabel('Role to grant').selectOption('analysts');
  await page.getByRole('button', { name: 'Review…' }).click();
  await run(page, /GRANT analysts TO ada/);
  await expect(ada.getByRole('row', { name: /SELECT.*keyspace shop/ })).toContainText('by analysts');

  await page.getByLabel('Keyspace to ask about').selectOption('shop');
  await page.getByLabel('Table to ask about').selectOption('orders');
  const holders = page.getByRole('table', { name: 'Who may do what on shop.orders' });
  await expect(holders.getByRole('row', { name: /^ada/ })).toContainText('SELECT on keyspace shop, by analysts');
  await expect(holders.getByRole('row', { name: /^cassandra/ })).toContainText('everything: superuser');

  await ada.getByRole('button', { name: 'Drop…' }).click();
  await page.getByLabel('Type ada to confirm').fill('ada');
  await run(page, /DROP ROLE ada/);
  await expect(roles.getByRole('button', { name: 'ada' })).toHaveCount(0);

  const history = await page.request.get('/api/clusters/managed/history', { headers: { 'X-Ringside': '1' } });
  const kept = await history.text();
  expect(kept).toContain('CREATE ROLE ada');
  expect(kept).not.toContain(PASSWORD);
});
