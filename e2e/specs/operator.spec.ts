import { types } from 'cassandra-driver';
import type { Locator, Page } from 'playwright/test';
import { expect, NOTICED_MS, RESTART_MS, test } from '../fixtures/last-node';
import { ResultGrid } from '../support/grid';

test('one node of three is stopped: I see what still works, who agrees, and which copy is missing', {
  tag: '@alone',
}, async ({ page, context, client, scratch, node }) => {
  test.setTimeout(RESTART_MS + 4 * NOTICED_MS);
  const address = `${node.address}:${node.port}`;
  await scratch.table('things', 'id text PRIMARY KEY, n int');
  const insert = `INSERT INTO ${scratch.keyspace}.things (id, n) VALUES ('a', 7)`;
  await client.execute(insert, [], { consistency: types.consistencies.all });
  await page.goto('/demo');
  await expect(risk(page).filter({ hasText: 'QUORUM and ALL work' }).first()).toBeVisible({ timeout: NOTICED_MS });
  await expect(schemaFact(page)).toContainText('all 3 nodes agree', { timeout: NOTICED_MS });

  await node.stop();
  // It misses this change.
  await client.execute(`CREATE TABLE ${scratch.keyspace}.missed (k int PRIMARY KEY)`);

  // The overview, without a click: what works, what fails, and because of what.
  await expect(risk(page).filter({ hasText: 'QUORUM works, ALL fails:' }).first()).toContainText(address, {
    timeout: NOTICED_MS,
  });
  await expect(schemaFact(page)).toContainText(`2 of 3 nodes agree; ${address} does not answer`);
  await expect(schemaFact(page)).toContainText(`${address} last reported another version`);

  // One step further, the ring: the same node is outlined, counted in the center, and down among a key's replicas.
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Ring' }).click();
  await page.getByRole('combobox', { name: 'Keyspace', exact: true }).selectOption(scratch.keyspace);
  const ring = page.getByRole('img', { name: `Down: ${address}` });
  await expect(ring).toBeVisible({ timeout: NOTICED_MS });
  await expect(ring.getByText('1 down')).toBeVisible();
  await expect(page.getByText('outlined in red: down')).toBeVisible();
  await expect(page.getByText(`Schema: 2 of 3 nodes agree; ${address} does not answer`)).toBeVisible();
  await page.getByRole('combobox', { name: 'Table' }).selectOption('things');
  await page.getByRole('textbox', { name: 'id' }).fill('a');
  await page.getByRole('button', { name: 'Find on the ring' }).click();
  const found = page.getByRole('region', { name: 'Where does a key live?' }).getByRole('status');
  await expect(found.getByRole('listitem')).toHaveCount(3);
  await expect(found.getByRole('listitem').filter({ hasText: address })).toHaveText(`${address}down`);

  // The copies of a row: two answer, and the third says which node it is, why, and what to do.
  const tablePage = await context.newPage();
  await tablePage.goto(`/demo/keyspaces/${scratch.keyspace}/things`);
  await new ResultGrid(tablePage).cell(1, 1).click();
  await tablePage.getByRole('button', { name: 'Where does this row live?' }).click();
  const home = tablePage.getByRole('dialog', { name: 'Where does this row live?' });
  const dead = home.getByRole('columnheader').filter({ hasText: address });
  await expect(dead).toContainText(`${address} does not answer: `);
  await expect(dead).toContainText('Check that Cassandra runs there');
  await expect(home.getByText('No node of the cluster answers')).toHaveCount(0);
  const copies = home.getByRole('row', { name: /^n / }).getByRole('cell');
  await expect(copies.filter({ hasText: /^7/ })).toHaveCount(2);
  await expect(copies.filter({ hasText: 'no answer' })).toHaveCount(1);
  await expect(home.getByText('2 of 3 replicas have the same values')).toBeVisible();

  await node.start();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click();
  await expect(risk(page).filter({ hasText: 'QUORUM and ALL work' }).first()).toBeVisible({ timeout: NOTICED_MS });
  await expect(schemaFact(page)).toContainText('all 3 nodes agree', { timeout: NOTICED_MS });
  await expect(page.getByRole('banner').getByText('3/3 up')).toBeVisible({ timeout: NOTICED_MS });
});

/** The lines that say which consistency levels work: one, or one for each group of keyspaces. */
function risk(page: Page): Locator {
  return page.getByRole('region', { name: 'Consistency levels' }).getByRole('listitem');
}

/** What the overview says of the schema. */
function schemaFact(page: Page): Locator {
  return page.getByRole('definition').filter({ hasText: /agree|version/ });
}
