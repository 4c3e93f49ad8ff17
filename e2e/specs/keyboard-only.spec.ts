import { expect, test } from '../fixtures/test';
import { clipboardText } from '../support/clipboard';
import { ResultGrid } from '../support/grid';
import { goByPalette, tabTo } from '../support/keyboard';
import { QueryPage } from '../support/query-page';

test.describe('Without a mouse', () => {
  test('the palette takes me to a table; arrows, Space, Ctrl+C and Escape do the rest', async ({ page }) => {
    await page.goto('/demo');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await goByPalette(page, 'flights.by_origin_day');
    await expect(page).toHaveURL(/\/flights\/by_origin_day$/);

    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await tabTo(page, grid.root);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(grid.selected()).toHaveCount(1);
    await expect(grid.cell(2, 2)).toHaveAttribute('aria-selected', 'true');
    await expect(grid.root).toHaveAttribute(
      'aria-activedescendant',
      (await grid.cell(2, 2).getAttribute('id')) ?? 'no id',
    );

    await page.keyboard.press('Space');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector.getByRole('heading', { name: 'day' })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(inspector.getByRole('heading', { name: 'departs' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(inspector).toHaveCount(0);
    await expect(grid.root).toBeFocused();

    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(grid.selected()).toHaveCount(4);
    const expected = [
      [await grid.cell(2, 3).textContent(), await grid.cell(2, 4).textContent()],
      [await grid.cell(3, 3).textContent(), await grid.cell(3, 4).textContent()],
    ];
    await page.keyboard.press('Control+C');
    await expect(page.getByText('Copied 2 rows of 2 columns')).toBeVisible();
    expect((await clipboardText(page)).split('\n').map((line) => line.split('\t'))).toEqual(expected);
    await page.keyboard.press('Escape');
    await expect(grid.selected()).toHaveCount(1);
  });

  test('the tree of keyspaces and tables opens, closes and goes by its keys', async ({ page }) => {
    await page.goto('/demo');
    const tree = page.getByRole('tree', { name: 'Keyspaces and tables' });
    const flights = tree.getByRole('treeitem', { name: 'flights', exact: true });
    await expect(flights).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Filter keyspaces and tables' })).toBeFocused();
    await page.keyboard.type('flights');
    await page.keyboard.press('ArrowDown');
    await expect(flights).toBeFocused();
    await expect(flights).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(tree.getByRole('treeitem', { name: 'airports' })).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(flights).toBeFocused();
    await page.keyboard.press('b');
    await expect(tree.getByRole('treeitem', { name: 'by_origin_day' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/demo\/keyspaces\/flights\/by_route$/);
    await expect(tree.getByRole('treeitem', { name: 'by_route' })).toHaveAttribute('aria-current', 'page');
  });

  test('what I open in the tree is open after a reload', async ({ page }) => {
    await page.goto('/demo/keyspaces/nature/birdstrikes');
    const tree = page.getByRole('tree', { name: 'Keyspaces and tables' });
    const nature = tree.getByRole('treeitem', { name: 'nature', exact: true });
    await expect(nature).toHaveAttribute('aria-expanded', 'true');
    const system = tree.getByRole('treeitem', { name: /^system \(/ });
    await expect(system).toHaveAttribute('aria-expanded', 'false');
    await system.focus();
    await page.keyboard.press('ArrowRight');
    await expect(system).toHaveAttribute('aria-expanded', 'true');
    await page.reload();
    await expect(system).toHaveAttribute('aria-expanded', 'true');
  });

  test('I write a statement, run it, and filter a table', async ({ page }) => {
    await page.goto('/demo');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await goByPalette(page, 'Query');
    const query = new QueryPage(page);
    await tabTo(page, query.editor);
    await page.keyboard.insertText("SELECT name FROM flights.airports WHERE iata = 'SEA'");
    await page.keyboard.press('Control+Enter');
    await expect(query.result.cells(1)).toHaveText(['Seattle-Tacoma Intl']);
    await tabTo(page, query.result.root);

    await goByPalette(page, 'flights.airports');
    const filter = page.getByRole('main').getByRole('button', { name: 'Filter', exact: true });
    await expect(query.result.row(2)).toBeVisible();
    await tabTo(page, filter);
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Add a filter' });
    await expect(form.getByRole('textbox', { name: 'Value' })).toBeFocused();
    await page.keyboard.type('SFO');
    await page.keyboard.press('Enter');
    await expect(query.result.cells(1).first()).toHaveText('SFO');
    await expect(query.result.root).toHaveAttribute('aria-rowcount', '2');
  });
});
