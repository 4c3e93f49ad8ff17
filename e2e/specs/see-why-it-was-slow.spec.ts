import type { Locator, Page } from 'playwright/test';
import { type NodeControl, nodeControl } from '../../embedded/index.mjs';
import { test as base, expect } from '../fixtures/test';
import { pressOn } from '../support/keyboard';
import { QueryPage, runsStatement } from '../support/query-page';

const RESUMED_MS = 60_000;
/** Nodes write traces after they respond, later if they are busy. */
const WRITTEN_MS = 60_000;

/** The last node of the ring; whatever a test does to it, it answers again afterwards. */
const test = base.extend<{ node: NodeControl }>({
  node: [
    async ({ browserName: _ }, use) => {
      const node = nodeControl(2);
      await use(node);
      await node.resume();
    },
    { timeout: RESUMED_MS },
  ],
});

test.describe('Why a statement was slow', () => {
  test('every page of a result has its trace: the facts, each node by its own time, as text and as a table', async ({
    page,
    scratch,
  }) => {
    await scratch.table('things', 'id int PRIMARY KEY, n int');
    for (const id of [1, 2, 3]) await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES (${id}, 7)`);
    const query = await openTraced(page);
    await query.write(`SELECT * FROM ${scratch.keyspace}.things WHERE id = 1`);
    await query.runAtCursor();
    await page.getByRole('button', { name: 'Trace', exact: true }).click();
    const facts = factsOf(page);
    await expect(facts).toContainText('1 row returned', { timeout: WRITTEN_MS });
    await expect(facts).toContainText(/Duration\d/);
    await expect(page.getByRole('region', { name: 'Waterfall' })).toContainText(
      `Parsing SELECT * FROM ${scratch.keyspace}.things`,
    );
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect(page.getByRole('table', { name: 'Trace events' }).getByRole('row').nth(1)).toContainText(/UTC/);
  });

  test('two runs stand side by side: ONE against ALL', async ({ page, scratch }) => {
    await scratch.table('things', 'id int PRIMARY KEY, n int');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES (1, 7)`);
    const query = await openTraced(page);
    await query.write(`SELECT * FROM ${scratch.keyspace}.things WHERE id = 1`);
    for (const level of ['ONE', 'ALL']) {
      await page.getByRole('combobox', { name: 'Consistency level' }).selectOption(level);
      await query.editor.click();
      await query.runAtCursor();
      await page.getByRole('button', { name: 'Trace', exact: true }).click();
      await expect(factsOf(page)).toContainText(`Consistency${level}`, { timeout: WRITTEN_MS });
    }
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const facts = page.getByRole('table', { name: 'Facts of both traces' });
    await expect(facts.getByRole('row').filter({ hasText: 'Consistency' })).toHaveText('ConsistencyONEALLdiffers');
  });

  test('a colleague’s trace opens by its id and from its address, by keys; one that is not there says so', async ({
    page,
    client,
    scratch,
  }) => {
    await scratch.table('things', 'id int PRIMARY KEY, n int');
    const statement = `SELECT * FROM ${scratch.keyspace}.things WHERE id = 5`;
    const { info } = await client.execute(statement, [], { traceQuery: true });
    const query = new QueryPage(page);
    await query.open();
    await pressOn(page, page.getByRole('button', { name: 'Trace by id' }));
    const dialog = page.getByRole('dialog', { name: 'Trace by id' });
    await expect(dialog.getByRole('textbox', { name: /^Trace id/ })).toBeFocused();
    await page.keyboard.insertText('nothing');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('There is no UUID in it.');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(`Tracing session: ${info.traceId}`);
    await page.keyboard.press('Enter');
    await expect(factsOf(page)).toContainText('Duration', { timeout: WRITTEN_MS });
    await expect(page).toHaveURL(new RegExp(`trace=${info.traceId}`));

    await page.reload();
    await expect(dialog.getByRole('region', { name: 'Waterfall' })).toContainText(`Parsing ${statement}`);
    await page.goto('/demo/query?trace=4f5c0d30-8a5e-11ee-9b1a-0242ac120002');
    await expect(dialog.getByRole('alert')).toContainText('has expired');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page).not.toHaveURL(/trace=/);
  });

  test('one partition is read on each replica, and the traces prove whose rows they are', async ({
    page,
    scratch,
    client,
  }) => {
    await scratch.table('things', 'id int, c int, n int, PRIMARY KEY (id, c)');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, c, n) VALUES (1, 1, 7)`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(`SELECT * FROM ${scratch.keyspace}.things WHERE id = 1`);
    await query.runAtCursor();
    await page.getByRole('button', { name: 'Each replica' }).click();
    await page.getByRole('button', { name: 'Run on each replica' }).click();
    const panel = page.getByRole('region', { name: 'On each replica' });
    await expect(panel.getByRole('status').first()).toContainText('with the same row');
    const nodes = panel.getByRole('table', { name: 'Results by node' });
    await expect(nodes.getByRole('rowheader')).toHaveCount(Math.min(3, client.hosts.length));
    // Who reads is the coordinator's choice: one that is slow for a while asks another replica, and the page names it.
    await expect(async () => {
      await panel.getByRole('button', { name: 'Run again' }).click();
      await expect(nodes.getByText(/^(its own, by the trace|read by [\d.:, ]+)$/)).toHaveCount(
        Math.min(3, client.hosts.length),
        { timeout: 15_000 },
      );
    }).toPass({ timeout: WRITTEN_MS });
  });

  test('each replica gets the values that are bound, and is offered for one partition only', async ({
    page,
    scratch,
    client,
  }) => {
    await scratch.table('things', 'id int, c int, n int, PRIMARY KEY (id, c)');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, c, n) VALUES (1, 1, 7)`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(`SELECT * FROM ${scratch.keyspace}.things`);
    await query.runAtCursor();
    await expect(query.result.cells(1)).toHaveText(['1', '1', '7']);
    await expect(page.getByRole('button', { name: 'Each replica' })).toHaveCount(0);
    await query.write(`SELECT n FROM ${scratch.keyspace}.things WHERE id = :id AND c = 1`);
    await page.getByRole('region', { name: 'Parameters' }).getByLabel(':id int', { exact: true }).fill('1');
    await query.run.click();
    await expect(query.result.cells(1)).toHaveText(['7']);
    await page.getByRole('button', { name: 'Each replica' }).click();
    await page.getByRole('button', { name: 'Run on each replica' }).click();
    const panel = page.getByRole('region', { name: 'On each replica' });
    await expect(panel.getByRole('status').first()).toContainText('with the same row');
    await expect(panel.getByRole('table', { name: 'Results by node' }).getByRole('rowheader')).toHaveCount(
      Math.min(3, client.hosts.length),
    );
  });

  test('a node that answers late is what the coordinator waited for', { tag: '@alone' }, async ({
    page,
    scratch,
    node,
  }) => {
    test.setTimeout(3 * WRITTEN_MS);
    await scratch.table('things', 'id int PRIMARY KEY, n int');
    await scratch.run(`ALTER TABLE ${scratch.keyspace}.things WITH speculative_retry = 'NONE'`);
    await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES (1, 7)`);
    const query = await openTraced(page);
    await query.write(`SELECT * FROM ${scratch.keyspace}.things WHERE id = 1`);
    await page.getByRole('combobox', { name: 'Consistency level' }).selectOption('ALL');
    // The paused node may be the coordinator itself: then another run asks another.
    await expect(async () => {
      await node.pause();
      const sent = page.waitForRequest(runsStatement);
      await query.editor.click();
      await query.runAtCursor();
      await sent;
      await expect(page.getByText('Running…')).toBeVisible();
      await node.resume();
      await page.getByRole('button', { name: 'Trace', exact: true }).click();
      await expect(factsOf(page)).toContainText(`for ${node.address}, there and back (READ_REQ)`, { timeout: 10_000 });
    }).toPass({ timeout: 2 * WRITTEN_MS });
    await expect(page.getByRole('region', { name: `Node ${node.address}` })).toContainText(
      'on the path that took longest',
    );
  });
});

async function openTraced(page: Page): Promise<QueryPage> {
  const query = new QueryPage(page);
  await query.open();
  await page.getByRole('checkbox', { name: 'Trace' }).check();
  await expect(page.getByText('Slower: each request also writes its trace')).toBeVisible();
  return query;
}

function factsOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Facts of the trace' });
}
