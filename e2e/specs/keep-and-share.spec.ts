import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { clearClipboard, clipboardText } from '../support/clipboard';
import { QueryPage, runsStatement } from '../support/query-page';

const AIRPORT = "SELECT name FROM flights.airports WHERE iata = 'SEA'";
/** 24 KB: no address holds it. */
const LONG = `SELECT iata FROM flights.airports WHERE iata IN (${Array.from({ length: 3_000 }, (_, at) => `'X${at}'`).join(', ')}, 'SEA')`;

/** Tests share the server's directory of statements. */
function folderOf(name: string): string {
  return `e2e ${name} ${Math.random().toString(36).slice(2)}`;
}

/** Somebody else's browser. */
async function another(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
  return context.newPage();
}

/** Saves the tab in front under a new name, by keys alone. */
async function saveAs(page: Page, folder: string, name: string): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.insertText(name);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name, exact: true })).toBeVisible();
}

const tabs = (page: Page) => page.getByRole('tablist', { name: 'Statements' }).getByRole('tab');
const saved = (page: Page) => page.getByRole('complementary', { name: 'Saved statements' });

test.describe('Keeping and sharing statements', () => {
  test('I save by keys, see what is unsaved, and a colleague opens it without running it', async ({
    page,
    browser,
    baseURL,
  }) => {
    const folder = folderOf('save');
    const query = new QueryPage(page);
    await query.open();
    await query.write(AIRPORT);
    const name = `Seattle ${folder}`;
    await saveAs(page, folder, name);
    await query.editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' -- mine');
    await expect(tabs(page)).toHaveText([/Seattle.*unsaved/]);
    await page.reload();
    await expect(query.editor).toContainText('-- mine');
    await expect(tabs(page)).toHaveText([/Seattle.*unsaved/]);
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('tab', { name, exact: true })).toBeVisible();

    const theirs = await another(browser, baseURL);
    const runs: string[] = [];
    theirs.on('request', (request) => runsStatement(request) && runs.push(request.url()));
    await theirs.goto('/demo/query');
    await theirs.getByRole('button', { name: 'Saved statements' }).click();
    await theirs.getByRole('searchbox', { name: 'Search saved statements' }).fill(folder);
    await saved(theirs)
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
    await expect(new QueryPage(theirs).editor).toHaveText(`${AIRPORT} -- mine`);
    await expect(theirs.getByText('No result yet')).toBeVisible();
    expect(runs).toEqual([]);
    await theirs.context().close();
  });

  test('a password stays on the page: it is neither saved nor kept as a draft, and is asked for before it runs', async ({
    page,
  }) => {
    const folder = folderOf('password');
    const query = new QueryPage(page);
    const canary = 'canary-7f3a';
    const without = "ALTER ROLE e2e_nobody WITH PASSWORD = '•••'";
    await query.open();
    await query.write(without.replace('•••', canary));
    const name = `Role ${folder}`;
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/statements'));
    await saveAs(page, folder, name);
    expect(await (await answer).text()).not.toContain(canary);
    await expect(page.getByText('without its password: passwords are never kept')).toBeVisible();
    await expect(query.editor).toContainText(canary);
    await page.reload();
    await expect(query.editor).toHaveText(without);
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      canary,
    );
    await expect(page.getByText('A password was not kept')).toBeVisible();
  });

  test('two people change one statement: the second one sees both, and nothing is lost', async ({
    page,
    browser,
    baseURL,
  }) => {
    const folder = folderOf('conflict');
    const query = new QueryPage(page);
    await query.open();
    await query.write(AIRPORT);
    await saveAs(page, folder, 'both');
    const theirs = await another(browser, baseURL);
    await theirs.goto(`/demo/query?saved=${encodeURIComponent(`${folder}/both`)}`);
    const their = new QueryPage(theirs);
    await expect(their.editor).toHaveText(AIRPORT);
    await their.write('SELECT 1 -- theirs');
    await theirs.keyboard.press('Control+s');
    await expect(theirs.getByRole('tab', { name: 'both', exact: true })).toBeVisible();

    await query.write('SELECT 2 -- mine');
    await page.keyboard.press('Control+s');
    const conflict = page.getByRole('dialog', { name: `${folder}/both has changed` });
    await expect(conflict.getByRole('figure', { name: 'Yours' })).toContainText('SELECT 2 -- mine');
    await expect(conflict.getByRole('figure', { name: /^Theirs/ })).toContainText('SELECT 1 -- theirs');
    await expect(conflict.getByRole('button', { name: 'Keep mine as a copy' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Save these statements' }).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('tab', { name: 'both copy', exact: true })).toBeVisible();

    await their.write('SELECT 3 -- theirs again');
    await theirs.keyboard.press('Control+s');
    await expect(theirs.getByRole('tab', { name: 'both', exact: true })).toBeVisible();
    await page.goto(`/demo/query?saved=${encodeURIComponent(`${folder}/both`)}`);
    await expect(query.editor).toHaveText('SELECT 3 -- theirs again');
    await theirs.context().close();
  });

  test('I rename, move, import and delete by mouse', async ({ page }) => {
    const folder = folderOf('move');
    const query = new QueryPage(page);
    await query.open();
    await query.write(AIRPORT);
    await saveAs(page, folder, 'first');
    await tabs(page).first().dblclick();
    const move = page.getByRole('dialog', { name: 'Rename or move this statement' });
    await move.getByRole('textbox', { name: 'Name' }).fill('second');
    await move.getByRole('button', { name: 'Move' }).click();
    await expect(page.getByRole('tab', { name: 'second', exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'Saved statements' }).click();
    const name = `imported ${folder}`;
    await page
      .getByLabel('Files to import')
      .setInputFiles({ name: `${name}.cql`, mimeType: 'text/plain', buffer: Buffer.from('SELECT 1 -- no header\n') });
    await page.getByRole('searchbox', { name: 'Search saved statements' }).fill(folder);
    await saved(page)
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
    await expect(query.editor).toHaveText('SELECT 1 -- no header');

    await page.getByRole('button', { name: `What to do with ${folder}/second` }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const sure = page.getByRole('dialog', { name: `Delete ${folder}/second?` });
    await expect(sure).toContainText(AIRPORT);
    await sure.getByRole('button', { name: 'Delete' }).click();
    await expect(saved(page).getByRole('button', { name: /^second/ })).toHaveCount(0);
    await expect(tabs(page).first()).toHaveText('SELECT … airports');
  });

  test('a statement of 24 KB is linked, exported and found in the history', async ({
    page,
    context,
    browser,
    baseURL,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const query = new QueryPage(page);
    await query.open();
    await query.write(LONG);
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['SEA']);

    await clearClipboard(page);
    await page.getByRole('button', { name: 'Copy a link that fills the editor with this statement' }).click();
    await expect.poll(() => clipboardText(page)).toMatch(/^http.+\/demo\/query\?text=[\w-]{22}$/);
    const theirs = await another(browser, baseURL);
    await theirs.goto(await clipboardText(page));
    await expect(new QueryPage(theirs).editor).toContainText('SELECT iata FROM flights.airports');
    await expect(theirs.getByText('No result yet')).toBeVisible();
    await theirs.context().close();

    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page).toHaveURL(/\/demo\/exports\?text=[\w-]{22}$/);
    await expect(page.getByRole('textbox', { name: 'SELECT statement' })).toHaveValue(LONG);
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'SELECT statement' })).toHaveValue(LONG);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toContain('SEA');

    await page.goto('/demo/query');
    await page.getByRole('button', { name: 'New statement' }).click();
    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('complementary', { name: 'History' });
    await history
      .getByRole('button', { name: /characters, the beginning shown/ })
      .first()
      .click();
    await expect(query.editor).toContainText('SELECT iata FROM flights.airports');
    await expect(page.getByText('No result yet')).toBeVisible();
  });

  test('a long statement typed into the exports page leaves an address that every reload can send', async ({
    page,
  }) => {
    await page.goto('/demo/exports');
    await page.getByRole('radio', { name: 'Statement' }).click();
    await page.getByRole('textbox', { name: 'SELECT statement' }).fill(LONG);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toContain('SEA');
    expect(page.url().length).toBeLessThan(4_100);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Exports' })).toBeAttached();
  });

  test('a table with hundreds of filter values opens as a statement in the editor', async ({ page }) => {
    const value = Array.from({ length: 400 }, (_, at) => `X${at + 100}`);
    const filters = JSON.stringify([{ column: 'iata', operator: 'IN', value }]);
    await page.goto(`/demo/keyspaces/flights/airports?filters=${encodeURIComponent(filters)}`);
    await page.getByRole('button', { name: 'CQL', exact: true }).click();
    await page.getByRole('link', { name: 'Open in Query' }).click();
    const query = new QueryPage(page);
    await expect(query.editor).toContainText("'X100'");
    await expect(page).toHaveURL(/\/demo\/query$/);
    await expect(page.getByText('No result yet')).toBeVisible();
  });

  test('long filters go on to the table’s page and to its export, and the export has their rows', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    const keys = Array.from({ length: 700 }, (_, at) => `'X${at + 100}'`);
    await query.write(`SELECT * FROM flights.airports WHERE iata IN (${keys.join(', ')}, 'SEA')`);
    await query.runAtCursor();
    await expect(query.result.cells(1)).toContainText(['SEA']);
    await page.getByRole('link', { name: 'Open in table' }).click();
    await expect(page).toHaveURL(/\/demo\/keyspaces\/flights\/airports$/);
    await expect(query.result.cells(1)).toContainText(['SEA']);
    await page.getByRole('link', { name: 'Export', exact: true }).click();
    await expect(page).toHaveURL(/\/demo\/exports$/);
    await expect(page.getByRole('listitem').filter({ hasText: 'iata IN' })).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await readFile(await (await download).path(), 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  test('a change that was not made is never called done or complete', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    const word = `name${Math.random().toString(36).slice(2)}`;
    await query.write(`INSERT INTO flights.airports (iata, name) VALUES ('SEA', '${word}') IF NOT EXISTS`);
    await query.runAtCursor();
    await expect(page.getByRole('dialog').getByRole('region', { name: 'What it changes' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^not applied · [\d.]+ m?s$/)).toBeVisible();
    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('complementary', { name: 'History' });
    await page.getByRole('searchbox', { name: 'Search the history' }).fill(word);
    await expect(history.getByRole('listitem')).toContainText(['not applied']);
    await history.getByRole('combobox', { name: 'Outcome' }).selectOption('not applied');
    await history.getByRole('combobox', { name: 'When' }).selectOption('last hour');
    await expect(history.getByRole('listitem')).toHaveCount(1);
    await history.getByRole('combobox', { name: 'Outcome' }).selectOption('complete');
    await expect(history.getByText('No matches')).toBeVisible();
  });

  test('a closed tab comes back, by the toast and by keys', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write(AIRPORT);
    await page.getByRole('button', { name: 'New statement' }).click();
    await query.write('SELECT 2');
    await tabs(page).first().click();
    await page.getByRole('button', { name: 'Close this statement' }).click();
    await expect(tabs(page)).toHaveText(['SELECT 2']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(tabs(page)).toHaveText(['SELECT … airports', 'SELECT 2']);
    await expect(query.editor).toHaveText(AIRPORT);
    await tabs(page).first().focus();
    await page.keyboard.press('Delete');
    await expect(tabs(page)).toHaveText(['SELECT 2']);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Go to or do anything' });
    await expect(palette.getByRole('option').first()).toBeVisible();
    await page.keyboard.insertText('reopen');
    await expect(palette.getByRole('option').first()).toContainText('Reopen');
    await page.keyboard.press('Enter');
    await expect(query.editor).toHaveText(AIRPORT);
  });

  test('the history has writes and failures of everyone, without passwords, and filters them', async ({
    page,
    request,
  }) => {
    const word = `history${Math.random().toString(36).slice(2)}`;
    const run = (statement: string) =>
      request.post('/api/clusters/demo/query', {
        headers: { 'X-Ringside': '1' },
        data: { statement, confirm: { statement } },
      });
    await run(`SELECT ${word} FROM flights.airports`);
    await run(`CREATE ROLE ${word} WITH PASSWORD = 'hunter2-secret' AND NOTHING = true`);
    await page.goto('/demo/query');
    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('complementary', { name: 'History' });
    await page.getByRole('searchbox', { name: 'Search the history' }).fill(word);
    await expect(history.getByRole('listitem')).toHaveCount(2);
    await expect(history).not.toContainText('hunter2');
    await history.getByRole('checkbox', { name: 'Writes only' }).check();
    await expect(history.getByRole('listitem')).toHaveText([/The password was not kept/]);
    await history.getByRole('combobox', { name: 'Outcome' }).selectOption('complete');
    await expect(history.getByText('No matches')).toBeVisible();
  });

  test('drafts of two windows of one browser survive each other', async ({ page, context }) => {
    const one = new QueryPage(page);
    await one.open();
    const second = await context.newPage();
    const two = new QueryPage(second);
    await two.open();
    await one.write('SELECT 1 -- first window');
    // What comes from the other window makes the tab wider, and moves the button.
    await expect(tabs(second)).toHaveText([/^SELECT 1/]);
    await second.getByRole('button', { name: 'New statement' }).click();
    await two.write('SELECT 2 -- second window');
    await expect(tabs(page)).toHaveText([/^SELECT 1/, /^SELECT 2/]);
    await second.close();
    await page.reload();
    await expect(tabs(page)).toHaveText([/^SELECT 1/, /^SELECT 2/]);
  });
});
