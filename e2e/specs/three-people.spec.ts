import type { Page } from 'playwright/test';
import { anotherBrowser, expect, signInAs, test } from '../fixtures/signed-in';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const TABLE = '/demo/keyspaces/flights/airports';

const ROLES = [
  { name: 'everybody', subjects: [{ everybody: true }], as: 'viewer' },
  {
    name: 'reports',
    subjects: [{ group: 'analysts' }],
    as: 'analyst',
    keyspaces: ['flights'],
    masks: [{ columns: ['name'] }],
  },
  { name: 'dba', subjects: [{ group: 'dba' }], as: 'admin' },
];

test.use({ team: { people: { anna: 'analysts', ben: 'staff', carla: 'dba' }, roles: ROLES } });

test('three people at once each see what they may: rows without what is masked, no rows, and everything', async ({
  page: anna,
  browser,
  signedIn: { url },
}) => {
  await anna.goto(TABLE);
  await signInAs(anna, 'anna');
  const maskedOf = (page: Page) => new ResultGrid(page).cells(1).filter({ hasText: '•••' });
  await expect(maskedOf(anna)).toHaveCount(1);
  await anna.goto('/demo/query');
  const query = new QueryPage(anna);
  await query.write("SELECT iata, name FROM flights.airports WHERE iata = 'SEA'");
  await query.runAtCursor();
  await expect(query.result.cells(1)).toHaveText(['SEA', '•••']);
  await query.write("SELECT upper(name) FROM flights.airports WHERE iata = 'SEA'");
  await query.runAtCursor();
  await expect(anna.getByRole('main').getByRole('alert')).toContainText('name');

  const ben = await anotherBrowser(browser, url);
  await ben.goto(TABLE);
  await signInAs(ben, 'ben');
  await expect(ben.getByRole('main').getByRole('alert')).toContainText('it needs read on flights.airports of demo');
  await ben.getByRole('button', { name: 'Signed in as ben' }).click();
  await ben.getByRole('menuitem', { name: 'What may I do?' }).click();
  const rights = ben.getByRole('dialog', { name: 'What may I do, and by which rule?' });
  await expect(rights.getByRole('row').filter({ hasText: 'read' }).first()).toContainText('flights.airports');

  const carla = await anotherBrowser(browser, url);
  await carla.goto(TABLE);
  await signInAs(carla, 'carla');
  await expect(new ResultGrid(carla).row(1)).toBeVisible();
  await expect(maskedOf(carla)).toHaveCount(0);
  await carla.goto('/demo/nodes');
  await expect(carla.getByRole('grid', { name: 'Nodes' })).toBeVisible();
  await ben.goto('/demo/nodes');
  await expect(ben.getByRole('main').getByRole('alert')).toContainText('it needs operate on all of the cluster demo');
  for (const each of [ben, carla]) await each.context().close();
});
