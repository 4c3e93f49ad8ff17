import type { Page } from 'playwright/test';
import { anotherBrowser, expect, signInAs, test } from '../fixtures/signed-in';
import { QueryPage } from '../support/query-page';

const ROLES = [
  { name: 'everybody', subjects: [{ everybody: true }], as: 'viewer' },
  { name: 'reports', subjects: [{ group: 'analysts' }], as: 'editor', keyspaces: ['flights'] },
  { name: 'nodes', subjects: [{ group: 'ops' }], as: 'operator' },
  { name: 'dba', subjects: [{ group: 'dba' }], as: 'admin' },
];
const SEATTLE = "SELECT name FROM flights.airports WHERE iata = 'SEA'";

test.use({ team: { people: { anna: 'analysts', ben: 'ops', carla: 'dba' }, roles: ROLES } });

/** Chooses from the menu with the person's name. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Signed in as ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function signedInAs(page: Page, name: string, path = '/demo'): Promise<Page> {
  await page.goto(path);
  await signInAs(page, name);
  await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible();
  return page;
}

test.describe('People of a Ringside where they sign in', () => {
  test('I change my password: a common one is refused, my other browser is signed out, and the new one works', async ({
    page,
    browser,
    signedIn: { url },
  }) => {
    await signedInAs(page, 'anna');
    const other = await signedInAs(await anotherBrowser(browser, url), 'anna');
    await choose(page, 'anna', 'Change your password…');
    const form = page.getByRole('form', { name: 'Change your password' });
    const fill = async (current: string, password: string) => {
      await form.getByLabel('Current password').fill(current);
      await form.getByLabel('New password', { exact: true }).fill(password);
      await form.getByLabel('New password once more').fill(password);
      await form.getByRole('button', { name: 'Change' }).click();
    };
    await fill('not the phrase', 'a phrase for anna alone');
    await expect(form.getByRole('alert')).toContainText('The current password is not right');
    await fill('a phrase for everybody', '1qaz2wsx3edc');
    await expect(form.getByRole('alert')).toContainText('most common');
    await fill('a phrase for everybody', 'a phrase for anna alone');
    await expect(page.getByText('Your password was changed')).toBeVisible();
    await expect(form).toHaveCount(0);
    await other.goto('/demo/query');
    await expect(other).toHaveURL(/\/sign-in/);
    await signInAs(other, 'anna', 'a phrase for everybody');
    await expect(other.getByRole('alert').first()).toContainText('not right');
    await signInAs(other, 'anna', 'a phrase for anna alone');
    await expect(other).toHaveURL(/\/demo\/query$/);
    // This browser went on with a session of its own.
    await page.goto('/demo/query');
    await expect(page).toHaveURL(/\/demo\/query$/);
    await other.context().close();
  });

  test('as an admin I find somebody’s sessions and end them; somebody else is not offered that', async ({
    page: carla,
    browser,
    signedIn: { url },
  }) => {
    await signedInAs(carla, 'carla');
    const bens = [];
    for (let count = 0; count < 2; count++) bens.push(await signedInAs(await anotherBrowser(browser, url), 'ben'));
    const [ben, phone] = bens as [Page, Page];
    await choose(ben, 'ben', 'Your sessions…');
    await expect(ben.getByRole('dialog', { name: 'Your sessions' }).getByRole('listitem')).toHaveCount(2);
    await expect(ben.getByRole('button', { name: 'Show everybody’s sessions' })).toHaveCount(0);

    await choose(carla, 'carla', 'Your sessions…');
    await carla.getByRole('button', { name: 'Show everybody’s sessions' }).click();
    await carla.getByRole('searchbox', { name: 'Search people and sessions' }).fill('ben ops');
    const part = carla.getByRole('region', { name: 'Sessions of ben' });
    await expect(carla.getByRole('region', { name: 'Sessions of carla' })).toHaveCount(0);
    await part.getByRole('button', { name: 'End all 2 sessions' }).click();
    await expect(part).toHaveCount(0);
    for (const each of [ben, phone]) {
      await each.goto('/demo/query');
      await expect(each).toHaveURL(/\/sign-in/);
      await each.context().close();
    }
    await carla.goto('/demo/audit');
    await expect(carla.getByText('A session ended because an admin ended it').first()).toBeVisible();
  });

  test('I see what I may do and by which rule, and an admin sees it of me', async ({
    page: anna,
    browser,
    signedIn: { url },
  }) => {
    await signedInAs(anna, 'anna', '/demo/keyspaces/flights/airports');
    await choose(anna, 'anna', 'What may I do?');
    const rowOf = (page: Page, verb: string) =>
      page
        .getByRole('dialog')
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: verb, exact: true }) });
    await expect(rowOf(anna, 'write')).toContainText('role reports');
    await expect(rowOf(anna, 'ddl')).toContainText('needs ddl');
    await expect(anna.getByRole('button', { name: 'Ask about somebody else' })).toHaveCount(0);
    await anna.getByRole('combobox', { name: 'Keyspace' }).selectOption({ label: 'All of the cluster demo' });
    await expect(rowOf(anna, 'write')).toContainText('partly');

    const carla = await signedInAs(await anotherBrowser(browser, url), 'carla', '/demo/keyspaces/flights/airports');
    await choose(carla, 'carla', 'What may I do?');
    await expect(rowOf(carla, 'admin')).toContainText('role dba');
    await carla.getByRole('button', { name: 'Ask about somebody else' }).click();
    const somebody = carla.getByRole('form', { name: 'Somebody else' });
    await somebody.getByLabel('Name').fill('ben');
    await somebody.getByRole('button', { name: 'Show' }).click();
    await expect(carla.getByRole('dialog', { name: 'What may ben do, and by which rule?' })).toBeVisible();
    await expect(rowOf(carla, 'operate')).toContainText('role nodes');
    await expect(rowOf(carla, 'read')).toContainText('needs read on flights.airports');
    // Whoever has not signed in yet, by the groups that they will have.
    await somebody.getByLabel('Name').fill('dora');
    await somebody.getByLabel('Signs in with').selectOption('oidc');
    await somebody.getByLabel('Groups').fill('analysts');
    await somebody.getByRole('button', { name: 'Show' }).click();
    await expect(rowOf(carla, 'read')).toContainText('role reports');
    await carla.context().close();
  });

  test('what I save for myself nobody else sees, and what I share everybody does', async ({
    page: anna,
    browser,
    signedIn: { url },
  }) => {
    await signedInAs(anna, 'anna', '/demo/query');
    const query = new QueryPage(anna);
    const save = async (name: string, who: string) => {
      await query.write(`${SEATTLE} -- ${name}`);
      await anna.keyboard.press('Control+s');
      const dialog = anna.getByRole('dialog');
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByLabel('Seen by').selectOption(who);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog).toHaveCount(0);
      await anna.getByRole('button', { name: 'New statement' }).click();
    };
    await save('only mine', 'Only you');
    await save('for us', 'Everyone');

    const ben = await signedInAs(await anotherBrowser(browser, url), 'ben', '/demo/query');
    await ben.getByRole('button', { name: 'Saved statements' }).click();
    const listed = ben.getByRole('complementary', { name: 'Saved statements' });
    await expect(listed.getByRole('button', { name: /^for us/ })).toBeVisible();
    await expect(listed.getByText('only mine')).toHaveCount(0);
    await listed.getByRole('button', { name: /^for us/ }).click();
    await expect(new QueryPage(ben).editor).toHaveText(`${SEATTLE} -- for us`);
    // Her address brings him what one that never was brings.
    await ben.goto(`/demo/query?saved=${encodeURIComponent('private:/only mine')}`);
    await expect(ben.getByText('There is no saved statement only mine.')).toBeVisible();
    await ben.context().close();
  });

  test('the history shows me what others ran only with operate and the right on its tables', async ({
    page: anna,
    browser,
    signedIn: { url },
  }) => {
    await signedInAs(anna, 'anna', '/demo/query');
    const query = new QueryPage(anna);
    await query.write(SEATTLE);
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveCount(1);
    const seen = async (page: Page) => {
      await page.getByRole('button', { name: 'History', exact: true }).click();
      return page.getByRole('complementary', { name: 'History' });
    };
    await expect((await seen(anna)).getByText(SEATTLE).first()).toBeVisible();
    // An operator may not read the table; a person without operate does not see others' runs at all.
    const ben = await signedInAs(await anotherBrowser(browser, url), 'ben', '/demo/query');
    await expect((await seen(ben)).getByText('No history yet')).toBeVisible();
    const carla = await signedInAs(await anotherBrowser(browser, url), 'carla', '/demo/query');
    await expect((await seen(carla)).getByText(SEATTLE).first()).toBeVisible();
    for (const each of [ben, carla]) await each.context().close();
  });
});
