import type { CDPSession, Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { clipboardText } from '../support/clipboard';
import { ResultGrid } from '../support/grid';

const OTHERS = Array.from({ length: 40 }, (_, index) => `m${String(index).padStart(2, '0')}`);
const TABLE = `origin text, day date, departs int, delay int, ${OTHERS.map((name) => `${name} int`).join(', ')}, PRIMARY KEY ((origin, day), departs)`;

function menuOf(page: Page): Locator {
  return page.getByRole('menu').filter({ visible: true });
}

async function rightClick(page: Page, cell: Locator): Promise<Locator> {
  await cell.click({ button: 'right' });
  await expect(menuOf(page)).toBeVisible();
  return menuOf(page);
}

test.describe('An analyst at a wide table', () => {
  test.beforeEach(async ({ scratch, page }) => {
    await scratch.table('measured', TABLE);
    for (let departs = 1; departs <= 3; departs += 1) {
      await scratch.run(
        `INSERT INTO ${scratch.keyspace}.measured (origin, day, departs, delay, m07) VALUES ('SEA', '2001-01-09', ${departs}, ${departs * 10}, 7) USING TTL 86400`,
      );
    }
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/measured`);
    await expect(new ResultGrid(page).lastWord('Complete')).toBeVisible();
    await expect(new ResultGrid(page).row(1)).toBeVisible();
  });

  test('filters by what a cell holds, and sees the cost before choosing', async ({ page }) => {
    const grid = new ResultGrid(page);
    const byOrigin = await rightClick(page, grid.cell(1, 1));
    await expect(byOrigin.getByRole('menuitem', { name: /^origin = SEA/ })).toContainText('ALLOW FILTERING');
    await page.keyboard.press('Escape');
    await expect(menuOf(page)).toHaveCount(0);
    await expect(grid.root).toBeFocused();

    const filters = [
      { column: 'origin', operator: '=', value: 'SEA' },
      { column: 'day', operator: '=', value: '2001-01-09' },
    ];
    await page.goto(`${new URL(page.url()).pathname}?filters=${encodeURIComponent(JSON.stringify(filters))}`);
    await expect(grid.lastWord('Complete')).toBeVisible();
    const byTime = await rightClick(page, grid.cell(2, 3));
    await expect(byTime.getByRole('menuitem', { name: /^departs > 2/ })).toContainText('1 partition');
    await byTime.getByRole('menuitem', { name: /^departs > 2/ }).click();
    await expect(grid.cells(1).nth(2)).toHaveText('3');
    await expect(grid.row(2)).toHaveCount(0);
    await expect(page).toHaveURL(/departs/);
  });

  test('copies a row’s key, hides a column and sees where the row lives', async ({ page }) => {
    const grid = new ResultGrid(page);
    await (await rightClick(page, grid.cell(2, 4))).getByRole('menuitem', { name: 'Row’s key as WHERE' }).click();
    await expect.poll(() => clipboardText(page)).toBe("WHERE origin = 'SEA' AND day = '2001-01-09' AND departs = 2");
    await (await rightClick(page, grid.cell(2, 4))).getByRole('menuitem', { name: 'Hide delay' }).click();
    await expect(grid.header('delay')).toHaveCount(0);
    await (await rightClick(page, grid.cell(3, 1)))
      .getByRole('menuitem', { name: 'Where does this row live?' })
      .click();
    await expect(page.getByRole('dialog', { name: 'Where does this row live?' })).toContainText('departs = 3');
  });

  test('reads a row of 44 columns from top to bottom, by keyboard', async ({ page }) => {
    const grid = new ResultGrid(page);
    await grid.cell(2, 4).click();
    await page.keyboard.press('Shift+F10');
    await expect(menuOf(page)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const record = page.getByRole('complementary', { name: 'Record' });
    await expect(record.getByRole('heading', { name: 'Row 2' })).toBeVisible();

    await record.getByRole('checkbox', { name: 'Hide nulls (39)' }).check();
    await expect(record.getByRole('status')).toHaveText('5 of 44 columns');
    await expect(record.getByRole('listitem')).toHaveCount(5);
    await expect(record.getByRole('listitem').filter({ hasText: 'delay' })).toContainText('20');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(record.getByRole('heading', { name: 'Row 3' })).toBeVisible();
    await expect(record.getByRole('listitem').filter({ hasText: 'delay' })).toContainText('30');
    await expect(record.getByRole('button', { name: 'Next row' })).toBeDisabled();

    await record.getByRole('button', { name: 'Write times' }).click();
    await expect(record.getByRole('listitem').filter({ hasText: 'delay' })).toContainText(
      /Written 20.*TTL 8[\d,]+ s left/,
    );
    await expect(record.getByRole('listitem').filter({ hasText: 'origin' })).not.toContainText('Written');

    await record.getByRole('searchbox', { name: 'Find a column' }).fill('M07');
    await expect(record.getByRole('listitem')).toHaveText([/m07.*int.*7/]);
    await page.keyboard.press('Escape');
    await expect(record.getByRole('listitem')).toHaveCount(5);
    await record.getByRole('button', { name: 'Inspect delay' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector.getByRole('heading', { name: 'delay' })).toBeVisible();
    await inspector.getByRole('button', { name: 'Open the row' }).click();
    await expect(record).toBeVisible();
    await record.getByRole('button', { name: 'Close record' }).click();
    await expect(record).toHaveCount(0);
    await expect(grid.root).toBeFocused();
    await page.keyboard.press('Shift+Enter');
    await expect(record).toBeVisible();
  });

  test('hears each row once, with all its cells in order', async ({ page }) => {
    const grid = new ResultGrid(page);
    await expect(grid.row(3)).toBeVisible();
    const session = await page.context().newCDPSession(page);
    const rows = await rowsInTree(session);
    expect(rows.map(({ index }) => index)).toEqual(['1', '2', '3', '4']);
    const [head, ...others] = rows;
    expect(head?.cells.every(({ role }) => role === 'columnheader')).toBe(true);
    for (const row of others) {
      expect(row.cells.every(({ role }) => role === 'gridcell')).toBe(true);
      const columns = row.cells.map(({ column }) => Number(column));
      expect(columns.slice(0, 4)).toEqual([1, 2, 3, 4]);
      expect(columns).toEqual(columns.toSorted((a, b) => a - b));
      expect(columns).toEqual(head?.cells.map(({ column }) => Number(column)));
    }
  });
});

interface TreeCell {
  readonly role: string;
  readonly column: string | undefined;
}

/** The grid's rows as Chromium gives them to assistive technology, with their cells. */
async function rowsInTree(session: CDPSession): Promise<{ index: string | undefined; cells: TreeCell[] }[]> {
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  type TreeNode = (typeof nodes)[number];
  // What is ignored stands for its children.
  const within = (node: TreeNode): TreeNode[] =>
    (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child === undefined ? [] : child.ignored ? within(child) : [child];
    });
  const attribute = async ({ backendDOMNodeId }: TreeNode, name: string) => {
    if (backendDOMNodeId === undefined) return undefined;
    const { node } = await session.send('DOM.describeNode', { backendNodeId: backendDOMNodeId });
    const at = (node.attributes ?? []).indexOf(name);
    return at === -1 ? undefined : node.attributes?.[at + 1];
  };
  const roleOf = ({ role }: TreeNode) => String(role?.value);
  const grid = nodes.find((node) => !node.ignored && roleOf(node) === 'grid');
  const rows = grid === undefined ? [] : within(grid).flatMap(within);
  return Promise.all(
    rows.map(async (row) => ({
      index: await attribute(row, 'aria-rowindex'),
      cells: await Promise.all(
        within(row).map(async (cell) => ({ role: roleOf(cell), column: await attribute(cell, 'aria-colindex') })),
      ),
    })),
  );
}
