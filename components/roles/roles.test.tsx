import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { Act } from './acts';
import { GrantRoleForm } from './grant-role-form';
import { RoleForm } from './role-form';
import { RoleReview } from './role-review';
import { ROLES, rolesStates } from './roles.states';

const draw = (state: string) => render(rolesStates.states[state]?.draw());

describe('roles', () => {
  it('say who is a superuser through whom, and how many rights come from others', async () => {
    draw('all roles');
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
    await expect.element(row('grace')).toHaveTextContent('by cassandra');
    await expect.element(row('grace')).toHaveTextContent('dc1; addresses of office');
    await expect.element(row('ada')).toHaveTextContent('1 / 3');
    await expect.element(row('ringside')).toHaveTextContent('Ringside');
  });

  it('show each right with the way that it came, and revoke only what is their own', async () => {
    draw('one role');
    const rights = page.getByRole('table', { name: 'Rights of ada' });
    await expect.element(rights.getByRole('row', { name: /keyspace shop/ })).toHaveTextContent('by analysts → staff');
    expect(rights.getByRole('button').elements()).toHaveLength(1);
    await expect.element(rights.getByRole('button', { name: 'Revoke SELECT on table shop.orders…' })).toBeVisible();
  });

  it('name what is missing with the GRANT, and what logins need before they are turned on', async () => {
    draw('some may not be seen');
    await expect
      .element(page.getByRole('button', { name: 'Copy GRANT DESCRIBE ON ALL ROLES TO ringside' }))
      .toBeVisible();
    draw('no logins');
    await expect
      .element(
        page.getByText(
          "ALTER KEYSPACE system_auth WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3, 'dc2': 2}",
        ),
      )
      .toBeVisible();
    await expect.element(page.getByText('nodetool repair -full system_auth')).toBeVisible();
  });

  it('say of each statement what became of it', async () => {
    draw('a statement was refused');
    await expect.element(page.getByRole('dialog')).toHaveAccessibleName('1 of 3 statements are done');
    const items = page.getByRole('listitem');
    await expect.element(items.nth(0)).toHaveTextContent("doneCREATE ROLE bo WITH PASSWORD = '•••'");
    await expect.element(items.nth(1)).toHaveTextContent('refusedGRANT staff TO bo');
    await expect.element(items.nth(2)).toHaveTextContent('not sentGRANT analysts TO bo');
  });
});

describe('forms', () => {
  it('make the statement that goes on to the review, and show it without its password', async () => {
    const onAct = vi.fn<(act: Act | null) => void>();
    render(<RoleForm data={ROLES} edited={null} onAct={onAct} />);
    await expect.element(page.getByRole('button', { name: 'Review…' })).toBeDisabled();
    await userEvent.fill(page.getByLabelText('Name'), 'ada');
    await expect.element(page.getByText('There is a role ada already.')).toBeVisible();
    await userEvent.fill(page.getByLabelText('Name'), 'bo');
    await userEvent.fill(page.getByLabelText('Password', { exact: true }), 'very secret');
    await expect.element(page.getByText(/CREATE ROLE bo WITH PASSWORD = '•••'/)).toBeVisible();
    expect(document.body.textContent).not.toContain('very secret');
    await userEvent.click(page.getByRole('button', { name: 'Review…' }));
    expect(onAct).toHaveBeenCalledWith({
      kind: 'review',
      statements: ["CREATE ROLE bo WITH PASSWORD = 'very secret' AND LOGIN = true AND SUPERUSER = false"],
      warnings: [],
    });
  });

  it('offer no role that it has, nor one that would make a circle', async () => {
    render(<GrantRoleForm data={ROLES} to="analysts" onAct={vi.fn()} />);
    const options = page.getByLabelText('Role to grant').getByRole('option').elements();
    expect(options.map(({ textContent }) => textContent)).toEqual(['Choose a role', 'cassandra', 'grace', 'ringside']);
  });
});

describe('the review', () => {
  const statement = "ALTER ROLE ada WITH PASSWORD = 'very secret'";

  it('hides the password until it is wanted, and does not run what the server has not judged', async () => {
    const summary = {
      ...{ name: 'demo', label: 'Demo', colour: null, readOnly: true, pageRows: 100 },
      consistency: 'LOCAL_ONE' as const,
    };
    const review = { kind: 'review' as const, statements: [statement], warnings: ['Mind this.'] };
    render(<RoleReview cluster="demo" summary={summary} review={review} onClose={vi.fn()} />);
    const shown = page.getByRole('region', { name: 'Statements to run' });
    await expect.element(shown).toHaveTextContent("ALTER ROLE ada WITH PASSWORD = '•••';");
    await userEvent.click(page.getByRole('checkbox', { name: 'Show the password' }));
    await expect.element(shown).toHaveTextContent(`${statement};`);
    await expect.element(page.getByText('Mind this.')).toBeVisible();
    await expect.element(page.getByText('Ringside only reads this cluster')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Run 1 statement' })).toBeDisabled();
  });
});
