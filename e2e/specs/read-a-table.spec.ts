import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { flightCells } from '../support/flights';
import { ResultGrid } from '../support/grid';

/** The page keeps a bounded number of rows; all 200,000 would take far more than this. */
const MOST_HEAP_GROWTH_BYTES = 48 * 1024 * 1024;
/** A few screens of rows. */
const MOST_ROWS_DRAWN = 150;

test.describe('Reading a table', () => {
  test('rows are there at once, all of them when I read on, and the last one can be seen', async ({ page, client }) => {
    await page.goto('/demo');
    const nav = page.getByRole('navigation', { name: 'Keyspaces and tables' });
    await nav.getByRole('searchbox').fill('by_origin_day');
    await nav.getByRole('treeitem', { name: 'by_origin_day' }).click();
    await expect(page).toHaveURL(/\/demo\/keyspaces\/flights\/by_origin_day$/);

    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await expect(grid.lastWord('Paused: more rows below')).toBeVisible();
    await expect(grid.root).toHaveAttribute('aria-rowcount', '-1');
    const heapBefore = await heapBytes(page);

    const expected = await flightCells(client);
    expect(expected.length).toBeGreaterThan(100_000);
    await expect(grid.cells(1)).toHaveText(expected[0] ?? []);

    await grid.readOn();
    const total = `${expected.length.toLocaleString('en-US')} rows`;
    await expect(grid.bar).toContainText(total);
    await expect(page.getByRole('main')).toContainText(total);
    await expect(grid.root).toHaveAttribute('aria-rowcount', String(expected.length + 1));

    await grid.scrollTo('bottom');
    await expect(grid.cells(expected.length)).toHaveText(expected.at(-1) ?? []);
    await expect(grid.row(expected.length)).toBeInViewport();
    expect(await grid.drawnRows()).toBeLessThan(MOST_ROWS_DRAWN);
    expect((await heapBytes(page)) - heapBefore).toBeLessThan(MOST_HEAP_GROWTH_BYTES);

    await grid.scrollTo('top');
    await expect(grid.cells(1)).toHaveText(expected[0] ?? []);
  });

  test('the end of what was read asks for more by itself', async ({ page }) => {
    await page.goto('/demo/keyspaces/flights/by_origin_day?pageRows=100');
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await expect(async () => {
      await grid.scrollTo('bottom');
      expect(await grid.lastDrawnRow()).toBeGreaterThan(500);
    }).toPass();
    await expect(grid.lastWord('Paused: more rows below')).toBeVisible();
    expect(await grid.drawnRows()).toBeLessThan(MOST_ROWS_DRAWN);
  });

  test('scrolling up leaves the elements of rows in their places; at rest they are in the order of the rows', async ({
    page,
  }) => {
    await page.goto('/demo/keyspaces/flights/by_origin_day?pageRows=500');
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await grid.root.evaluate((element) => element.scrollTo({ top: 300 * 28 }));
    await expect(grid.row(301)).toBeVisible();
    const { taken, drawn } = await grid.root.evaluate(scrollUp);
    // A few are added and removed at the edges; if rows were moved, it would be all but one, each time.
    expect(taken).toBeLessThan(drawn);
    const order = () => grid.root.locator('[data-gutter]').evaluateAll(rowsOf);
    await expect.poll(async () => isAscending(await order())).toBe(true);
  });

  test('I see and can copy the statement of the rows', async ({ page }) => {
    await page.goto('/demo/keyspaces/flights/airports');
    await page.getByRole('button', { name: 'CQL', exact: true }).click();
    const popover = page.getByRole('dialog', { name: 'The statement of these rows' });
    await expect(popover).toContainText('SELECT');
    await expect(popover).toContainText('FROM flights.airports');
    await popover.getByRole('link', { name: 'Open in Query' }).click();
    await expect(page).toHaveURL(/\/demo\/query/);
    await expect(page.getByRole('textbox', { name: 'CQL statement' })).toContainText('FROM flights.airports');
  });
});

/**
 * Runs in the page: scrolls up by five rows at a time, and counts the row elements that were moved. All at once, dispatching
 * each scroll event itself: however slow the machine, the scroll cannot come to rest between two steps.
 */
function scrollUp(element: Element): { taken: number; drawn: number } {
  const drawn = element.querySelectorAll('[data-row]').length;
  const observer = new MutationObserver(() => undefined);
  observer.observe(element, { subtree: true, childList: true });
  for (let step = 0; step < 30; step += 1) {
    element.scrollTop -= 5 * 28;
    element.dispatchEvent(new Event('scroll'));
  }
  const taken = observer.takeRecords().reduce((count, { removedNodes }) => count + removedNodes.length, 0);
  observer.disconnect();
  return { taken, drawn };
}

/** Runs in the page. */
function rowsOf(heads: readonly Element[]): number[] {
  return heads.map((head) => Number(head.closest('[data-row]')?.getAttribute('data-row')));
}

function isAscending(rows: readonly number[]): boolean {
  return rows.length > 1 && rows.every((row, index) => index === 0 || row > (rows[index - 1] ?? row));
}

/** The page's heap after garbage collection. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  } finally {
    await session.detach();
  }
}
