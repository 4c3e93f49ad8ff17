import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { clipboardText } from '../support/clipboard';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const TABLE = 'id int, at int, delay int, note text, tags set<text>, PRIMARY KEY (id, at)';

/** Names in the header, as shown. */
async function shownNames(grid: ResultGrid): Promise<string[]> {
  const texts = await grid.root.getByRole('columnheader').locator('.font-semibold.truncate').allTextContents();
  return texts.map((text) => text.trim());
}

async function openMenu(page: Page, grid: ResultGrid, column: string) {
  await grid.menuOf(column).click();
  const menu = page.getByRole('menu').filter({ visible: true });
  await expect(menu).toBeVisible();
  return menu;
}

test.describe('Columns as I want them', () => {
  test.beforeEach(async ({ scratch, page }) => {
    await scratch.table('days', TABLE);
    for (let at = 1; at <= 3; at += 1) {
      await scratch.run(
        `INSERT INTO ${scratch.keyspace}.days (id, at, delay, note, tags) VALUES (1, ${at}, ${at * 10}, 'a rather long note number ${at}', {'low'})`,
      );
    }
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/days`);
    await expect(new ResultGrid(page).lastWord('Complete')).toBeVisible();
    await expect(new ResultGrid(page).row(1)).toBeVisible();
  });

  test('moved, hidden and pinned by the menu, kept after a reload, and back again', async ({ page }) => {
    const grid = new ResultGrid(page);
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay', 'note', 'tags']);

    await (await openMenu(page, grid, 'tags')).getByRole('menuitem', { name: 'Move left' }).click();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay', 'tags', 'note']);
    await (await openMenu(page, grid, 'delay')).getByRole('menuitem', { name: 'Hide' }).click();
    await (await openMenu(page, grid, 'note')).getByRole('menuitem', { name: 'Pin left' }).click();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'note', 'tags']);
    await expect(grid.cells(1)).toHaveText(['1', '1', 'a rather long note number 1', '{low}']);

    await page.reload();
    await expect(grid.row(1)).toBeVisible();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'note', 'tags']);

    await (await openMenu(page, grid, 'id')).getByRole('menuitem', { name: 'Hidden columns: 1…' }).click();
    await page
      .getByRole('region', { name: 'Columns' })
      .getByRole('checkbox', { name: /^delay/ })
      .check();
    await page.keyboard.press('Escape');
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'note', 'delay', 'tags']);
    await (await openMenu(page, grid, 'id')).getByRole('menuitem', { name: 'Reset all columns' }).click();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay', 'note', 'tags']);
  });

  test('hidden columns stay in the list of columns, are not copied, and are left out of an export', async ({
    page,
  }) => {
    const grid = new ResultGrid(page);
    const view = page.getByRole('main').getByRole('button', { name: /^View/ });
    const columns = page.getByRole('region', { name: 'Columns' });
    for (const name of ['delay', 'tags']) {
      await (await openMenu(page, grid, name)).getByRole('menuitem', { name: 'Hide' }).click();
    }
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'note']);
    await expect(view).toContainText('3 of 5 columns');

    await grid.cell(1, 2).click();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+C');
    await expect(page.getByText('Copied 1 row of 2 columns')).toBeVisible();
    expect(await clipboardText(page)).toBe('1\ta rather long note number 1');
    await grid.bar.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('menuitem', { name: 'As INSERT statements, with hidden columns' }).click();
    await expect.poll(() => clipboardText(page)).toContain('(id, at, delay, note, tags)');

    // One more column is not read at all; when shown again, both kinds return.
    await view.click();
    await expect(columns).toContainText('Hidden columns are still read');
    await columns.getByRole('checkbox', { name: /^note/ }).click();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at']);
    await columns.getByRole('checkbox', { name: /^delay hidden/ }).check();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay']);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Export', exact: true }).click();
    await expect(page.getByText('Columns: 3 of 5')).toBeVisible();

    await page.goBack();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay']);
    await view.click();
    await columns.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay', 'note', 'tags']);
  });

  test('dragged to another place, and as wide as I drag them or as they need', async ({ page }) => {
    const grid = new ResultGrid(page);
    const [from, to] = [await boxOf(grid, 'tags'), await boxOf(grid, 'delay')];
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x - 10, from.y + 10, { steps: 3 });
    await page.mouse.move(to.x + 20, to.y + 10, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'tags', 'delay', 'note']);

    const before = await boxOf(grid, 'note');
    await page.mouse.move(before.x + before.width - 3, before.y + 10);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width + 117, before.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => Math.round((await boxOf(grid, 'note')).width)).toBe(Math.round(before.width) + 120);
    const wide = await boxOf(grid, 'note');
    await page.mouse.dblclick(wide.x + wide.width - 3, wide.y + 10);
    await expect.poll(async () => (await boxOf(grid, 'note')).width).toBeLessThan(wide.width);
    const cell = grid.cell(1, 5);
    expect(await cell.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  });

  test('without a mouse', async ({ page }) => {
    const grid = new ResultGrid(page);
    await grid.root.focus();
    for (const key of ['ArrowDown', 'End', 'Alt+ArrowLeft']) await page.keyboard.press(key);
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay', 'tags', 'note']);
    await expect(grid.selected()).toHaveText('{low}');

    const { width } = await boxOf(grid, 'tags');
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await expect.poll(async () => Math.round((await boxOf(grid, 'tags')).width)).toBe(Math.round(width) + 16);

    await page.keyboard.press('Alt+ArrowDown');
    const menu = page.getByRole('menu').filter({ visible: true });
    await expect(menu).toBeVisible();
    for (const key of ['h', 'Enter']) await page.keyboard.press(key);
    await expect.poll(() => shownNames(grid)).toEqual(['id', 'at', 'delay', 'note']);
    await expect(grid.root).toBeFocused();
  });

  test('pinned ones stay in view while the others scroll', async ({ page }) => {
    const grid = new ResultGrid(page);
    await page.setViewportSize({ width: 700, height: 700 });
    await (await openMenu(page, grid, 'id')).getByRole('menuitem', { name: 'Fit to loaded rows' }).click();
    const { x } = await boxOf(grid, 'id');
    await grid.root.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
    await expect.poll(() => grid.root.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    await expect.poll(async () => (await boxOf(grid, 'id')).x).toBe(x);
    await expect(grid.header('tags')).toBeInViewport();
    await expect(grid.cell(1, 1)).toBeInViewport();
    // They are separate boxes, but one row to the eye and to the pointer.
    const top = async (column: number) => (await grid.cell(2, column).boundingBox())?.y;
    expect(await top(1)).toBe(await top(4));
    const colour = (row: number, column: number) =>
      grid.cell(row, column).evaluate((element) => getComputedStyle(element).backgroundColor);
    await grid.cell(2, 4).hover();
    await expect.poll(() => colour(2, 1)).toBe(await colour(2, 4));
    expect(await colour(2, 1)).not.toBe(await colour(1, 1));
  });

  test('whole rows, whole columns and everything are selected', async ({ page }) => {
    const grid = new ResultGrid(page);
    await grid.cell(2, 3).click();
    await page.keyboard.press('Shift+Space');
    await expect(grid.selected()).toHaveCount(5);
    await grid.cell(2, 3).click();
    await page.keyboard.press('Control+Space');
    await expect(grid.selected()).toHaveText(['10', '20', '30']);
    await page.keyboard.press('Control+A');
    await expect(grid.selected()).toHaveCount(15);
    await page.keyboard.press('Control+C');
    await expect.poll(async () => (await clipboardText(page)).split('\n').length).toBe(3);
  });

  test('finding in loaded rows says what it looks through, and goes from one to the next', async ({ page }) => {
    const grid = new ResultGrid(page);
    await grid.root.focus();
    await page.keyboard.press('Control+F');
    const find = page.getByRole('search', { name: 'Find in loaded rows' });
    await expect(find.getByRole('searchbox')).toBeFocused();
    await expect(find).toContainText('Searches only the 3 rows in memory');
    await page.keyboard.type('NUMBER');
    await expect(find.getByRole('status')).toHaveText('3 found');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(find.getByRole('status')).toHaveText('2 of 3');
    await expect(grid.selected()).toHaveText('a rather long note number 2');
    await page.keyboard.press('Shift+Enter');
    await expect(grid.selected()).toHaveText('a rather long note number 1');
    await page.keyboard.press('Escape');
    await expect(find).toHaveCount(0);
    await expect(grid.root).toBeFocused();
  });
});

test('A drag that leaves the grid keeps scrolling and selecting', async ({ page }) => {
  const grid = new ResultGrid(page);
  await page.goto('/demo/keyspaces/flights/by_origin_day?pageRows=500');
  await expect(grid.row(1)).toBeVisible();
  const first = await grid.cell(1, 1).boundingBox();
  const box = await grid.root.boundingBox();
  if (first === null || box === null) throw new Error('the grid is not drawn');
  await page.mouse.move(first.x + 10, first.y + 10);
  await page.mouse.down();
  await page.mouse.move(first.x + 10, box.y + box.height + 60, { steps: 4 });
  await expect.poll(() => grid.lastDrawnRow()).toBeGreaterThan(100);
  await page.mouse.up();
  await page.keyboard.press('Control+C');
  await expect.poll(async () => (await clipboardText(page)).split('\n').length).toBeGreaterThan(40);
});

test('A column is a key only where the statement selects it', async ({ page }) => {
  const query = new QueryPage(page);
  await query.open();
  await query.write("SELECT iata, count(*) AS name FROM flights.airports WHERE iata = 'SEA'");
  await query.runAtCursor();
  await expect(query.result.row(1)).toBeVisible();
  await expect(query.result.header('iata')).toContainText('partition key');
  await query.write("SELECT count(*) AS iata FROM flights.airports WHERE iata = 'SEA'");
  await query.runAtCursor();
  await expect(query.result.cells(1)).toHaveText(['1']);
  await expect(query.result.header('iata')).not.toContainText('partition key');
});

async function boxOf(grid: ResultGrid, column: string) {
  const box = await grid.header(column).boundingBox();
  if (box === null) throw new Error(`the header of ${column} is not drawn`);
  return box;
}
