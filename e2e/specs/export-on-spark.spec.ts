import { expect, test } from '../fixtures/test';

test('An export on Spark is planned column by column, and confirmed where values may be lost', async ({ page }) => {
  await page.goto('/demo/exports?keyspace=flights&table=airports&format=parquet');
  await page.getByRole('radio', { name: 'On Spark' }).check();
  const spark = page.getByRole('region', { name: 'On Spark' });
  const changed = spark.getByRole('list', { name: 'Columns that Spark changes' });
  await expect(changed.getByRole('listitem').filter({ hasText: 'latitude' })).toContainText('may lose values');
  await expect(spark.getByRole('button', { name: 'Start on Spark' })).toBeDisabled();
  await expect(spark).toContainText('Confirm 2 columns');
  for (const column of ['latitude', 'longitude']) {
    await spark.getByRole('checkbox', { name: `Export ${column} all the same` }).check();
  }
  await expect(spark).not.toContainText('Confirm');
  await spark.getByText('Script and command, to run by hand').click();
  await expect(spark.getByText('ACCEPTED = ["latitude", "longitude"]')).toBeVisible();
  await expect(spark.getByText('--packages com.datastax.spark')).toBeVisible();

  // What Spark has no way for is said in place of a plan.
  await page.getByRole('radio', { name: 'JSON', exact: true }).check();
  await expect(spark.getByRole('note')).toContainText('Spark writes CSV, NDJSON or Parquet');
});
