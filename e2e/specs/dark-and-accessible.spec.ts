import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

/** Each page with what it shows once settled. */
const PAGES: readonly { name: string; path: string; settled: (page: Page) => Promise<void> }[] = [
  { name: 'the overview', path: '/demo', settled: (page) => seeTable(page, 'Nodes by datacenter and rack') },
  {
    name: 'a table',
    path: '/demo/keyspaces/flights/by_origin_day',
    settled: async (page) => {
      const grid = new ResultGrid(page);
      await grid.cell(2, 3).click();
      await page.keyboard.press('Space');
      await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
    },
  },
  {
    name: 'the schema of a table',
    path: '/demo/keyspaces/every_type/all_types/schema',
    settled: async (page) => {
      await expect(page.getByText('CREATE TABLE')).toBeVisible();
      await seeTable(page, 'Properties of all_types');
    },
  },
  {
    name: 'the stats of a table, with a sample',
    path: '/demo/keyspaces/flights/airports/stats',
    settled: async (page) => {
      await page.getByRole('button', { name: 'Read a sample' }).click();
      await seeTable(page, 'Columns of airports, by the sample');
    },
  },
  {
    name: 'the choice to filter',
    path: `/demo/keyspaces/flights/by_origin_day?filtering=true&filters=${encodeURIComponent(
      '[{"column":"distance","operator":">","value":2000}]',
    )}`,
    settled: async (page) => {
      await page.getByRole('button', { name: 'See what it reads…' }).click();
      await expect(page.getByRole('dialog', { name: 'Read with ALLOW FILTERING?' })).toBeVisible();
    },
  },
  {
    name: 'where a row lives',
    path: '/demo/keyspaces/flights/airports',
    settled: async (page) => {
      await new ResultGrid(page).cell(1, 1).click();
      await page.getByRole('button', { name: 'Where does this row live?' }).click();
      await expect(page.getByRole('region', { name: 'The copies, side by side' })).toBeVisible();
    },
  },
  {
    name: 'a keyspace',
    path: '/demo/keyspaces/flights',
    settled: async (page) => expect(page.getByRole('main').getByRole('link', { name: 'airports' })).toBeVisible(),
  },
  {
    name: 'a query with a result and an error',
    path: '/demo/query',
    settled: async (page) => {
      const query = new QueryPage(page);
      await query.write('SELECT * FROM flights.airports; SELECT nothing FROM flights.airports;');
      await query.runAll();
      await expect(query.underlined()).toHaveText('nothing');
    },
  },
  {
    name: 'the ring with a key found',
    path: '/demo/ring?keyspace=flights&table=by_origin_day&key=SEA&key=2001-01-09',
    settled: async (page) => expect(page.getByRole('definition').first()).toHaveText(/^-?\d+$/),
  },
  {
    name: 'the exports',
    path: '/demo/exports?keyspace=flights&table=airports',
    settled: async (page) => expect(page.getByText('whole ring', { exact: true })).toBeVisible(),
  },
  {
    name: 'the events',
    path: '/demo/events',
    settled: async (page) => expect(page.getByText('Ringside began to watch').first()).toBeVisible(),
  },
  {
    name: 'connecting a cluster',
    path: '/connect',
    settled: async (page) => expect(page.getByRole('button', { name: 'Test the connection' })).toBeVisible(),
  },
  {
    name: 'a read-only cluster with a colour',
    path: '/frozen',
    settled: (page) => seeTable(page, 'Nodes by datacenter and rack'),
  },
  {
    name: 'a cluster that does not answer',
    path: '/gone',
    settled: async (page) => expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible(),
  },
];

for (const theme of ['Light', 'Dark'] as const) {
  test.describe(`${theme}, for everybody`, () => {
    for (const { name, path, settled } of PAGES) {
      test(name, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme === 'Dark' ? 'dark' : 'light', reducedMotion: 'reduce' });
        await page.goto(path);
        await settled(page);
        expect(await seriousFindings(page)).toEqual([]);
      });
    }
  });
}

test.describe('The look', () => {
  test('dark when I choose it, whatever the system has, and still dark after a reload', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/demo');
    const light = await brightness(page);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(() => brightness(page)).toBeLessThan(0.2);
    expect(light).toBeGreaterThan(0.8);

    await page.reload();
    expect(await brightness(page)).toBeLessThan(0.2);
    await page.getByRole('link', { name: 'Query' }).click();
    await expect(page).toHaveURL(/\/query$/);
    expect(await brightness(page)).toBeLessThan(0.2);

    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'System' }).click();
    await expect.poll(() => brightness(page)).toBeGreaterThan(0.8);
  });

  test('the palette and the dialogs are for everybody, too', async ({ page }) => {
    await page.goto('/demo/query');
    const query = new QueryPage(page);
    await query.write('DROP TABLE flights.airports');
    await query.runAtCursor();
    await expect(page.getByRole('dialog', { name: 'Run this DROP TABLE on Demo?' })).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+K');
    await expect(page.getByRole('dialog', { name: 'Go to or do anything' }).getByRole('option').first()).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('on a screen of 400 pixels I navigate by a drawer and read rows', async ({ page }) => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.goto('/demo');
    await expect(page.getByRole('tree')).toHaveCount(0);
    await page.getByRole('button', { name: 'Keyspaces and pages' }).click();
    const drawer = page.getByRole('dialog', { name: 'Demo' });
    await drawer.getByRole('searchbox').fill('by_origin_day');
    await drawer.getByRole('treeitem', { name: 'by_origin_day' }).click();
    await expect(drawer).toHaveCount(0);
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeInViewport();
    await expect(grid.lastWord('Paused: more rows below')).toBeInViewport();
    await expect(grid.bar.getByRole('button', { name: 'Read on' })).toBeInViewport({ ratio: 1 });
    for (const { path } of PAGES) {
      await page.goto(path);
      await expect(page.getByRole('main')).toBeVisible();
      expect(await overflowPx(page), `${path} is not wider than the screen`).toBe(0);
    }
  });
});

async function seeTable(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('table', { name })).toBeVisible();
}

/** The WCAG A and AA violations found by axe that keep people from using the page. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
    .filter((finding) => !OWNED_CELLS.test(finding));
}

/**
 * axe does not move what a row owns (`aria-owns`) out of where it is drawn, browsers do: cell-menu-and-record.spec.ts reads
 * Chromium's own tree, with every cell in its row.
 */
const OWNED_CELLS =
  /^aria-required-children: <div role="(?:grid|rowgroup)"[\s\S]*Element has children which are not allowed: \[role=gridcell\]$/;

/** Brightness of the page's background, from 0 (black) to 1 (white). */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (canvas === null) throw new Error('no canvas');
    for (const element of [document.documentElement, document.body]) {
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / (3 * 255);
  });
}

/** By how much the page can be scrolled sideways. */
function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
