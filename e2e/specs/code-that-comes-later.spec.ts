import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { baseUrl } from '../support/environment';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const TABLE = '/demo/keyspaces/flights/by_origin_day';

/** What reads and draws a table's rows: named in its own code, and else only in the page's first script. */
const IN_LATER_CODE = 'TableView';

/** Names an act of what saves statements. */
const IN_WHAT_SAVES = 'query-save-as';

test.describe('Code that comes after the page', () => {
  // A page of its own: that it logs what could not be loaded is right here.
  test('that cannot be loaded is said, and comes when I try again', async ({ browser }) => {
    const page = await browser.newPage({ baseURL: baseUrl() });
    try {
      const server = await breakLaterCode(page);
      await page.goto(TABLE);
      await expect(page.getByRole('alert').filter({ hasText: 'Failed to load chunk' })).toBeAttached();
      expect(server.refused()).toBeGreaterThan(0);

      server.repair();
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(new ResultGrid(page).row(1)).toBeVisible();
    } finally {
      await page.close();
    }
  });

  test('leaves the page’s head and tabs usable while it is on its way', async ({ page }) => {
    const { arrive, arrived } = onItsWay();
    const named = await namedScripts(page);
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      if (!named.has(new URL(route.request().url()).pathname)) await arrived;
      await route.continue();
    });
    // The page is not loaded before all that it asked for is here, which may be the code that is held.
    await page.goto(TABLE, { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { name: 'flights . by_origin_day' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Schema' })).toBeVisible();
    await expect(page.getByRole('grid')).toHaveCount(0);
    arrive();
    await expect(new ResultGrid(page).row(1)).toBeVisible();
  });

  test('answers Ctrl S that was pressed before what saves was there', async ({ page }) => {
    const { arrive, arrived } = onItsWay();
    let held = 0;
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      const answer = await route.fetch();
      if ((await answer.text()).includes(IN_WHAT_SAVES)) {
        held += 1;
        await arrived;
      }
      await route.fulfill({ response: answer });
    });
    await page.goto('/demo/query', { waitUntil: 'commit' });
    await new QueryPage(page).write('SELECT 1');
    await page.keyboard.press('Control+s');
    expect(held).toBeGreaterThan(0);
    arrive();
    await expect(page.getByRole('dialog', { name: 'Save these statements' })).toBeVisible();
  });
});

/** A promise, and what keeps it. */
function onItsWay() {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return { arrive, arrived };
}

/** Scripts that the table page's HTML names. */
async function namedScripts(page: Page): Promise<ReadonlySet<string>> {
  const html = await (await page.request.get(TABLE)).text();
  return new Set([...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map(([, src]) => src ?? ''));
}

/** No request for the code that reads rows is answered until it is repaired. */
async function breakLaterCode(page: Page) {
  const named = await namedScripts(page);
  let isBroken = true;
  let refused = 0;
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    if (!isBroken || named.has(new URL(route.request().url()).pathname)) return route.continue();
    const answer = await route.fetch();
    if (!(await answer.text()).includes(IN_LATER_CODE)) return route.fulfill({ response: answer });
    refused += 1;
    return route.abort();
  });
  return {
    refused: () => refused,
    repair: () => {
      isBroken = false;
    },
  };
}
