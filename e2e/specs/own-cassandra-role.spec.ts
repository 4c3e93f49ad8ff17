import type { Page } from 'playwright/test';
import { expect, START_MS, test } from '../fixtures/guarded-node';
import { anotherBrowser } from '../fixtures/signed-in';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const [ORDERS, NOTES] = ['/guarded/keyspaces/shop/orders', '/guarded/keyspaces/private/notes'];
const PASSWORD = 'of the person alone';

test.use({
  people: {
    signIn: { cassandra: { clusters: ['guarded'] } },
    roles: [
      {
        name: 'by-cassandra',
        subjects: [{ everybody: true, way: 'cassandra' }],
        allow: [{ verbs: ['see', 'read', 'export', 'write', 'ddl'] }],
      },
    ],
  },
});

async function signIn(page: Page, role: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Cassandra role').fill(role);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Reads the notes in the editor until Cassandra, which learns of a GRANT within seconds, answers so. */
async function readsNotes(page: Page, answers: (query: QueryPage) => Promise<void>): Promise<void> {
  await page.goto('/guarded/query');
  const query = new QueryPage(page);
  await query.write('SELECT note FROM private.notes');
  await expect(async () => {
    await query.runAtCursor();
    await answers(query);
  }).toPass({ timeout: 30_000 });
}

const showsNote = (query: QueryPage) => expect(query.result.cells(1)).toHaveText(['only for ben'], { timeout: 5_000 });

test('two people sign in as their Cassandra roles: each sees what is granted to theirs, also after a GRANT and a REVOKE', {
  tag: '@alone',
}, async ({ page: ada, browser, guarded: { url }, root }) => {
  test.setTimeout(START_MS);
  for (const statement of [
    "CREATE KEYSPACE private WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1}",
    'CREATE TABLE private.notes (id int PRIMARY KEY, note text)',
    'INSERT INTO shop.orders (id, total) VALUES (7, 70)',
    "INSERT INTO private.notes (id, note) VALUES (1, 'only for ben')",
    ...['ada', 'ben'].map((name) => `CREATE ROLE ${name} WITH PASSWORD = '${PASSWORD}' AND LOGIN = true`),
    'GRANT SELECT ON TABLE shop.orders TO ada',
    'GRANT SELECT ON KEYSPACE private TO ben',
  ]) {
    await root.execute(statement);
  }

  await ada.goto(ORDERS);
  await signIn(ada, 'ada', 'not of ada');
  await expect(ada.getByRole('alert').filter({ hasText: 'The name or the password is not right.' })).toBeVisible();
  await signIn(ada, 'ada');
  await expect(new ResultGrid(ada).cells(1)).toHaveText(['7', '70']);

  const ben = await anotherBrowser(browser, url);
  await ben.goto(NOTES);
  await signIn(ben, 'ben');
  await expect(new ResultGrid(ben).cells(1)).toHaveText(['1', 'only for ben']);
  const tree = (page: Page) => page.getByRole('tree');
  await expect(tree(ben)).toContainText('private');
  await expect(tree(ben)).not.toContainText('shop');
  await expect(tree(ada)).toContainText('shop');
  await expect(tree(ada)).not.toContainText('private');

  const refused = () => expect(ada.getByRole('main').getByRole('alert')).toContainText('SELECT', { timeout: 5_000 });
  await readsNotes(ada, refused);
  await root.execute('GRANT SELECT ON KEYSPACE private TO ada');
  await readsNotes(ada, showsNote);
  await root.execute('REVOKE SELECT ON KEYSPACE private FROM ada');
  await readsNotes(ada, refused);

  await ada.getByRole('button', { name: 'Signed in as ada' }).click();
  await ada.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(ada.getByLabel('Cassandra role')).toBeVisible();
  await ada.goto(ORDERS);
  await expect(ada.getByLabel('Cassandra role')).toBeVisible();
  await readsNotes(ben, showsNote);
  await ben.context().close();
});
