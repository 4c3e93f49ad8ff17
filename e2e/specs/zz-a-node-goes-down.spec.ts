import type { Locator, Page } from 'playwright/test';
import { expect, NOTICED_MS, RESTART_MS, test } from '../fixtures/last-node';
import { TELLS_GOSSIP } from '../support/environment';
import { ResultGrid } from '../support/grid';

// This file's name puts it last: the other tests of a busy ring do not meet a node that has just come back.
test('a node goes down while I look: what is shown stays, reading continues, and I see when it is back, and afterwards what happened', {
  tag: '@alone',
}, async ({ page, context, node }) => {
  test.setTimeout(RESTART_MS + 3 * NOTICED_MS);
  const address = `${node.address}:${node.port}`;
  await page.goto('/demo/ring?keyspace=flights');
  await expect(stateFromHere(page, address)).toHaveText('up');
  const tablePage = await context.newPage();
  await tablePage.goto('/demo/keyspaces/flights/by_origin_day?pageRows=500');
  const grid = new ResultGrid(tablePage);
  await expect(grid.lastWord('Paused: more rows below')).toBeVisible();
  // Reading the texts does not wait for the row to be drawn.
  await expect(grid.cells(1).first()).toHaveText(/\S/);
  const firstRow = await grid.cells(1).allTextContents();

  await node.stop();
  // "down", followed by the reason in words.
  await expect(stateFromHere(page, address)).toHaveText(/^down./, { timeout: NOTICED_MS });
  await expect(stateByGossip(page, address)).toHaveText(TELLS_GOSSIP ? /^down/ : /^unknown/, { timeout: NOTICED_MS });
  await expect(page.getByRole('img', { name: /^Token ring/ })).toBeVisible();
  await expect(nodes(page).getByRole('rowheader')).toHaveCount(3);
  await expect(page.getByRole('banner').getByText('2/3 up')).toBeVisible({ timeout: NOTICED_MS });

  await expect(grid.cells(1)).toHaveText(firstRow);
  await grid.readOn();
  await expect(grid.bar).toContainText('200,000 rows');
  await tablePage.reload();
  await expect(grid.cells(1)).toHaveText(firstRow);
  await expect(tablePage.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);

  await node.start();
  await expect(stateFromHere(page, address)).toHaveText('up', { timeout: NOTICED_MS });
  await expect(stateByGossip(page, address)).toHaveText(TELLS_GOSSIP ? 'up' : /^unknown/, { timeout: NOTICED_MS });
  await expect(page.getByRole('banner').getByText('3/3 up')).toBeVisible({ timeout: NOTICED_MS });

  await page.goto(`/demo/events?about=nodes&node=${encodeURIComponent(address)}`);
  for (const title of ['Restarted', 'Ringside can reach the node again', 'Ringside cannot reach the node']) {
    await expect(page.getByText(title).first()).toBeVisible({ timeout: NOTICED_MS });
  }
});

function nodes(page: Page): Locator {
  return page.getByRole('table', { name: 'Nodes of the ring' });
}

function rowOf(page: Page, address: string): Locator {
  return nodes(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: address }) });
}

function stateFromHere(page: Page, address: string): Locator {
  return rowOf(page, address).getByRole('cell').nth(1);
}

function stateByGossip(page: Page, address: string): Locator {
  return rowOf(page, address).getByRole('cell').nth(2);
}
