import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ringNodes } from '../support/environment';

const NODES = ringNodes().map(({ host, port }) => `${host}:${port}`);
const [FIRST = '', SECOND = ''] = NODES;

/** What the table says of a level of a keyspace. */
const cell = (page: Page, level: string, keyspace: string) =>
  page.getByRole('button', { name: new RegExp(`^${level}( in \\S+)? on ${keyspace} `) });

test.describe('What if', () => {
  test('I ask whether I can lose a node, then two, and send the question to somebody', async ({ page }) => {
    await page.goto('/demo');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'What if' }).click();
    await expect(page.getByRole('status', { name: 'Can these nodes be lost?' })).toBeVisible();
    await expect(cell(page, 'ALL', 'flights')).toHaveAccessibleName(/works for the whole ring$/);

    await page.getByRole('checkbox', { name: FIRST }).check();
    await expect(cell(page, 'QUORUM', 'flights')).toHaveAccessibleName(/works for the whole ring$/);
    await expect(cell(page, 'ALL', 'flights')).toHaveAccessibleName(/fails for the whole ring$/);
    await expect(page.getByRole('img', { name: `Lost: ${FIRST}.` })).toBeVisible();

    await page.getByRole('checkbox', { name: SECOND }).check();
    await cell(page, 'LOCAL_QUORUM', 'flights').click();
    const meaning = page.getByRole('region', { name: /^LOCAL_QUORUM in \S+ on flights$/ });
    await expect(meaning).toContainText('fails for 100 % of the ring');
    await expect(meaning).toContainText('1 of 3 replicas is left');
    await expect(meaning).toContainText('ONE still works for the whole ring');

    const link = page.url();
    await page.goto('/demo');
    await page.goto(link);
    await expect(meaning).toContainText('1 of 3 replicas is left');
    await expect(page.getByRole('checkbox', { name: SECOND })).toBeChecked();
    await page.goBack();
    await page.goBack();
    await expect(cell(page, 'QUORUM', 'flights')).toHaveAccessibleName(/fails for the whole ring$/);
  });

  test('I see how much of a keyspace with one replica a node takes with it', async ({ page, client, scratch }) => {
    await scratch.run(
      `ALTER KEYSPACE ${scratch.keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    );
    await scratch.table('things', 'id text PRIMARY KEY');
    await page.goto(`/demo/what-if?node=${FIRST}&keyspace=${scratch.keyspace}&level=ONE`);
    const meaning = page.getByRole('region', { name: `ONE on ${scratch.keyspace}` });
    const { rows } = await client.execute('SELECT tokens FROM system.local');
    const ranges: unknown = rows[0]?.get('tokens');
    expect(Array.isArray(ranges)).toBe(true);
    await expect(meaning).toContainText(`(${Array.isArray(ranges) ? ranges.length : 0} ranges)`);
    await expect(meaning).toContainText('no replica is left, and 1 is needed');
    await expect(cell(page, 'ANY', scratch.keyspace)).toHaveAccessibleName(/works for the whole ring$/);
  });

  test('by keys alone I lose a whole datacenter and see nothing left', async ({ page }) => {
    await page.goto('/demo/what-if');
    const all = page.getByRole('checkbox', { name: new RegExp(`, ${NODES.length} nodes$`) });
    await all.focus();
    await page.keyboard.press('Space');
    await expect(all).toBeChecked();
    await expect(page.getByRole('status', { name: 'Can these nodes be lost?' })).toContainText(/^No\./);
    await cell(page, 'ANY', 'flights').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'ANY on flights' })).toContainText('no coordinator is left');
    await expect(page).toHaveURL(/datacenter=/);
  });

  test('I plan fewer replicas, and get the commands without anything being run', async ({ page, scratch, client }) => {
    await scratch.table('things', 'id text PRIMARY KEY');
    await page.goto(`/demo/what-if?question=replication&keyspace=${scratch.keyspace}`);
    await expect(page.getByText('This is the present replication.')).toBeVisible();
    await page.getByRole('spinbutton', { name: /^Replicas in / }).fill('2');
    const steps = page.getByRole('list', { name: 'Steps' });
    await expect(steps.getByRole('listitem').first()).toContainText(
      `ALTER KEYSPACE ${scratch.keyspace} WITH replication`,
    );
    await expect(steps.getByRole('listitem').nth(1)).toContainText(`nodetool cleanup ${scratch.keyspace}`);
    const ownership = page.getByRole('table', { name: `Ownership of ${scratch.keyspace} before and after` });
    await expect(ownership.getByRole('row').nth(1)).toContainText('100 %');

    const { rows } = await client.execute('SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?', [
      scratch.keyspace,
    ]);
    expect(JSON.stringify(rows[0]?.get('replication'))).toContain('"3"');
  });

  test('I plan a node more, and one less', async ({ page }) => {
    await page.goto('/demo/what-if');
    await page.getByRole('link', { name: 'Add or remove' }).click();
    await expect(page.getByText('The tokens are assumed')).toBeVisible();
    const ownership = page.getByRole('table', { name: /^Ownership of / });
    await expect(ownership.getByRole('rowheader', { name: 'the new node' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Change' }).selectOption(`Remove ${FIRST}`);
    await expect(page.getByRole('list', { name: 'Steps' })).toContainText('nodetool decommission');
    await expect(page.getByText(/Fewer nodes than replicas are left for .*decommission refuses this/)).toBeVisible();
  });
});
