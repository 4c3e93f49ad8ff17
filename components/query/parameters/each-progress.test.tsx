import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { eachOf, eachProgressStates } from './each-progress.states';

describe('a run for each row', () => {
  it('counts what ended, and says how fast', async () => {
    render(eachOf({}));
    const counts = page.getByLabelText('Counts');
    await expect.element(counts).toHaveTextContent(/Done400.*Failed0.*Unknown0.*In flight16 of 16.*Rate5,204 rows\/s/);
    await expect.element(counts).toHaveTextContent('2.6 ms · 14 ms · 48 ms');
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
  });

  it('tells failed rows from those that may have been applied', async () => {
    render(eachProgressStates.states['with failed and unknown rows']?.draw());
    const rows = page.getByRole('table', { name: 'Failed rows' }).getByRole('row');
    await expect.element(rows.nth(1)).toHaveTextContent('8failedk: expected int: a whole number7,"v7"');
    await expect.element(rows.nth(2)).toHaveTextContent(/^13unknown/);
    await expect.element(page.getByText('Check them before you run them again.')).toBeVisible();
  });

  it('shows results in the order of the rows, and both columns of one name', async () => {
    render(eachProgressStates.states['with results']?.draw());
    const rows = page.getByRole('table', { name: 'Results by row' }).getByRole('row');
    for (const [at, text] of ['Rowaa', '21x', '22y', '43null'].entries())
      await expect.element(rows.nth(at)).toHaveTextContent(text);
  });
});
