import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { chooseOption, pressOn, tabTo } from '../support/keyboard';
import { RingRail, seenRows } from '../support/rail';

const TABLE = '/demo/keyspaces/flights/by_origin_day';
const AIRPORTS = '/demo/keyspaces/flights/airports';

async function open(page: Page, path: string): Promise<ResultGrid> {
  await page.goto(path);
  const grid = new ResultGrid(page);
  await expect(grid.row(1)).toBeVisible();
  return grid;
}

/** A button, link or field of the page itself, not of an overlay. */
const inMain = (page: Page) => page.getByRole('main');

test.describe('A table without a mouse', () => {
  test('a filter is built, agreed to, run, stopped and taken away', async ({ page }) => {
    const grid = await open(page, `${TABLE}?pageRows=100`);
    const filter = inMain(page).getByRole('button', { name: 'Filter', exact: true });
    await pressOn(page, filter);
    const form = page.getByRole('dialog', { name: 'Add a filter' });
    await expect(form.getByRole('textbox', { name: 'Value' })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await chooseOption(page, form.getByRole('combobox', { name: 'Column' }), 'distance');
    await page.keyboard.press('Tab');
    await chooseOption(page, form.getByRole('combobox', { name: 'Operator' }), '>');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Not read: distance is not in the key and has no index')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(form).toBeHidden();
    await expect(filter).toBeFocused();

    const ask = page.getByRole('button', { name: 'Read with filtering…' });
    const dialog = page.getByRole('dialog', { name: 'Read with ALLOW FILTERING?' });
    await pressOn(page, ask);
    await expect(dialog).toContainText('distance > 0 ALLOW FILTERING');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(ask).toBeFocused();
    await page.keyboard.press('Enter');
    await pressOn(page, dialog.getByRole('button', { name: 'Read with filtering', exact: true }));
    await expect(grid.row(1)).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(grid.root).toBeFocused();

    await pressOn(page, grid.bar.getByRole('button', { name: 'Read on' }));
    await expect(grid.bar.getByRole('button', { name: 'Stop' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(grid.lastWord('Stopped by you')).toBeVisible();
    await expect(grid.bar.getByRole('button', { name: 'Resume' })).toBeFocused();

    await pressOn(page, page.getByRole('button', { name: 'Do not allow filtering' }));
    await expect(page.getByText('Not read: distance is not in the key and has no index')).toBeVisible();
    await expect(filter).toBeFocused();
    await pressOn(page, page.getByRole('button', { name: 'Remove the filter distance > 0' }));
    await expect(filter).toBeFocused();
    await expect(grid.row(1)).toBeVisible();
  });

  test('its stats and a sample are opened', async ({ page }) => {
    await open(page, AIRPORTS);
    await pressOn(page, page.getByRole('link', { name: 'Stats' }));
    await expect(page).toHaveURL(/\/airports\/stats$/);
    await expect(page.getByRole('table', { name: 'The table by node' })).toBeVisible();
    await pressOn(page, page.getByRole('button', { name: 'Read a sample' }));
    await expect(page.getByRole('table', { name: 'Columns of airports, by the sample' })).toBeVisible();
    await expectFocusInPage(page);
  });

  test('a view is saved, opened, renamed and deleted', async ({ page }) => {
    const grid = await open(page, `${AIRPORTS}?${new URLSearchParams({ columns: '["iata","name"]' })}`);
    const view = inMain(page).getByRole('button', { name: /^View/ });
    const views = page.getByRole('region', { name: 'Saved views' });
    await pressOn(page, view);
    const name = views.getByRole('textbox', { name: 'Name of this view' });
    await tabTo(page, name);
    await page.keyboard.type('Names');
    await page.keyboard.press('Enter');
    await expect(views.getByRole('button', { name: 'Names', exact: true })).toBeVisible();
    await expect(name).toBeFocused();

    await open(page, AIRPORTS);
    await expect(grid.root).not.toHaveAttribute('aria-colcount', '2');
    await pressOn(page, view);
    await pressOn(page, views.getByRole('button', { name: 'Names', exact: true }));
    await expect(grid.root).toHaveAttribute('aria-colcount', '2');
    await pressOn(page, views.getByRole('button', { name: 'Rename Names' }));
    await expect(views.getByRole('textbox', { name: 'New name' })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.type(' only');
    await page.keyboard.press('Enter');
    await expect(views.getByRole('button', { name: 'Names only', exact: true })).toBeFocused();
    await pressOn(page, views.getByRole('button', { name: 'Delete Names only' }));
    await expect(views.getByRole('button', { name: 'Names only', exact: true })).toHaveCount(0);
    await expect(name).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(views).toBeHidden();
    await expect(view).toBeFocused();
  });

  test('places on the ring are gone to by the rail and by Go to, and a partition is opened', async ({ page }) => {
    const grid = await open(page, TABLE);
    const rail = new RingRail(page);
    await tabTo(page, rail.root);
    for (const key of ['PageDown', 'PageDown', 'PageDown']) await page.keyboard.press(key);
    await expect.poll(() => rail.percent()).toBeGreaterThan(28);
    await expect(rail.root).toBeFocused();

    const goTo = inMain(page).getByRole('button', { name: /^Go to( ·|$)/ });
    const menu = page.getByRole('dialog', { name: 'Go to' });
    await pressOn(page, goTo);
    await expect(menu.getByRole('button', { name: 'First rows' })).toBeFocused();
    await tabTo(page, menu.getByRole('textbox', { name: 'Token' }));
    await page.keyboard.type('0');
    await page.keyboard.press('Enter');
    await expect.poll(() => rail.percent()).toBeGreaterThan(49);
    await expect(goTo).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(goTo).toBeFocused();

    const origin = page.getByRole('textbox', { name: 'origin text' });
    await tabTo(page, origin);
    await page.keyboard.type('ILE');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2001-01-02');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await seenRows(grid.root))[0]?.slice(0, 2)).toEqual(['ILE', '2001-01-02']);
    await page.keyboard.press('Escape');
    await expect(origin).toBeFocused();
    await expect(rail.root).toBeVisible();
  });

  test('a nested value is walked and searched in the inspector, and its write time read', async ({ page }) => {
    const grid = await open(page, AIRPORTS);
    await tabTo(page, grid.root);
    await page.keyboard.press('ArrowDown');
    const place = (await grid.root.getByRole('columnheader').allTextContents()).findIndex((text) =>
      text.startsWith('place'),
    );
    for (let step = 0; step < place; step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector.getByRole('heading', { name: 'place' })).toBeVisible();
    const tree = inspector.getByRole('tree', { name: 'Value' });
    await expect(tree).toBeVisible();
    await page.keyboard.press('Space');
    await tabTo(page, tree);
    await page.keyboard.press('ArrowDown');
    await expect(tree.getByRole('treeitem', { selected: true })).toContainText('city');
    await pressOn(page, inspector.getByRole('button', { name: 'Write time and TTL' }));
    await expect(inspector).toContainText('Written');
    await page.keyboard.press('Escape');
    await expect(inspector).toHaveCount(0);
    await expect(grid.root).toBeFocused();
    await expect(grid.selected()).toHaveCount(1);
  });

  test('the age lens is opened and closed', async ({ page }) => {
    const grid = await open(page, AIRPORTS);
    await pressOn(page, grid.bar.getByRole('button', { name: /^Age lens/ }));
    const lens = page.getByRole('region', { name: 'Age lens' });
    await expect(lens).toContainText('rows read');
    await pressOn(page, lens.getByRole('button', { name: 'Close the age lens' }));
    await expect(lens).toHaveCount(0);
    await expect(grid.root).toBeFocused();
  });

  test('the view is exported', async ({ page }) => {
    await open(page, `${AIRPORTS}?${new URLSearchParams({ columns: '["iata","name"]' })}`);
    await pressOn(page, inMain(page).getByRole('link', { name: 'Export', exact: true }));
    await expect(page.getByRole('combobox', { name: 'Table' })).toHaveValue('airports');
    const csv = page.getByRole('radio', { name: 'CSV' });
    await tabTo(page, page.getByRole('group', { name: 'Format' }).getByRole('radio', { checked: true }));
    for (let step = 0; step < 6 && !(await csv.isChecked()); step += 1) await page.keyboard.press('ArrowRight');
    await expect(csv).toBeChecked();
    const started = page.waitForEvent('download');
    await pressOn(page, page.getByRole('button', { name: 'Download' }));
    expect(await (await started).failure()).toBeNull();
    await expect(page.getByRole('article', { name: 'Export of flights.airports' }).first()).toContainText('Complete');
  });
});

/** The focused element may be gone; the next Tab must not start at the top of the page. */
async function expectFocusInPage(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
}
