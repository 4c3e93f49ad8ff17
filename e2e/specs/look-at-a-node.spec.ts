import { expect, test } from '../fixtures/test';
import { ringNodes } from '../support/environment';

/** Nodes answer one statement after another, later if they are busy. */
const ANSWERED = { timeout: 60_000 };

test.describe('Look at a node', () => {
  test('I find the node with the most data, open it, and see who is connected and what runs', async ({ page }) => {
    await page.goto('/demo');
    await page.getByRole('link', { name: 'See every node' }).click();
    await expect(page).toHaveURL(/\/demo\/nodes$/);
    const grid = page.getByRole('grid', { name: 'Nodes' });
    await expect(grid.getByRole('row')).toHaveCount(4, ANSWERED);
    await grid.getByRole('button', { name: 'Load', exact: true }).click();
    await expect(page).toHaveURL(/sort=-load/);
    await expect(grid.getByRole('columnheader', { name: 'Load' })).toHaveAttribute('aria-sort', 'descending');
    await page.getByRole('combobox', { name: 'Group' }).selectOption('by rack');
    await expect(grid.getByRole('button', { name: /^rack1|rack1 · 1 node/ })).toBeVisible();
    await grid.getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+\.\d+\.\d+\.\d+:\d+$/);

    const clients = page.getByRole('table', { name: 'Clients' });
    await expect(clients.getByRole('row').nth(1)).toContainText('Node.js Driver', ANSWERED);
    await expect(page.getByRole('table', { name: 'Thread pools' })).toContainText('ReadStage');
    await expect(page.getByRole('slider', { name: 'Pending tasks, tasks' })).toBeVisible(ANSWERED);
    const queries = page.getByRole('region', { name: 'Running queries' });
    await expect(queries).toContainText('system_views.queries');
    await queries.getByRole('checkbox', { name: 'Show values' }).check();
    await expect(queries).toContainText('system_views.queries', ANSWERED);
    await page.getByRole('link', { name: 'All nodes' }).click();
    await expect(grid).toBeVisible();
  });

  test('by keys alone: to a node’s number, its source, and the node', async ({ page }) => {
    await page.goto('/demo/nodes');
    const grid = page.getByRole('grid', { name: 'Nodes' });
    await expect(grid.getByRole('row')).toHaveCount(4, ANSWERED);
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    for (let column = 0; column < 6; column++) await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('status').filter({ hasText: 'system_views.gossip_info' })).toContainText(
      /load .* read/,
    );
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/demo\/nodes\/[0-9a-f-]{36}$/);
    await expect(page.getByText('Host id')).toBeVisible();
  });

  test('a node is found by its address, with or without the port', async ({ page }) => {
    const [node = { host: '', port: 0 }] = ringNodes();
    for (const name of [node.host, `${node.host}:${node.port}`]) {
      await page.goto(`/demo/nodes/${encodeURIComponent(name)}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${node.host}:${node.port}`, ANSWERED);
      await expect(page.getByText('Host id')).toBeVisible();
    }
  });

  test('a node that is not there, and choices that are not known, say so', async ({ page }) => {
    await page.goto('/demo/nodes/00000000-0000-4000-8000-000000000000');
    await expect(page.getByText(/^The cluster has no node 0{8}-/)).toBeVisible(ANSWERED);
    await page.goto('/demo/nodes?group=colour');
    await expect(page.getByRole('note').first()).toContainText('group');
  });
});
