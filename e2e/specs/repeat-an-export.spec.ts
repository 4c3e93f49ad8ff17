import { expect, test } from '../fixtures/test';
import { ExportsPage } from '../support/exports-page';

test('An export that repeats: made from the form, run by hand, its outcome seen, paused and removed', async ({
  page,
}) => {
  const exports = new ExportsPage(page);
  await exports.open('flights', 'airports');
  await page.getByRole('button', { name: 'Repeat…' }).click();
  const form = page.getByRole('dialog', { name: 'Repeat the export of flights.airports' });
  const name = `airports-${Date.now()}`;
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('combobox', { name: 'Time zone' }).fill('Mars/Base');
  await expect(form.getByRole('alert')).toContainText('not a time zone');
  await form.getByRole('combobox', { name: 'Time zone' }).fill('Pacific/Auckland');
  await form.getByRole('combobox', { name: 'Repeat' }).selectOption('every Monday at 02:30');
  await expect(form.getByRole('list', { name: 'Next times' }).getByRole('listitem')).toHaveCount(3);
  await expect(form.getByRole('list', { name: 'Next times' })).toContainText('02:30 Pacific/Auckland');
  await form.getByRole('button', { name: 'Create the schedule' }).click();
  await expect(form).toBeHidden();

  const schedule = page.getByRole('article', { name: `Schedule ${name}` });
  await expect(schedule).toContainText('It has not run yet.');
  await schedule.getByRole('button', { name: 'Run now' }).click();
  const run = schedule.getByRole('list', { name: 'Last runs' });
  await expect(run).toContainText('Complete');
  await expect(run).toContainText('started by hand');
  await expect(exports.line('Job', 'flights.airports').first()).toContainText('Complete');

  await schedule.getByRole('button', { name: 'Pause' }).click();
  await expect(schedule.getByText('paused', { exact: true })).toBeVisible();
  await page.reload();
  await expect(schedule.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(run).toContainText('Complete');

  await schedule.getByRole('button', { name: 'Edit…' }).click();
  const edit = page.getByRole('dialog', { name: `Edit the schedule ${name}` });
  await edit.getByRole('spinbutton', { name: 'Of the last runs' }).fill('3');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(schedule).toContainText('keeps the files of the last 3 runs');

  await schedule.getByRole('button', { name: 'Remove…' }).click();
  const asked = page.getByRole('dialog', { name: `Remove the schedule ${name}?` });
  await expect(asked).toContainText('Its jobs and their files stay');
  await asked.getByRole('button', { name: 'Remove the schedule' }).click();
  await expect(schedule).toBeHidden();
});
