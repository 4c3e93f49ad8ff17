import type { Page } from 'playwright/test';
import { anotherBrowser, expect, signInAs, test } from '../fixtures/signed-in';
import { QueryPage } from '../support/query-page';

const APPROVALS = '/demo/approvals';
const KEYSPACE = 'ringside_second_person';

test.use({
  team: {
    people: { anna: 'dba', ben: 'dba' },
    roles: [{ name: 'dba', subjects: [{ group: 'dba' }], as: 'admin' }],
    cluster: { approval: {} },
  },
});

const emergency = (page: Page) => page.getByRole('status').filter({ hasText: 'Emergency pass' });

/** Asks for a statement in the editor. */
async function ask(page: Page, statement: string, reason: string): Promise<void> {
  await page.goto('/demo/query');
  const query = new QueryPage(page);
  await query.write(statement);
  await query.runAtCursor();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('This needs a second person')).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Run/ })).toHaveCount(0);
  await dialog.getByLabel('Why is it needed?').fill(reason);
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(dialog.getByText('It waits for approval')).toBeVisible();
}

/** Drops the keyspace by an emergency pass, as whoever has one. */
async function dropNow(page: Page): Promise<void> {
  await page.goto('/demo/query');
  await expect(emergency(page)).toBeVisible();
  const inTree = page.getByRole('treeitem', { name: KEYSPACE });
  await expect(inTree).toBeVisible();
  const query = new QueryPage(page);
  await query.write(`DROP KEYSPACE ${KEYSPACE}`);
  await query.runAtCursor();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(KEYSPACE);
  await dialog.getByRole('button', { name: 'Run DROP KEYSPACE' }).click();
  await expect(inTree).toHaveCount(0);
}

test('a change waits for a second person, is approved and runs once; an emergency pass is seen by everybody', async ({
  page: anna,
  browser,
  signedIn: { url },
}) => {
  await anna.goto(APPROVALS);
  await signInAs(anna, 'anna');
  await expect(anna.getByText('No changes')).toBeVisible();
  const ben = await anotherBrowser(browser, url);
  await ben.goto(APPROVALS);
  await signInAs(ben, 'ben');
  await expect(ben.getByText('No changes')).toBeVisible();

  await test.step('Anna asks, and sees that it waits', async () => {
    const replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    await ask(
      anna,
      `CREATE KEYSPACE IF NOT EXISTS ${KEYSPACE} WITH replication = ${replication}`,
      'A place for tests.',
    );
    await anna.getByRole('dialog').getByRole('link', { name: 'Open Approvals' }).click();
    await expect(anna.getByText('waits for approval')).toBeVisible();
    await anna.getByRole('button', { name: /CREATE KEYSPACE/ }).click();
    await expect(anna.getByRole('button', { name: 'Withdraw' })).toBeVisible();
    await expect(anna.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  });

  await test.step('Ben sees it without reloading, reads the statement and approves it', async () => {
    await ben.getByRole('button', { name: /CREATE KEYSPACE/ }).click();
    await expect(ben.getByRole('region', { name: 'Exactly what runs' })).toContainText(
      `CREATE KEYSPACE IF NOT EXISTS ${KEYSPACE}`,
    );
    await expect(ben.getByText('A place for tests.')).toBeVisible();
    await ben.getByRole('button', { name: 'Approve' }).click();
    await expect(ben.getByText('approved', { exact: true })).toBeVisible();
  });

  await test.step('Anna runs it, once', async () => {
    await anna.getByRole('button', { name: 'Run it now' }).click();
    await expect(anna.getByRole('status').filter({ hasText: 'Applied.' })).toBeVisible();
    await expect(anna.getByRole('button', { name: 'Run it now' })).toHaveCount(0);
  });

  await test.step('Ben refuses the next one with a reason, which Anna reads', async () => {
    await ask(anna, `CREATE TABLE ${KEYSPACE}.t (p int PRIMARY KEY)`, 'To try it.');
    await anna.getByRole('dialog').getByRole('link', { name: 'Open Approvals' }).click();
    await ben.getByRole('button', { name: /CREATE TABLE/ }).click();
    await ben.getByRole('button', { name: 'Refuse…' }).click();
    await ben.keyboard.type('Not on a Monday.');
    await ben.keyboard.press('Enter');
    await anna.getByRole('button', { name: /CREATE TABLE/ }).click();
    await expect(anna.getByText(/refused by ben.*Not on a Monday\./)).toBeVisible();
  });

  await test.step('Anna takes an emergency pass, and both see it on every page', async () => {
    await anna.getByRole('button', { name: 'Take an emergency pass…' }).click();
    await anna.keyboard.type('The shop is down.');
    await anna.getByRole('button', { name: 'Take the pass' }).click();
    await expect(emergency(anna)).toContainText('you change this cluster');
    await ben.goto('/demo/nodes');
    await expect(emergency(ben)).toContainText('anna changes this cluster without a second person');
    await expect(emergency(ben)).toContainText('The shop is down.');
    await dropNow(anna);
    await anna.goto(APPROVALS);
    await anna.getByRole('button', { name: 'End your emergency pass' }).click();
    await expect(emergency(anna)).toHaveCount(0);
  });
  await ben.context().close();
});
