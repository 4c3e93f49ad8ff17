import { z } from 'zod';
import { expect, START_MS, test } from '../fixtures/with-spark';
import { ExportsPage } from '../support/exports-page';

const ROWS = 5_000;
const SHOWN = ROWS.toLocaleString('en-US');
/** Spark starts, reads and ends within minutes, also on a busy machine. */
const ON_SPARK = { timeout: START_MS };

const manifestSchema = z.object({
  isComplete: z.boolean(),
  rows: z.number(),
  spark: z.object({ rowsObserved: z.number(), rowsReadBack: z.number() }),
});

test('I export a table on Spark and follow it until its rows are read back; a second job I cancel, and it counts for nothing', {
  tag: '@spark',
}, async ({ page, client, request, scratch }) => {
  test.setTimeout(3 * START_MS);
  await scratch.table('orders', 'id int PRIMARY KEY, city text');
  const insert = `INSERT INTO ${scratch.keyspace}.orders (id, city) VALUES (?, ?)`;
  const ids = Array.from({ length: ROWS }, (_, id) => id);
  for (let from = 0; from < ROWS; from += 100) {
    const some = ids.slice(from, from + 100);
    await Promise.all(some.map((id) => client.execute(insert, [id, `c${id % 9}`], { prepare: true })));
  }
  const exports = new ExportsPage(page);
  const title = `${scratch.keyspace}.orders`;
  const start = async () => {
    await page.goto(`/demo/exports?keyspace=${scratch.keyspace}&table=orders&format=parquet`);
    await page.getByRole('radio', { name: 'On Spark' }).check();
    await page.getByRole('region', { name: 'On Spark' }).getByRole('button', { name: 'Start on Spark' }).click();
  };

  await start();
  const job = exports.line('Job', title);
  await expect(job.getByText('Running', { exact: true })).toBeVisible(ON_SPARK);
  await expect(job).toContainText(/\d+ of \d+ tasks/, ON_SPARK);
  // It runs on the server: this page may come and go.
  await page.reload();
  await expect(job.getByText('Complete', { exact: true })).toBeVisible(ON_SPARK);
  await expect(job).toContainText(`${SHOWN} rows observed · ${SHOWN} read back`);
  await exports.unfold(job);
  const link = await job.getByRole('link', { name: 'manifest', exact: true }).getAttribute('href');
  const manifest = await request.get(link ?? '', { headers: { 'x-ringside': '1' } });
  const found = manifestSchema.parse(await manifest.json());
  expect(found).toEqual({ isComplete: true, rows: ROWS, spark: { rowsObserved: ROWS, rowsReadBack: ROWS } });

  await start();
  await expect(job.getByText('Running', { exact: true })).toBeVisible(ON_SPARK);
  await job.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click();
  await expect(job.getByText('Cancelled', { exact: true })).toBeVisible(ON_SPARK);
  await expect(job).toContainText('nothing that it wrote counts as complete');
});
