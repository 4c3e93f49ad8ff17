import { anotherBrowser, expect, signInAs, test } from '../fixtures/signed-in';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const TABLE = '/demo/keyspaces/flights/airports';

const ROLES = [
  { name: 'everybody', subjects: [{ everybody: true }], allow: [{ verbs: ['read'] }], limits: { rows: 150 } },
  { name: 'editors', subjects: [{ group: 'editors' }], as: 'admin' },
];

test.use({ team: { people: { vera: 'readers', ed: 'editors' }, roles: ROLES } });

test('a reader is offered what they may do, and an editor all of it', async ({
  page: vera,
  browser,
  signedIn: { url },
}) => {
  await vera.goto(TABLE);
  await signInAs(vera, 'vera');
  await expect(new ResultGrid(vera).row(1)).toBeVisible();
  // The same address has these for an editor.
  const offers = [
    vera.getByRole('button', { name: 'Change rows like these…' }),
    vera.getByRole('button', { name: 'Copy or compare…' }),
    vera.getByRole('link', { name: 'Export', exact: true }),
    vera.getByRole('link', { name: 'Load', exact: true }),
    vera.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Nodes' }),
    vera.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Exports' }),
  ];
  for (const offer of offers) await expect(offer).toHaveCount(0);
  await vera.goto(`${TABLE}/load`);
  await expect(vera.getByRole('main').getByRole('note')).toContainText('needs write on airports');

  await vera.goto('/demo/query');
  const query = new QueryPage(vera);
  await query.write("DELETE FROM flights.airports WHERE iata = 'SEA'");
  await expect(vera.getByRole('region', { name: 'Cost of the statement' })).toContainText(
    'No role gives you write here, so DELETE does not run.',
  );

  const ed = await anotherBrowser(browser, url);
  await ed.goto(TABLE);
  await signInAs(ed, 'ed');
  await expect(ed.getByRole('button', { name: 'Change rows like these…' })).toBeVisible();
  await expect(ed.getByRole('button', { name: 'Copy or compare…' })).toBeVisible();
  await expect(ed.getByRole('link', { name: 'Export', exact: true })).toBeVisible();
  await expect(ed.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Nodes' })).toBeVisible();
  await ed.context().close();
});

test('a reader within limits sees which role ended the read, after how many rows, and who can raise it', async ({
  page,
}) => {
  await page.goto('/demo/query');
  await signInAs(page, 'vera');
  const query = new QueryPage(page);
  await query.write('SELECT iata FROM flights.airports');
  await query.runAtCursor();
  await expect(page.getByText('Incomplete: your role’s limit after row 150')).toBeVisible();
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(page.getByRole('dialog', { name: 'Why the read failed' })).toContainText(
    'This ended after 150 rows, as many as your role “everybody” allows',
  );
});
