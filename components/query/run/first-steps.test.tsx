import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { KEYSPACES } from '@/lib/cql/help/test-mistakes';
import { FirstSteps } from './first-steps';

afterEach(() => localStorage.clear());

describe('the query page before anything has run', () => {
  it('offers statements that fill the editor', async () => {
    const onFill = vi.fn();
    render(<FirstSteps keyspaces={KEYSPACES} onFill={onFill} />);
    await userEvent.click(page.getByRole('button', { name: /^Look at some rows/ }));
    expect(onFill.mock.calls).toEqual([['SELECT * FROM ringside_help.by_day LIMIT 20']]);
  });

  it('offers them no more once they are closed, also after a reload', async () => {
    const { again } = render(<FirstSteps keyspaces={KEYSPACES} onFill={() => undefined} />);
    const samples = page.getByRole('region', { name: 'Statements to begin with' });
    await userEvent.click(page.getByRole('button', { name: 'Don’t show these again' }));
    await expect.element(samples).not.toBeInTheDocument();
    again(null);
    again(<FirstSteps keyspaces={KEYSPACES} onFill={() => undefined} />);
    await expect.element(page.getByText('No result yet')).toBeVisible();
    await expect.element(samples).not.toBeInTheDocument();
  });
});
