import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { historyOf, RUNS } from './history-view.states';

describe('the history beside the editor', () => {
  it('says how each run ended, and fills the editor with the one that is pressed', async () => {
    const onFill = vi.fn();
    render(historyOf(RUNS, { onFill }));
    const read = page.getByRole('button', { name: /^SELECT iata/ });
    await expect.element(read).toHaveTextContent(/complete · 1 row · 4 ms · one partition · LOCAL_ONE · flights/);
    await userEvent.click(read);
    expect(onFill.mock.calls).toEqual([[RUNS[0]]]);
  });

  it('never says that a conditional write was complete when it was not applied', async () => {
    render(historyOf(RUNS));
    const conditional = page.getByRole('button', { name: /^INSERT INTO airports \(iata\)/ });
    await expect.element(conditional).toHaveTextContent(/not applied · 4 ms/);
    await expect.element(conditional).not.toHaveTextContent(/complete/);
    await expect
      .element(page.getByRole('button', { name: /^UPDATE airports/ }))
      .toHaveTextContent(/unknown · 2\.0 s|unknown · 2 s/);
  });

  it('says how the rows of a list ended', async () => {
    render(historyOf(RUNS));
    await expect
      .element(page.getByRole('button', { name: /^INSERT INTO airports \(iata, name\)/ }))
      .toHaveTextContent(/failed · for 1,000 rows of a list: 990 done, of these 4 not applied, 10 failed · 12\.0 s/);
  });

  it('says that a password was not kept', async () => {
    render(historyOf(RUNS));
    await expect
      .element(page.getByRole('button', { name: /^ALTER ROLE/ }))
      .toHaveTextContent(/The password was not kept/);
  });

  it('filters by outcome, keyspace and writes', async () => {
    const onFilter = vi.fn();
    render(historyOf(RUNS, { onFilter }));
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Outcome' }), 'failed');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Keyspace of the run' }), 'flights');
    await userEvent.click(page.getByRole('checkbox', { name: 'Writes only' }));
    expect(onFilter.mock.calls).toEqual([[{ outcome: 'failed' }], [{ keyspace: 'flights' }], [{ writesOnly: true }]]);
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Outcome' }), 'not applied');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Cost' }), 'whole ring');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'When' }), 'last 7 days');
    await userEvent.fill(page.getByRole('searchbox'), 'ada');
    expect(onFilter.mock.calls.slice(3)).toEqual([
      [{ outcome: 'not_applied' }],
      [{ cost: 'whole_ring' }],
      [{ within: 'last 7 days' }],
      [{ search: 'ada' }],
    ]);
  });

  it('says why it cannot be read, and tries again', async () => {
    const onRetry = vi.fn();
    render(historyOf(null, { onRetry }));
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});
