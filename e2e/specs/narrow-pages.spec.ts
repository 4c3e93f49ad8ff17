import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ringNodes } from '../support/environment';
import { ExportsPage } from '../support/exports-page';
import { ResultGrid } from '../support/grid';

const [{ host, port } = { host: '127.0.0.1', port: 9042 }] = ringNodes();
const NODE = encodeURIComponent(`${host}:${port}`);

/** Every page, as it is on a phone, a small and a very wide screen. */
const PAGES = [
  '/demo',
  '/demo/query',
  '/demo/ring?keyspace=flights',
  '/demo/nodes',
  '/demo/approvals',
  '/demo/audit',
  `/demo/nodes/${NODE}`,
  '/demo/what-if',
  '/demo/what-if?question=replication&keyspace=flights',
  '/demo/what-if?question=nodes',
  '/demo/roles',
  '/demo/exports?keyspace=flights&table=airports',
  '/demo/keyspaces/flights',
  '/demo/keyspaces/flights/airports',
  '/demo/keyspaces/flights/airports/schema',
  '/demo/keyspaces/flights/airports/stats',
  '/demo/keyspaces/flights/airports/load',
  '/connect',
  '/connect/clusters',
];

test('on a phone, a small and a very wide screen no page is wider than it, no button is too small, and panels reach the edge', async ({
  page,
}) => {
  // Every page, loaded on a phone and then turned to the wider screens.
  test.slow();
  for (const path of PAGES) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(path);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeAttached();
    // Nothing is being loaded any more.
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    for (const width of [390, 1_024, 2_560]) {
      await page.setViewportSize({ width, height: width === 2_560 ? 1_200 : 844 });
      await expect.poll(() => overflowPx(page), `${path} is as wide as ${width} pixels`).toBe(0);
      await expect.poll(() => smallButtons(page), `${path} has buttons that can be hit at ${width} pixels`).toEqual([]);
    }
    await expect.poll(() => unusedPx(page), `${path} uses the width`).toBeLessThan(40);
  }
});

test('no choice under the editor is cut off, on a phone and on a small screen', async ({ page }) => {
  for (const width of [390, 1_024]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/demo/query');
    await expect(page.getByRole('combobox', { name: 'Consistency level' })).toBeVisible();
    expect(await cutChoices(page), `at ${width} pixels`).toEqual([]);
  }
});

test('on a phone I watch a job, find it in the tray and pause it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const exports = new ExportsPage(page);
  await exports.open('flights', 'by_route');
  await exports.limit(2_000);
  await page.getByRole('radio', { name: 'Job on the server' }).check();
  const start = page.getByRole('button', { name: 'Start the job' });
  await expect(start).toBeInViewport({ ratio: 1 });
  await start.click();
  const job = exports.line('Job', 'flights.by_route');
  await expect(job).toBeInViewport();
  await expect(job).toContainText('rows');
  await page.goto('/demo');
  await page.getByRole('button', { name: /^\d+ operations? running$/ }).click();
  const tray = page.getByRole('dialog', { name: 'Running operations' });
  const line = tray.getByRole('listitem', { name: 'Job of flights.by_route' }).first();
  await expect(line.getByRole('button', { name: 'Pause' })).toBeInViewport({ ratio: 1 });
  await line.getByRole('button', { name: 'Pause' }).click();
  await expect(line).toHaveCount(0);
});

test('on a phone I read rows and look into one', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/demo/keyspaces/flights/airports');
  const grid = new ResultGrid(page);
  await grid.cell(2, 1).click();
  await page.keyboard.press('Space');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toBeInViewport();
  await inspector.getByRole('button', { name: 'Close inspector' }).click();
  await expect(inspector).toHaveCount(0);
});

/** By how much the page, or what scrolls in it, can be scrolled sideways. */
function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => {
    const parts = [document.documentElement, document.querySelector('main')];
    return Math.max(...parts.map((part) => (part === null ? 0 : part.scrollWidth - part.clientWidth)));
  });
}

/** What is left free beside the rightmost part of the page. */
function unusedPx(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rights = [...document.querySelectorAll('main section, main [role=grid], main table')].map(
      (part) => part.getBoundingClientRect().right,
    );
    return window.innerWidth - Math.max(0, ...rights);
  });
}

/** Lists whose chosen text is wider than they are. */
function cutChoices(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main select')]
      .filter((list) => list instanceof HTMLSelectElement)
      .filter((list) => {
        const whole = list.cloneNode(true);
        if (!(whole instanceof HTMLSelectElement)) throw new Error('not a list');
        whole.value = list.value;
        whole.style.cssText = 'position: absolute; max-width: none; field-sizing: content';
        list.after(whole);
        const { width } = whole.getBoundingClientRect();
        whole.remove();
        return width > list.getBoundingClientRect().width + 1;
      })
      .map((list) => list.selectedOptions[0]?.text ?? ''),
  );
}

/** Buttons under 24 pixels in either direction (WCAG 2.2, 2.5.8). */
function smallButtons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, select, [role=tab]')]
      .filter((element) => element.checkVisibility() && element.closest('[role=grid]') === null)
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
  );
}
