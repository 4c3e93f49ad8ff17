import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { PersonForm } from './person-form';
import { RightsTable } from './rights-table';
import { ANSWER, LIMITS } from './rights-table.states';

const PLACE = { cluster: 'prod1', keyspace: 'shop', table: null };
const row = (verb: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: verb }) });

describe('what a person may do', () => {
  it('says for each right the rule that gives it, or what is missing', async () => {
    render(<RightsTable answer={ANSWER} place={PLACE} />);
    await expect.element(row('see')).toHaveTextContent(/yes.*role everybody: all keyspaces; all tables/);
    await expect
      .element(row('read'))
      .toHaveTextContent(/partly.*role shop: keyspace shop; tables? order_\*; on prod\*.*needs read on all of/);
    await expect.element(row('write')).toHaveTextContent('needs write on all of the keyspace shop');
    await expect.element(row('admin')).toHaveTextContent('needs admin on all of the cluster prod1');
  });

  it('says what limits it, and by which role', async () => {
    const verbs = ANSWER.verbs.map((one) => (one.verb === 'read' ? { ...one, limits: LIMITS } : one));
    render(<RightsTable answer={{ ...ANSWER, verbs }} place={PLACE} />);
    await expect
      .element(row('read'))
      .toHaveTextContent('at most 1,000 rows, 2 reads at the same time, by the role shop');
    await expect.element(row('read')).toHaveTextContent('at most 500 rows a second, by the role everybody');
    await expect.element(row('see')).not.toHaveTextContent('at most');
    await expect
      .element(page.getByRole('region', { name: 'All rules on this cluster' }))
      .toHaveTextContent('masks email; at most 1,000 rows, 2 reads at the same time');
  });

  it('of somebody else is asked with the groups that were typed, or none', async () => {
    const asked = vi.fn();
    render(<PersonForm onAsk={asked} />);
    await expect.element(page.getByRole('button', { name: 'Show' })).toBeDisabled();
    await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), ' zoe ');
    await userEvent.click(page.getByRole('button', { name: 'Show' }));
    expect(asked).toHaveBeenLastCalledWith({ name: 'zoe', way: 'local' });
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Signs in with' }), 'oidc');
    await userEvent.fill(page.getByRole('textbox', { name: 'Groups' }), 'dba, shop team');
    await userEvent.click(page.getByRole('button', { name: 'Show' }));
    expect(asked).toHaveBeenLastCalledWith({ name: 'zoe', way: 'oidc', groups: ['dba', 'shop team'] });
  });
});
