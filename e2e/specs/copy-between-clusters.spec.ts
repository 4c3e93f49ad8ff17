import { expect, START_MS, test } from '../fixtures/two-clusters';

/** Both clusters are reached for the first time. */
const CONNECTED = { timeout: 60_000 };
const ROWS = 1_000;

test('I copy 1,000 partitions from production to my laptop with a column masked, and see that nothing else differs', {
  tag: '@alone',
}, async ({ page, client, laptop, scratch }) => {
  test.setTimeout(START_MS);
  const { keyspace } = scratch;
  await scratch.run(`CREATE TABLE ${keyspace}.customers (id int PRIMARY KEY, email text, city text)`);
  for (let from = 0; from < ROWS; from += 50) {
    const some = Array.from({ length: 50 }, (_, at) => from + at);
    const insert = `INSERT INTO ${keyspace}.customers (id, email, city) VALUES (?, ?, ?)`;
    await Promise.all(
      some.map((id) => client.execute(insert, [id, `${id}@example.com`, `c${id % 9}`], { prepare: true })),
    );
  }

  await page.goto(`/production/keyspaces/${keyspace}/customers`);
  await page.getByRole('button', { name: 'Copy or compare…' }).click(CONNECTED);
  const sheet = page.getByRole('dialog', { name: 'Copy or compare' });
  await expect(sheet.getByLabel('Cluster', { exact: true })).toHaveValue('laptop');
  await sheet.getByLabel('Keyspace', { exact: true }).fill('shop');
  await sheet.getByLabel('What becomes of email').selectOption('constant');
  await expect(sheet.getByLabel('CQL literal for email')).toHaveValue("'masked'");
  await sheet.getByRole('button', { name: 'Show the statements' }).click();

  await expect(sheet.getByText('CREATE TABLE shop.customers')).toBeVisible(CONNECTED);
  await expect(sheet.getByText('INSERT INTO shop.customers')).toBeVisible();
  expect((await laptop.execute("SELECT * FROM system_schema.tables WHERE keyspace_name = 'shop'")).rowLength).toBe(0);

  await sheet.getByRole('button', { name: 'Start the job' }).click();
  await expect(sheet.getByRole('status')).toContainText('1,000 written · 1,000 found in the target', CONNECTED);
  const { rows } = await laptop.execute('SELECT * FROM shop.customers', [], { fetchSize: 5_000 });
  expect(rows).toHaveLength(ROWS);
  expect(new Set(rows.map((row) => row.get('email')))).toEqual(new Set(['masked']));
  for (const row of rows) expect(row.get('city')).toBe(`c${Number(row.get('id')) % 9}`);

  // The comparison names what I masked, in every row.
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Copy or compare…' }).click();
  await sheet.getByLabel('Task').selectOption('compare');
  await sheet.getByLabel('Keyspace', { exact: true }).fill('shop');
  await sheet.getByRole('button', { name: 'Show what is compared' }).click();
  await expect(sheet.getByRole('status')).toContainText('Rows are matched by id');
  await sheet.getByRole('button', { name: 'Start the job' }).click();
  await expect(sheet.getByRole('status')).toContainText('0 equal · 1,000 different', CONNECTED);

  await page.goto('/production/exports');
  await expect(page.getByRole('article', { name: new RegExp(`^Job of ${keyspace}\\.customers`) })).toHaveCount(2);
});
