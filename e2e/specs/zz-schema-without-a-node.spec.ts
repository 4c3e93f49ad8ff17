import { expect, RESTART_MS, test } from '../fixtures/last-node';
import { ringNodes } from '../support/environment';
import { QueryPage } from '../support/query-page';

const NODES = ringNodes().length;

test('I change the schema while a node is down: I see what is waited for, and what is not known at the end', {
  tag: '@alone',
}, async ({ page, scratch, node }) => {
  test.setTimeout(RESTART_MS);
  const query = new QueryPage(page);
  await query.open();
  await node.stop();
  await query.write(`CREATE TABLE ${scratch.keyspace}.made (id int PRIMARY KEY)`);
  await query.runAtCursor();
  await page.getByRole('dialog').getByRole('button', { name: 'Run CREATE TABLE' }).click();
  await expect(page.getByText(`Waiting for schema agreement: ${NODES - 1} of ${NODES} nodes`)).toBeVisible();
  const known = `Ran. ${node.address} did not answer, so whether it has the new schema is not known.`;
  await expect(page.getByText(known)).toBeVisible({ timeout: 30_000 });

  await node.start();
  await query.write(`CREATE TABLE ${scratch.keyspace}.second (id int PRIMARY KEY)`);
  await query.runAtCursor();
  await page.getByRole('dialog').getByRole('button', { name: 'Run CREATE TABLE' }).click();
  await expect(page.getByText(`All ${NODES} nodes have the new schema.`)).toBeVisible({ timeout: 60_000 });
});
