import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ringNodes, TELLS_GOSSIP } from '../support/environment';
import { goByPalette } from '../support/keyboard';

const NODES = ringNodes().map(({ host, port }) => `${host}:${port}`);
/** The first round asks every node everything, and the schema is read every 30 s. */
const FOUND_MS = 90_000;
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });

test('a table that keeps its rows for ever is found; I read why, open its statement, mute it and show it again', async ({
  page,
  scratch,
}) => {
  test.setTimeout(4 * FOUND_MS);
  const options = "compaction = {'class': 'TimeWindowCompactionStrategy'}";
  await scratch.run(`CREATE TABLE ${scratch.keyspace}.windows (k int PRIMARY KEY) WITH ${options}`);
  const title = `${scratch.keyspace}.windows is compacted by time windows`;
  await page.goto('/demo');
  const finding = verdict(page).getByText(title);
  await expect(finding).toBeVisible({ timeout: FOUND_MS });

  await finding.click();
  const evidence = verdict(page).getByRole('table', { name: 'Evidence' }).filter({ visible: true });
  await expect(evidence.getByRole('row', { name: /default_time_to_live/ })).toContainText('0 ms');
  for (const fact of ['What it means', 'What to do', 'Threshold', 'Not known', 'Shown by']) {
    await expect(verdict(page).getByText(fact, { exact: true }).filter({ visible: true })).toBeVisible();
  }
  const link = verdict(page).getByRole('link', { name: 'Open in the editor' }).filter({ visible: true });
  await expect(link).toHaveAttribute('href', /query\?statement=SELECT/);

  // By keys alone.
  await verdict(page).getByRole('button', { name: 'Mute…' }).filter({ visible: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Every statement says TTL');
  await page.keyboard.press('Enter');
  const muted = verdict(page).getByText('1 muted');
  await expect(muted).toBeVisible();
  await expect(finding).toBeHidden();
  await page.reload();
  await muted.click();
  await finding.click();
  await expect(verdict(page).getByText(/^Muted until .*: Every statement says TTL$/)).toBeVisible();
  await verdict(page).getByRole('button', { name: 'Show again' }).filter({ visible: true }).click();
  await expect(muted).toHaveCount(0);
  await expect(finding).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`what nodes say of each other and their settings are readable (${scheme}), at 1024 px, by palette and axe`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 1_024, height: 800 });
    await page.goto('/demo');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await goByPalette(page, 'Agreement');
    const matrix = page.getByRole('table', { name: 'What each node says of each' });
    await expect(matrix.getByRole('rowheader')).toHaveText(NODES);
    const state = TELLS_GOSSIP ? 'up' : 'unknown';
    for (const [row, node] of NODES.entries()) {
      const cells = matrix
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: node }) })
        .getByRole('cell');
      for (const column of NODES.keys()) {
        const expected = row === column ? 'upanswers Ringside' : new RegExp(`^${state}`);
        await expect(cells.nth(column + 1)).toHaveText(expected, { timeout: FOUND_MS });
      }
    }
    await page.getByRole('checkbox', { name: /that each node has its own of/ }).check();
    await expect(page.getByRole('row', { name: /^rpc_address/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
