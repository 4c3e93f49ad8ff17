import type { Locator } from 'playwright/test';
import { expect, START_MS, test } from '../fixtures/guarded-node';

/** The first round asks the node everything, one statement after another. */
const ASKED = { timeout: 90_000 };
const GRANT = 'GRANT SELECT ON KEYSPACE system_views TO reader';
/** Cassandra's words. */
const REFUSED = /User reader has no SELECT permission on <table system_views\.\w+>/;
/** The sections of a node's page that read system_views. */
const SECTIONS = ['Thread pools', 'Compactions and other tasks', 'Caches', 'Clients'];

async function says(place: Locator): Promise<void> {
  await expect(place.filter({ hasText: REFUSED }).filter({ hasText: GRANT }).first()).toBeVisible(ASKED);
}

test('a login without rights on system_views: every page says what is missing and the GRANT that helps, and after it the numbers come', {
  tag: '@alone',
}, async ({ page, root }) => {
  test.setTimeout(START_MS);
  // The verdict is not “healthy” without a word on what it could not look at.
  await page.goto('/guarded');
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await verdict.getByText(/\d+ things that cannot be known now/).click(ASKED);
  await says(verdict.getByRole('listitem').filter({ hasText: 'Blocked stages' }));
  await expect(verdict.getByRole('button', { name: `Copy ${GRANT}` }).first()).toBeVisible();

  // The list of nodes explains the number that I point at.
  await page.getByRole('link', { name: 'See every node' }).click();
  const grid = page.getByRole('grid', { name: 'Nodes' });
  await expect(grid.getByRole('row')).toHaveCount(2, ASKED);
  await grid.getByRole('row').nth(1).getByRole('gridcell').nth(8).click();
  await says(page.getByRole('status'));

  await grid.getByRole('link').first().click();
  for (const name of [...SECTIONS, 'Settings that differ']) await says(page.getByRole('region', { name }));
  const pools = page.getByRole('region', { name: 'Thread pools' });
  await expect(pools.getByRole('button', { name: 'Copy the GRANT' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Live' })).toContainText(GRANT, ASKED);

  await page.goto('/guarded/tables');
  await says(page.getByRole('main').getByRole('listitem'));
  await page.goto('/guarded/live');
  await says(page.getByRole('main').getByRole('listitem'));

  await root.execute(GRANT);
  await page.goto('/guarded/nodes');
  await grid.getByRole('link').first().click();
  await expect(pools.getByRole('table')).toContainText('ReadStage', ASKED);
  await expect(page.getByRole('region', { name: 'Clients' }).getByRole('table')).toContainText('reader', ASKED);
});
