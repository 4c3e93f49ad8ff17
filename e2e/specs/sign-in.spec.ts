import { anotherBrowser, expect, ringside, signInAs, test } from '../fixtures/signed-in';
import { expectForEverybody, LOOKED_AT_MS } from '../support/for-everybody';
import { QueryPage } from '../support/query-page';

const TABLE = '/demo/keyspaces/flights/airports';

test.describe('A Ringside where people sign in', () => {
  test('I open a link, sign in, and am where the link leads', async ({ page }) => {
    await page.goto(TABLE);
    await expect(page).toHaveURL(/\/sign-in\?to=/);
    await expect(page.getByText('demo')).toHaveCount(0);
    await signInAs(page, 'anna', 'not the phrase');
    await expect(page.getByRole('form', { name: 'Sign in' }).getByRole('alert')).toContainText(
      'The name or the password is not right.',
    );
    await expect(page.getByLabel('Password')).toHaveValue('');
    await signInAs(page, 'Anna');
    await expect(page).toHaveURL(new RegExp(`${TABLE}$`));
    await page.getByRole('button', { name: 'Signed in as anna' }).click();
    await expect(page.getByText('analysts')).toBeVisible();
  });

  test('the page that signs people in is for everybody, light and dark, on a phone and on a desk', async ({ page }) => {
    test.setTimeout(LOOKED_AT_MS);
    await page.goto('/sign-in?problem=late');
    await expect(page.getByRole('link', { name: 'Sign in with Company' })).toBeVisible();
    await expectForEverybody(page);
  });

  test('I sign in at my company’s provider, and sign out there too', async ({ page }) => {
    await page.goto(TABLE);
    await page.getByRole('link', { name: 'Sign in with Company' }).click();
    await page.getByPlaceholder('Enter any login').fill('id-of-dora');
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(new RegExp(`${TABLE}$`));
    await page.getByRole('button', { name: 'Signed in as dora' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goto(TABLE);
    await page.getByRole('link', { name: 'Sign in with Company' }).click();
    await expect(page.getByPlaceholder('Enter any login')).toBeVisible();
  });

  test('two people at once: each has their own jobs, and one who is removed can do nothing more', async ({
    page,
    browser,
    signedIn: { url },
  }) => {
    await page.goto('/');
    await signInAs(page, 'anna');
    await expect(page).toHaveURL(/\/demo$/);
    const query = new QueryPage(page);
    await page.goto('/demo/query');
    await query.write("SELECT iata FROM flights.airports WHERE iata = 'SEA'");
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['SEA']);

    const ben = await anotherBrowser(browser, url);
    await ben.goto('/demo/exports');
    await signInAs(ben, 'ben');
    await expect(ben).toHaveURL(/\/demo\/exports$/);

    ringside(['user', 'remove', 'anna']);
    await expect(page.getByText('Your session has ended.', { exact: true })).toBeVisible();
    await expect(query.editor).toContainText('SELECT iata');
    await expect(ben.getByRole('button', { name: 'Signed in as ben' })).toBeVisible();
    await ben.context().close();
  });

  test('I see where I am signed in, end one of them, and sign out', async ({ page, browser, signedIn: { url } }) => {
    const elsewhere = await anotherBrowser(browser, url);
    for (const each of [page, elsewhere]) {
      await each.goto('/');
      await signInAs(each, 'ben');
      await expect(each).toHaveURL(/\/demo$/);
    }
    await page.getByRole('button', { name: 'Signed in as ben' }).click();
    await page.getByRole('menuitem', { name: 'Your sessions…' }).click();
    const sessions = page.getByRole('dialog', { name: 'Your sessions' });
    await expect(sessions.getByText('this browser')).toBeVisible();
    await sessions.getByRole('button', { name: 'End' }).first().click();
    await expect(elsewhere.getByText('Your session has ended.', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Signed in as ben' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.goto(TABLE);
    await expect(page).toHaveURL(/\/sign-in\?to=/);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    await elsewhere.context().close();
  });
});
