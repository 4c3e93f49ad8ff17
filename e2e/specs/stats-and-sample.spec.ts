import { expect, test } from '../fixtures/test';

test.describe('Stats, sample and schema of a table', () => {
  test.beforeEach(async ({ scratch }) => {
    await scratch.table('things', 'id int PRIMARY KEY, filled text, half int, never blob');
    for (let id = 0; id < 40; id++) {
      const half = id % 2 === 0 ? String(id) : 'null';
      await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, filled, half) VALUES (${id}, 'v', ${half})`);
    }
  });

  test('stats come from every node, and say what is not recorded', async ({ page, client, scratch }) => {
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things`);
    await page.getByRole('navigation', { name: 'Views of this table' }).getByRole('link', { name: 'Stats' }).click();
    const nodes = page.getByRole('table', { name: 'The table by node' });
    for (const host of client.hosts.values()) {
      await expect(nodes.getByRole('rowheader', { name: host.address })).toBeVisible();
    }
    const latency = page.getByRole('table', { name: 'Latency' });
    await expect(latency.getByRole('columnheader')).toHaveText([/^Node$/, /^0 – /, 'p50', 'p99', 'max', 'requests']);
    const writes = latency.getByRole('rowgroup', { name: 'Local writes' });
    await expect(writes.getByRole('row')).toHaveCount(client.hosts.length + 1);
    await expect(page.getByText('Nothing recorded yet.')).toBeVisible();
    await expect(page.getByText('estimate').first()).toBeVisible();
  });

  test('a sample shows its values as the grid does', async ({ page, scratch }) => {
    await scratch.table(
      'odd',
      'id int PRIMARY KEY, tags set<text>, words text, seen map<text, int>, pair tuple<int, int>',
    );
    await scratch.run(
      `INSERT INTO ${scratch.keyspace}.odd (id, tags, words, seen, pair) VALUES (1, {'b', 'a'}, '', {'x': 1}, (1, null))`,
    );
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/odd/stats`);
    await page.getByRole('button', { name: 'Read a sample' }).click();
    const sample = page.getByRole('table', { name: 'Columns of odd, by the sample' });
    for (const [name, shown] of [
      ['tags', '{a, b}'],
      ['words', '""'],
      ['seen', '{x: 1}'],
      ['pair', '(1, null)'],
    ] as const) {
      const row = sample.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
      await expect(row.getByRole('cell').last()).toHaveText(shown);
    }
  });

  test('a sample shows which columns are filled, and says what it is of', async ({ page, scratch }) => {
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things/stats`);
    await page.getByRole('button', { name: 'Read a sample' }).click();
    const sample = page.getByRole('table', { name: 'Columns of things, by the sample' });
    const row = (name: string) =>
      sample.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await expect(row('filled')).toContainText('100 %');
    await expect(row('half')).toContainText('50 %');
    await expect(row('never')).toContainText('0 %');
    await expect(page.getByText(/the first row of 40 partitions at 24 places of the ring/)).toBeVisible();
  });

  test('the schema says what differs from a new table and what follows, and that an index is built', async ({
    page,
    scratch,
  }) => {
    await scratch.run(`ALTER TABLE ${scratch.keyspace}.things WITH gc_grace_seconds = 3600`);
    await scratch.run(`CREATE INDEX things_half ON ${scratch.keyspace}.things (half)`);
    await expect
      .poll(async () => (await page.request.get('/api/clusters/demo/schema')).text(), 'Ringside knows the index')
      .toContain('things_half');
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/things/schema`);
    const properties = page.getByRole('table', { name: 'Properties of things' });
    const changed = properties.getByRole('row').filter({ hasText: 'gc_grace_seconds' });
    await expect(changed).toContainText('864000');
    await expect(changed).toContainText('Tombstones stay for 1 h');
    await expect(changed.getByText('set', { exact: true })).toBeVisible();
    const index = page
      .getByRole('table', { name: 'Indexes of things' })
      .getByRole('row')
      .filter({ hasText: 'things_half' });
    await expect(async () => {
      await page.reload();
      await expect(index).toContainText(/ready on (all|the)/);
    }).toPass({ timeout: 120_000 });
  });
});
