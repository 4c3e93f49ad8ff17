import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { MadeToken } from './made-token';
import { TokenForm } from './token-form';
import { TokenLine } from './token-line';
import { CLUSTERS, TEXT, TOKEN } from './tokens.states';

describe('the form for an API token', () => {
  it('asks for one that changes nothing and ends in 30 days, unless somebody chooses otherwise', async () => {
    const onMake = vi.fn();
    render(<TokenForm longestDays={60} clusters={CLUSTERS} busy={false} error={null} onMake={onMake} />);
    const make = page.getByRole('button', { name: 'Make the token' });
    await expect.element(make).toBeDisabled();
    await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), ' ci ');
    await userEvent.click(make);
    expect(onMake).toHaveBeenLastCalledWith({ name: 'ci', days: 30, readOnly: true });
    const days = page.getByRole('combobox', { name: 'Ends after' });
    await expect.element(days).toHaveTextContent('7 days30 days60 days');
    await userEvent.selectOptions(days, '60');
    await userEvent.click(page.getByRole('checkbox', { name: /Read-only/ }));
    await userEvent.click(page.getByRole('checkbox', { name: 'Staging' }));
    await userEvent.click(make);
    expect(onMake).toHaveBeenLastCalledWith({ name: 'ci', days: 60, readOnly: false, clusters: ['staging'] });
  });
});

describe('a new API token', () => {
  it('is shown whole, to be copied', async () => {
    const onDone = vi.fn();
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    render(<MadeToken token={TOKEN} text={TEXT} onDone={onDone} />);
    await expect.element(page.getByText(TEXT)).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Copy the token' }));
    expect(written).toHaveBeenCalledExactlyOnceWith(TEXT);
    await userEvent.click(page.getByRole('button', { name: 'I have copied it' }));
    expect(onDone).toHaveBeenCalledOnce();
    written.mockRestore();
  });
});

describe('an API token in the list', () => {
  it('says what it may do, its last use and its end, and can be ended while it is open', async () => {
    const onEnd = vi.fn();
    const line = { end: 'Revoke' as const, busy: false, error: null, onEnd };
    const { again } = render(<TokenLine token={TOKEN} {...line} />);
    await expect.element(page.getByText(/^only on production, staging/)).toBeVisible();
    await expect.element(page.getByText(/last used .*29.* from 192\.0\.2\.7/)).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Revoke nightly export of CI' }));
    expect(onEnd).toHaveBeenCalledOnce();
    again(<TokenLine token={{ ...TOKEN, isWaiting: true }} {...line} />);
    await expect.element(page.getByText('waits for your next sign-in')).toBeVisible();
    again(<TokenLine token={{ ...TOKEN, isWaiting: true }} {...line} end="End" />);
    await expect.element(page.getByText('waits for their next sign-in')).toBeVisible();
    again(<TokenLine token={{ ...TOKEN, ended: 'admin' }} {...line} />);
    await expect.element(page.getByText(/ended by an admin/)).toBeVisible();
    expect(page.getByRole('button').elements()).toEqual([]);
  });
});
