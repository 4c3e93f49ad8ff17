import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import AskApproval from '@/components/confirm/ask-approval';
import { render } from '@/components/ui/test-render';
import { openChangeStore } from '@/lib/changes/open-store';
import { schemaQuery } from '@/lib/client/queries';
import { keyspaceOf } from '@/lib/cql/mutation/test-mutations';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { ApprovalDetail } from './approval-detail';
import ApprovalUndo from './approval-undo';
import { APPROVED, approvalStates, LINES, WAITING } from './approvals.states';
import { ApprovalsList } from './approvals-list';
import { PassDialog } from './pass-panel';

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('a change that waits', () => {
  it('shows the exact statement, and is decided on by somebody else alone', async () => {
    render(<ApprovalDetail approval={WAITING} onChanged={vi.fn()} />);
    await expect
      .element(page.getByRole('region', { name: 'Exactly what runs' }))
      .toHaveTextContent('UPDATE shop.orders SET paid = true WHERE id = 7 IF paid = false');
    await expect.element(button('Approve')).toBeVisible();
    expect(button('Run it now').elements()).toHaveLength(0);
    render(<ApprovalDetail approval={{ ...WAITING, isOwn: true, mayDecide: false }} onChanged={vi.fn()} />);
    expect(button('Approve').elements()).toHaveLength(1);
    await expect.element(button('Withdraw')).toBeVisible();
  });

  it('is refused only with a reason, by keyboard', async () => {
    render(<ApprovalDetail approval={WAITING} onChanged={vi.fn()} />);
    await userEvent.click(button('Refuse…'));
    await expect.element(page.getByRole('textbox', { name: 'Why is it refused?' })).toHaveFocus();
    await expect.element(button('Refuse')).toBeDisabled();
    await userEvent.keyboard('Not today.');
    await expect.element(button('Refuse')).toBeEnabled();
    await userEvent.keyboard('{Enter}');
    // There is no server: it says that nothing was done, and keeps the reason.
    await expect.element(page.getByRole('alert')).toHaveTextContent('Nothing was done');
    await expect.element(page.getByRole('textbox')).toHaveValue('Not today.');
  });

  it('says by whom it was approved, and until when it can be run', async () => {
    render(<ApprovalDetail approval={APPROVED} onChanged={vi.fn()} />);
    await expect.element(page.getByText(/approved by ben/)).toBeVisible();
    await expect.element(page.getByText('Can be run until')).toBeVisible();
    await expect.element(button('Run it now')).toBeVisible();
  });

  it('says of each statement what is not certain', async () => {
    render(approvalStates.states['it ran, and one outcome is unknown']?.draw());
    await expect.element(page.getByText('Statement 2: outcome unknown')).toBeVisible();
    expect(page.getByRole('button', { name: /Run|Withdraw|Approve/ }).elements()).toHaveLength(0);
  });
});

describe('the undo of a run', () => {
  it('puts what undoes it among the changes of its table, and says that nothing is undone yet', async () => {
    const client = new QueryClient();
    client.setQueryData(schemaQuery('demo').queryKey, { keyspaces: [keyspaceOf('ks')], asOf: WAITING.at, gaps: [] });
    const changes = [{ kind: 'update' as const, key: { p: 1, c: 1, c2: 1 }, edits: { v: { set: 1 } } }];
    const undo = { keyspace: 'ks', table: 't', changes, left: 1 };
    render(
      <QueryClientProvider client={client}>
        <ApprovalUndo cluster="demo" undo={undo} />
      </QueryClientProvider>,
    );
    await expect.element(page.getByText('1 change cannot be undone.')).toBeVisible();
    await userEvent.click(button('Undo what was applied…'));
    await expect.element(page.getByRole('status')).toHaveTextContent('nothing is undone yet');
    await expect
      .element(page.getByRole('link', { name: 'Review them' }))
      .toHaveAttribute('href', '/demo/keyspaces/ks/t');
    const known = schemaLookup([keyspaceOf('ks')]).table('ks', 't');
    if (known === undefined) throw new Error('no table');
    const id = keyspaceOf('ks').tables.find(({ name }) => name === 't')?.id ?? null;
    const place = { cluster: 'demo', keyspace: 'ks', table: 't' };
    const store = await openChangeStore(place, { keyspace: 'ks', table: 't', shape: known }, id);
    expect(store.getQueue().changes).toEqual(changes);
  });
});

describe('the list', () => {
  it('opens a change by keyboard, and separates what has ended', async () => {
    const list = (lines: typeof LINES) => <ApprovalsList cluster="demo" approvals={lines} onChanged={vi.fn()} />;
    const { again } = render(list(LINES));
    await expect.element(page.getByRole('region', { name: 'Open' }).getByRole('listitem').first()).toBeVisible();
    expect(page.getByRole('region', { name: 'Ended' }).getByRole('button').elements()).toHaveLength(2);
    const first = page.getByRole('button', { name: /UPDATE shop.orders waits for approval/ });
    await expect.element(first).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.element(first).toHaveAttribute('aria-expanded', 'true');
    again(list(LINES.map((line) => (line.id === 'one' ? { ...line, state: 'refused', until: null } : line))));
    const refused = page.getByRole('region', { name: 'Ended' }).getByRole('button', { name: /orders refused/ });
    await expect.element(refused).toHaveAttribute('aria-expanded', 'true');
  });
});

describe('asking for approval', () => {
  it('needs a reason, and what must be confirmed first', async () => {
    const { again } = render(<AskApproval cluster="demo" wanted={null} />);
    await userEvent.fill(page.getByRole('textbox', { name: 'Why is it needed?' }), 'Order 7 is paid.');
    await expect.element(button('Ask for approval')).toBeDisabled();
    again(<AskApproval cluster="demo" wanted={() => ({ of: 'mutations', token: 'x' })} />);
    await expect.element(button('Ask for approval')).toBeEnabled();
    await userEvent.click(button('Ask for approval'));
    await expect.element(page.getByRole('alert')).toHaveTextContent('It was not asked for');
    await expect.element(page.getByRole('textbox')).toHaveValue('Order 7 is paid.');
  });
});

describe('an emergency pass', () => {
  it('needs a reason and an end within the most', async () => {
    render(<PassDialog cluster="demo" passMinutes={60} onClose={vi.fn()} onTaken={vi.fn()} />);
    await expect.element(page.getByRole('textbox', { name: 'Why can it not wait?' })).toHaveFocus();
    await expect.element(button('Take the pass')).toBeDisabled();
    await userEvent.keyboard('The shop is down.');
    await expect.element(button('Take the pass')).toBeEnabled();
    await userEvent.fill(page.getByRole('textbox', { name: 'Minutes' }), '61');
    await expect.element(page.getByText('A pass lasts 60 minutes at most.')).toBeVisible();
    await expect.element(button('Take the pass')).toBeDisabled();
  });
});
