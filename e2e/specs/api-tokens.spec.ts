import type { Page } from 'playwright/test';
import { anotherBrowser, expect, ringsideSchedule, signInAs, test } from '../fixtures/signed-in';

const ROLES = [
  { name: 'everybody', subjects: [{ everybody: true }], as: 'editor' },
  { name: 'dba', subjects: [{ group: 'dba' }], as: 'admin' },
];
const NIGHTLY = [
  'add',
  'nightly',
  '--cluster',
  'demo',
  '--kind',
  'export',
  '--pattern',
  '@daily',
  '--time-zone',
  'UTC',
];
const AIRPORTS = JSON.stringify({ keyspace: 'flights', table: 'airports', format: 'csv' });

test.use({ team: { people: { anna: 'analysts', carla: 'dba' }, roles: ROLES } });

/** Chooses from the menu with a person’s name, once the page has settled. */
async function chooseTokens(page: Page, name: string) {
  await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('button', { name: `Signed in as ${name}` }).click();
  await page.getByRole('menuitem', { name: 'API tokens…' }).click();
  return page.getByRole('dialog');
}

/** Signs in and opens the tokens of a person. */
async function openTokens(page: Page, name: string) {
  await page.goto('/demo');
  await signInAs(page, name);
  return chooseTokens(page, name);
}

/** Makes a token and takes its text, which is shown once. */
async function make(dialog: ReturnType<Page['getByRole']>, name: string, isReadOnly: boolean): Promise<string> {
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('checkbox', { name: /Read-only/ }).setChecked(isReadOnly);
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  const shown = dialog
    .getByRole('region', { name: `The token ${name}` })
    .locator('code')
    .first();
  const text = (await shown.textContent()) ?? '';
  expect(text).toMatch(/^rs_[0-9A-Za-z]{49}$/);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(dialog.getByText(text)).toHaveCount(0);
  return text;
}

test.describe('API tokens of a Ringside where people sign in', () => {
  test('I make one, ringside schedule uses it at the prompt, I revoke it, and the prompt is refused', async ({
    page,
    signedIn: { url },
  }) => {
    const none = ringsideSchedule(url, ['list']);
    expect(none.status).toBe(1);
    expect(none.text).toContain('this command needs an API token there');
    expect(none.text).toContain('RINGSIDE_TOKEN');

    const dialog = await openTokens(page, 'anna');
    const reader = await make(dialog, 'reader', true);
    const writer = await make(dialog, 'nightly export', false);
    const refused = ringsideSchedule(url, [...NIGHTLY, '--request', '-'], reader, AIRPORTS);
    expect([refused.status, refused.text]).toEqual([1, expect.stringContaining('reader is read-only')]);
    const added = ringsideSchedule(url, [...NIGHTLY, '--request', '-'], writer, AIRPORTS);
    expect([added.status, added.text]).toEqual([0, expect.stringContaining('✓ nightly')]);
    // They are her schedules, also for the token that only reads.
    expect(ringsideSchedule(url, ['list'], reader).text).toMatch(/^nightly\t/);

    await page.reload();
    await chooseTokens(page, 'anna');
    const tokens = page.getByRole('list', { name: 'Your tokens' });
    await expect(tokens.getByRole('listitem').filter({ hasText: 'nightly export' })).toContainText('from 127.0.0.1');
    await tokens.getByRole('button', { name: 'Revoke nightly export' }).click();
    await expect(tokens.getByRole('listitem').filter({ hasText: 'nightly export' })).toContainText('revoked');
    const after = ringsideSchedule(url, ['list'], writer);
    expect([after.status, after.text]).toEqual([1, expect.stringContaining('opens nothing here')]);
    expect(ringsideSchedule(url, ['list'], reader).status).toBe(0);
  });

  test('as an admin I find somebody’s token and end it, and the audit says what it did', async ({
    page: anna,
    browser,
    signedIn: { url },
  }) => {
    const text = await make(await openTokens(anna, 'anna'), 'backup', false);
    expect(ringsideSchedule(url, [...NIGHTLY, '--request', '-'], text, AIRPORTS).status).toBe(0);
    const carla = await anotherBrowser(browser, url);
    const dialog = await openTokens(carla, 'carla');
    await dialog.getByRole('button', { name: 'Show everybody’s tokens' }).click();
    const annas = dialog.getByRole('region', { name: 'Tokens of anna' });
    await annas.getByRole('button', { name: 'End backup' }).click();
    await expect(annas).toHaveCount(0);
    expect(ringsideSchedule(url, ['list'], text).text).toContain('opens nothing here');
    await carla.goto('/demo/audit');
    await expect(carla.getByText('An API token ended because an admin ended it').first()).toBeVisible();
    await expect(carla.getByText('by token backup').first()).toBeVisible();
    await carla.context().close();
  });
});
