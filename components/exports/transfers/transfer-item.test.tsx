import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { transferStates } from './transfer-item.states';

const show = (name: string) => render(transferStates.states[name]?.draw());
const details = page.getByRole('button', { name: 'Details of flights.by_origin_day' });
const deleteButton = page.getByRole('button', { name: 'Delete', exact: true });

describe('a transfer', () => {
  it('names the ranges that are missing, and never calls itself complete', async () => {
    show('download failed with missing ranges');
    await expect.element(page.getByRole('note')).toHaveTextContent('-4123456789');
    await expect.element(page.getByRole('alert')).toHaveTextContent('A range could not be read.');
    await expect.element(page.getByRole('article')).not.toHaveTextContent('Complete');
  });

  it('shows the ring large and the statement when asked to', async () => {
    show('download runs');
    const statement = page.getByText('SELECT * FROM flights.by_origin_day', { exact: true });
    await expect.element(statement).not.toBeInTheDocument();
    await expect.element(details).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(details);
    await expect.element(statement).toBeVisible();
    expect(page.getByRole('progressbar').elements()).toHaveLength(2);
  });

  it('has all that it found in view once its details are open', async () => {
    await page.viewport(900, 800);
    show('job that compared');
    const facts = page.getByText('13 missing in the target', { exact: false });
    const isCut = () => facts.element().scrollWidth > facts.element().clientWidth;
    expect(isCut()).toBe(true);
    await userEvent.click(details);
    expect(isCut()).toBe(false);
  });

  it('says what is deleted before it deletes, and gives the focus back to whoever keeps it', async () => {
    show('job complete');
    await userEvent.click(deleteButton);
    await expect.element(page.getByRole('dialog')).toHaveTextContent('/data/exports/job');
    await userEvent.click(page.getByRole('button', { name: 'Keep' }));
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(deleteButton).toHaveFocus();
  });

  it('asks before a job is cancelled for good, and says that it can be paused instead', async () => {
    show('job runs');
    await userEvent.click(page.getByRole('button', { name: 'Cancel', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Cancel the job of flights.by_origin_day?' });
    await expect.element(dialog).toHaveTextContent('pause it');
    await userEvent.click(page.getByRole('button', { name: 'Keep the job' }));
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(page.getByText('Running', { exact: true })).toBeVisible();
  });

  it('takes one line until its details are asked for, unless something went wrong', async () => {
    const { container } = show('job runs');
    expect(container.querySelector('article')?.offsetHeight).toBeLessThan(60);
    show('download failed with missing ranges');
    await expect.element(page.getByRole('button', { name: /^Details of/, expanded: true })).toBeVisible();
  });

  it('that is complete gives the hash of its file, or the manifest of its directory', async () => {
    show('download complete');
    await userEvent.click(details);
    await expect.element(page.getByRole('button', { name: 'Copy the SHA-256 hash' })).toBeVisible();
    show('job complete');
    await userEvent.click(details.last());
    await expect.element(page.getByRole('link', { name: 'manifest' })).toBeVisible();
  });

  it('lists its parts, of which only whole ones can be fetched', async () => {
    show('job runs');
    await userEvent.click(details);
    await userEvent.click(page.getByText('2 parts'));
    await expect.element(page.getByRole('link', { name: 'part-00001.csv.gz' })).toBeVisible();
    await expect.element(page.getByRole('rowheader', { name: 'part-00002.csv.gz' })).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'part-00002.csv.gz' })).not.toBeInTheDocument();
  });

  it('of changed rows says that its undo goes with its journal', async () => {
    show('job of changed rows complete');
    await userEvent.click(deleteButton);
    const dialog = page.getByRole('dialog', { name: 'Delete the job of flights.by_origin_day?' });
    await expect.element(dialog).toHaveTextContent('its journal of old values and its file of failed rows');
    await expect
      .element(dialog)
      .toHaveTextContent('Without the journal, the rows that it changed cannot be changed back.');
  });
});
