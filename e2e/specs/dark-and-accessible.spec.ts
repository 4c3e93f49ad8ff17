import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { expectForEverybody, LOOKED_AT_MS, overflowPx, seriousFindings } from '../support/for-everybody';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const ONE_ROW = "SELECT * FROM flights.airports WHERE iata = 'SEA'";
const ONE_DAY =
  "SELECT departs, destination, delay FROM flights.by_origin_day WHERE origin = 'SEA' AND day = '2001-01-09'";
/** Nodes write traces after they respond, later if they are busy. */
const TRACE_MS = 60_000;

/** Each page, and each panel and dialog of the query page, with what it shows once settled. */
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
    name: 'a file that is loaded',
    path: '/demo/keyspaces/flights/airports/load',
    settled: async (page) => {
      const text = 'iata,name,latitude\nZZ1,One,1.5\nZZ2,Two,north\n';
      const file = { name: 'airports.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
      await page.getByLabel('Choose a file, or drop it here').setInputFiles(file);
      await page.getByRole('button', { name: 'Check the whole file' }).click();
      await seeTable(page, 'What is wrong in the file');
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
    name: 'the query page before anything has run',
    path: '/demo/query',
    settled: async (page) => expect(page.getByRole('region', { name: 'Statements to begin with' })).toBeVisible(),
  },
  {
    name: 'a statement that will be refused',
    path: statementPath('SELECT * FROM flights.by_origin_day WHERE delay > 60'),
    settled: async (page) => expect(page.getByRole('button', { name: /^Add ALLOW FILTERING/ })).toBeVisible(),
  },
  {
    name: 'the parameters of a statement',
    path: statementPath('SELECT * FROM flights.by_origin_day WHERE origin = :origin AND day = :day'),
    settled: async (page) =>
      expect(page.getByRole('region', { name: 'Parameters' }).getByRole('textbox')).toHaveCount(2),
  },
  {
    name: 'a statement for each row of a list',
    path: statementPath('INSERT INTO flights.airports (iata, name) VALUES (:iata, :name)'),
    settled: (page) => openDialog(page, 'For each row of a list…', 'Run for each row of a list'),
  },
  {
    name: 'the chart of a result',
    path: statementPath(ONE_DAY),
    settled: async (page) => {
      await runShown(page);
      await page.getByRole('button', { name: 'Chart', exact: true }).click();
      await expect(page.getByRole('slider', { name: /^Chart of / })).toBeVisible();
    },
  },
  {
    name: 'the summary of a result',
    path: statementPath(ONE_DAY),
    settled: async (page) => {
      await runShown(page);
      await page.getByRole('button', { name: 'Summary of all columns' }).click();
      await expect(page.getByRole('complementary', { name: 'Summary' }).getByText('44 distinct')).toBeVisible();
    },
  },
  {
    name: 'the trace of a statement',
    path: statementPath(ONE_ROW),
    settled: async (page) => {
      await page.getByRole('checkbox', { name: 'Trace' }).check();
      await runShown(page);
      await page.getByRole('button', { name: 'Trace', exact: true }).click();
      await expect(page.getByRole('region', { name: 'Waterfall' })).toBeVisible({ timeout: TRACE_MS });
    },
  },
  {
    name: 'a statement on each replica',
    path: statementPath(ONE_ROW),
    settled: async (page) => {
      await runShown(page);
      await page.getByRole('button', { name: 'Each replica' }).click();
      await page.getByRole('button', { name: 'Run on each replica' }).click();
      await seeTable(page, 'Results by node');
    },
  },
  {
    name: 'the history of statements',
    path: statementPath(ONE_ROW),
    settled: async (page) => {
      await runShown(page);
      await page.getByRole('button', { name: 'History' }).click();
      const history = page.getByRole('complementary', { name: 'History' });
      await expect(history.getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'the saved statements',
    path: statementPath(ONE_ROW),
    settled: async (page) => {
      await page.getByRole('button', { name: 'Saved statements' }).click();
      await expect(page.getByRole('searchbox', { name: 'Search saved statements' })).toBeVisible();
    },
  },
  {
    name: 'saving statements',
    path: statementPath(ONE_ROW),
    settled: (page) => openDialog(page, 'Save', 'Save these statements'),
  },
  {
    name: 'opening a trace by its id',
    path: '/demo/query',
    settled: (page) => openDialog(page, 'Trace by id', 'Trace by id'),
  },
  {
    name: 'serial consistency and timeout',
    path: statementPath(ONE_ROW),
    settled: (page) => openDialog(page, 'More', 'Serial consistency and timeout'),
  },
  {
    name: 'the ring with a key found',
    path: '/demo/ring?keyspace=flights&table=by_origin_day&key=SEA&key=2001-01-09',
    settled: async (page) => expect(page.getByRole('definition').first()).toHaveText(/^-?\d+$/),
  },
  {
    name: 'what a loss of nodes means',
    path: '/demo/what-if',
    settled: async (page) => {
      await page.getByRole('checkbox').first().check();
      await expect(page.getByRole('status', { name: 'Can these nodes be lost?' })).toContainText(/^No\./);
    },
  },
  {
    name: 'the plan for a node more',
    path: '/demo/what-if?question=nodes',
    settled: (page) => seeTable(page, /^Ownership of /),
  },
  {
    name: 'the roles of a cluster without logins',
    path: '/demo/roles',
    settled: async (page) => expect(page.getByText('This cluster has no logins, so no role is checked')).toBeVisible(),
  },
  {
    name: 'the exports',
    path: '/demo/exports?keyspace=flights&table=airports',
    settled: async (page) => expect(page.getByText('whole ring', { exact: true })).toBeVisible(),
  },
  {
    name: 'all nodes, by rack',
    path: '/demo/nodes?group=rack',
    settled: async (page) => expect(page.getByRole('grid', { name: 'Nodes' }).getByRole('link').first()).toBeVisible(),
  },
  {
    name: 'a node',
    path: '/demo/nodes',
    settled: async (page) => {
      await page.getByRole('grid', { name: 'Nodes' }).getByRole('link').first().click();
      await seeTable(page, 'Thread pools');
      await seeTable(page, 'Clients');
    },
  },
  {
    name: 'the tables, one of them open',
    path: '/demo/tables?of=flights&table=by_origin_day',
    settled: (page) => seeTable(page, 'The table on each node'),
  },
  {
    name: 'the events',
    path: '/demo/events',
    settled: async (page) => expect(page.getByText('Ringside began to watch').first()).toBeVisible(),
  },
  {
    name: 'approvals where nothing waits',
    path: '/demo/approvals',
    settled: async (page) => expect(page.getByText('No changes')).toBeVisible(),
  },
  {
    name: 'an audit that is off',
    path: '/demo/audit',
    settled: async (page) => expect(page.getByText('Nothing is audited here')).toBeVisible(),
  },
  {
    name: 'what moves',
    path: '/demo/live',
    settled: async (page) =>
      expect(page.getByRole('slider', { name: 'Pending tasks, tasks' })).toBeVisible({ timeout: 60_000 }),
  },
  {
    name: 'connecting a cluster',
    path: '/connect',
    settled: async (page) => expect(page.getByRole('button', { name: 'Test the connection' })).toBeVisible(),
  },
  {
    name: 'the configured clusters',
    path: '/connect/clusters',
    settled: (page) => seeTable(page, 'Configured clusters'),
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

/** One address of each page; those that differ only in what they ask it for are resized to a phone above. */
const ONE_OF_EACH = [...new Map(PAGES.map(({ path }) => [path.split('?', 1).join(), path])).values()];

test.describe('For everybody, light and dark, on a phone and on a desk', { tag: '@pages' }, () => {
  test.describe.configure({ timeout: LOOKED_AT_MS });
  for (const { name, path, settled } of PAGES) {
    test(name, async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await settled(page);
      await expectForEverybody(page);
    });
  }
});

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
    await page.getByRole('link', { name: 'Query', exact: true }).click();
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
    for (const path of ONE_OF_EACH) {
      await page.goto(path);
      await expect(page.getByRole('main')).toBeVisible();
      expect(await overflowPx(page), `${path} is not wider than the screen`).toBe(0);
    }
  });
});

function statementPath(statement: string): string {
  return `/demo/query?${new URLSearchParams({ statement })}`;
}

/** Runs the statement that the address filled in. */
async function runShown(page: Page): Promise<void> {
  const query = new QueryPage(page);
  await query.run.click();
  await expect(query.result.row(1)).toBeVisible();
}

async function openDialog(page: Page, button: string, dialog: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
}

async function seeTable(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole('table', { name })).toBeVisible();
}

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
