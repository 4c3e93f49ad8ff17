import { expect, test } from '../fixtures/test';

/** Ringside looks at the schema every 20 s, and the page at the events every 10 s. */
const SEEN = { timeout: 60_000 };

test.describe('See what happened to the cluster', () => {
  test('I see what a colleague changed in the schema, property by property, and open the table', async ({
    page,
    scratch,
  }) => {
    await scratch.table('orders', 'id int PRIMARY KEY');
    await page.goto('/demo');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Events' }).click();
    await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
    await page.getByRole('combobox', { name: 'About' }).selectOption('Schema');
    await expect(page).toHaveURL(/about=schema/);
    const items = page.getByRole('main').getByRole('listitem');
    await expect(items.filter({ hasText: `Keyspace ${scratch.keyspace} was added` }).first()).toBeAttached(SEEN);
    await scratch.run(`ALTER TABLE ${scratch.keyspace}.orders WITH gc_grace_seconds = 3600`);
    const changed = items.filter({ hasText: `Table ${scratch.keyspace}.orders was changed` }).first();
    await expect(changed).toContainText('gc_grace_seconds: 864000 → 3600', SEEN);
    // What others changed within the same 20 s is in one event with it.
    if ((await changed.locator('summary').count()) > 0) await changed.locator('summary').click();
    await changed
      .getByRole('link', { name: `Open ${scratch.keyspace}.orders` })
      .first()
      .click();
    await expect(page.getByText('gc_grace_seconds = 3600')).toBeVisible();
  });

  test('an address that asks for what is not known says so, and shows all', async ({ page }) => {
    await page.goto('/demo/events?about=weather');
    await expect(page.getByRole('note')).toContainText('about: expected one of nodes, schema.');
    await expect(page.getByText('Ringside began to watch').first()).toBeVisible();
  });
});
