import { expect, signInAs, test } from '../fixtures/signed-in';
import { ResultGrid } from '../support/grid';

const [CITY, EMAIL] = [3, 4];
const ROLES = [{ name: 'support', subjects: [{ group: 'support' }], as: 'editor', masks: [{ columns: ['email'] }] }];

test.use({ team: { people: { anna: 'support' }, roles: ROLES } });

test('a person who may not see e-mail addresses corrects a city and deletes a customer', async ({ page, scratch }) => {
  const table = `${scratch.keyspace}.customers`;
  await scratch.run(`CREATE TABLE ${table} (id text, c int, city text, email text, PRIMARY KEY (id, c))`);
  for (const c of [1, 2]) {
    await scratch.run(
      `INSERT INTO ${table} (id, c, city, email) VALUES ('a', ${c}, 'Kioto', 'secret${c}@example.com')`,
    );
  }
  await page.goto(`/demo/keyspaces/${scratch.keyspace}/customers`);
  await signInAs(page, 'anna');
  const grid = new ResultGrid(page, /^Rows of /);
  await expect(grid.cell(1, EMAIL)).toHaveText('•••');
  await expect(page.getByRole('button', { name: 'Add a row' })).toBeVisible();

  await grid.cell(1, EMAIL).click();
  await page.keyboard.press('F2');
  await expect(page.getByText('email is masked for you by the role support, so it cannot be edited.')).toBeVisible();
  await grid.cell(1, CITY).click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Kyoto');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+S');
  const review = page.getByRole('dialog', { name: 'Review 1 change in 1 row' });
  await expect(review).toContainText('Masked for you: “email”.');
  await review.getByRole('button', { name: 'Run 1 statement' }).click();
  const ended = page.getByRole('dialog', { name: 'What became of the changes' });
  await expect(ended.getByRole('status').first()).toContainText('1 applied');
  await page.keyboard.press('Escape');
  expect(await scratch.run(`SELECT city, email FROM ${table} WHERE id = 'a' AND c = 1`)).toMatchObject([
    { city: 'Kyoto', email: 'secret1@example.com' },
  ]);

  await expect(grid.cell(1, CITY)).toHaveText('Kyoto');
  await grid.cell(2, CITY).click();
  await page.keyboard.press('ControlOrMeta+Backspace');
  await page.keyboard.press('ControlOrMeta+S');
  await expect(review).toContainText('The deletion takes the masked values of “email” with it.');
  await expect(page.getByText('secret')).toHaveCount(0);
});
