import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { transferStates } from './transfer.states';

describe('a transfer', () => {
  it('names the ranges that are missing, and never calls itself complete', async () => {
    render(transferStates.states['failed with missing ranges']?.draw());
    await expect.element(page.getByRole('note')).toHaveTextContent('-4123456789');
    await expect.element(page.getByRole('alert')).toHaveTextContent('A range could not be read.');
    await expect.element(page.getByRole('article')).not.toHaveTextContent('Complete');
  });

  it('shows the ring large and the statement when asked to', async () => {
    render(transferStates.states.running?.draw());
    const statement = page.getByText('SELECT * FROM flights.by_origin_day', { exact: true });
    await expect.element(statement).not.toBeInTheDocument();
    await userEvent.click(page.getByText('Ring and statement'));
    await expect.element(statement).toBeVisible();
    expect(page.getByRole('progressbar').elements()).toHaveLength(2);
  });
});
