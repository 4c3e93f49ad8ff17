import { expect, test } from '../fixtures/test';

test.describe('Changing many rows alike', () => {
  test('I set a column of the rows that my filter finds, see it done, and take it back', async ({
    page,
    client,
    scratch,
  }) => {
    await scratch.table('orders', 'customer int, id int, state text, PRIMARY KEY (customer, id)');
    for (let id = 0; id < 12; id++) {
      await scratch.run(
        `INSERT INTO ${scratch.keyspace}.orders (customer, id, state) VALUES (${id % 2}, ${id}, 'open')`,
      );
    }
    const states = async () => {
      const { rows } = await client.execute(`SELECT customer, state FROM ${scratch.keyspace}.orders`);
      return rows.map((row) => `${row.get('customer')} ${row.get('state')}`).toSorted();
    };
    const filters = JSON.stringify([{ column: 'customer', operator: '=', value: 1 }]);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/orders?filters=${encodeURIComponent(filters)}`);
    await page.getByRole('button', { name: 'Change rows like these…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Change rows like these' });
    await sheet.getByLabel('Add a column to set').selectOption('state');
    await sheet.getByRole('textbox', { name: 'state', exact: true }).fill('closed');
    await sheet.getByRole('button', { name: 'Count and show the first rows' }).click();

    await expect(sheet.getByRole('status')).toContainText('6 rows, counted at');
    await expect(sheet.getByText(`SET state = 'closed' WHERE customer = 1 AND id = 3 IF state = 'open'`)).toBeVisible();
    expect(new Set(await states())).toEqual(new Set(['0 open', '1 open']));

    await sheet.getByRole('button', { name: 'Start the job' }).click();
    await expect(sheet.getByRole('status')).toContainText('6 applied');
    expect(new Set(await states())).toEqual(new Set(['0 open', '1 closed']));

    await sheet.getByRole('button', { name: 'Undo this job…' }).click();
    await expect(sheet.getByRole('status')).toContainText('6 rows, counted at');
    await sheet.getByRole('button', { name: 'Start the job' }).click();
    await expect(sheet.getByRole('status')).toContainText('6 applied');
    expect(new Set(await states())).toEqual(new Set(['0 open', '1 open']));

    // Both jobs are listed with the exports.
    await page.goto('/demo/exports');
    await expect(page.getByRole('article', { name: `Job of ${scratch.keyspace}.orders` })).toHaveCount(2);
  });

  test('I let a slow job go faster, undo it from its line, and read what goes with it when I delete it', async ({
    page,
    client,
    scratch,
  }) => {
    await scratch.table('orders', 'customer int, id int, s text static, state text, PRIMARY KEY (customer, id)');
    for (let id = 0; id < 60; id++) {
      await scratch.run(`INSERT INTO ${scratch.keyspace}.orders (customer, id, state) VALUES (1, ${id}, 'open')`);
    }
    const closed = async () => {
      const { rows } = await client.execute(`SELECT state FROM ${scratch.keyspace}.orders`);
      return rows.filter((row) => row.get('state') === 'closed').length;
    };
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/orders`);
    await page.getByRole('button', { name: 'Change rows like these…' }).click();
    const sheet = page.getByRole('dialog', { name: 'Change rows like these' });
    await expect(sheet.getByText('“s” is static', { exact: false })).toBeVisible();
    await sheet.getByLabel('Add a column to set').selectOption('state');
    await sheet.getByRole('textbox', { name: 'state', exact: true }).fill('closed');
    await sheet.getByRole('textbox', { name: 'Rows a second, at most' }).fill('1');
    await sheet.getByRole('button', { name: 'Count and show the first rows' }).click();
    await sheet.getByRole('button', { name: 'Start the job' }).click();
    await expect(sheet.getByRole('status')).toContainText('applied');
    await sheet.getByRole('button', { name: 'Close' }).last().click();

    await page.goto('/demo/exports');
    const line = page.getByRole('article', { name: `Job of ${scratch.keyspace}.orders` });
    await line.getByRole('button', { name: 'Rate…' }).click();
    const ofJob = page.getByRole('dialog', { name: 'Changed rows' });
    await ofJob.getByRole('textbox', { name: 'Rows a second, at most' }).fill('');
    await ofJob.getByRole('button', { name: 'Set the rate' }).click();
    await expect(ofJob.getByRole('status')).toContainText('60 applied', { timeout: 30_000 });
    await ofJob.getByRole('button', { name: 'Close' }).last().click();
    expect(await closed()).toBe(60);

    await line.getByRole('button', { name: 'Undo or try again…' }).click();
    await ofJob.getByRole('button', { name: 'Undo this job…' }).click();
    await expect(ofJob.getByRole('status')).toContainText('60 rows, counted at');
    await ofJob.getByRole('button', { name: 'Start the job' }).click();
    await expect(ofJob.getByRole('status')).toContainText('60 applied', { timeout: 30_000 });
    await ofJob.getByRole('button', { name: 'Close' }).last().click();
    expect(await closed()).toBe(0);

    await line.last().getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('dialog', { name: /^Delete the job of/ })).toContainText(
      'Without the journal, the rows that it changed cannot be changed back.',
    );
  });
});
