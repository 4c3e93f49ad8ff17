import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { ChangeStore } from '@/lib/changes/change-store';
import type { DeletionCount } from '@/lib/contract/change-many';
import { T } from '@/lib/edit/test-plan';
import { DeleteManyDialog } from './delete-many-dialog';

const COUNT: DeletionCount = {
  ...{ rows: 42, isComplete: true, at: '2026-11-29T12:00:00.000Z', consistency: 'LOCAL_QUORUM', statics: null },
  statement: 'SELECT c FROM ks.t WHERE p = 1',
};

/** The dialog over a server that counts so; what it was asked. */
function dialogOf(count: Partial<DeletionCount>) {
  const asked: unknown[] = [];
  const fetch = vi.spyOn(window, 'fetch').mockImplementation(async (_address, init) => {
    asked.push(JSON.parse(String(init?.body)).change);
    return Response.json({ ...COUNT, ...count });
  });
  const store = new ChangeStore({ cluster: 'demo', keyspace: 'ks', table: 't' }, T);
  const onClose = vi.fn();
  render(<DeleteManyDialog store={store} of={{ p: 1, c: 2, c2: 3 }} onClose={onClose} />);
  return { asked, store, onClose, fetch };
}

describe('the deletion of a range or a partition', () => {
  it('waits with the other changes once it was counted, with the statics that go with a partition', async () => {
    const { asked, store, onClose, fetch } = dialogOf({ statics: { s: 5 } });
    await expect.element(page.getByRole('status')).toHaveTextContent('It would delete 42 rows, counted at');
    await expect.element(page.getByText('s = 5')).toBeVisible();
    await page.getByRole('button', { name: 'Delete the partition' }).click();
    expect(onClose).toHaveBeenCalledOnce();
    expect(asked).toEqual([{ kind: 'delete_partition', key: { p: 1 } }]);
    expect(store.getQueue().changes).toEqual([{ kind: 'delete_partition', key: { p: 1 } }]);
    fetch.mockRestore();
  });

  it('is a range between bounds, each with or without its value, and says that there may be more', async () => {
    const { store, fetch } = dialogOf({ rows: 10_000, isComplete: false });
    await userEvent.selectOptions(page.getByLabelText('What to delete'), 'Rows by c2, where c = 2');
    await page.getByLabelText('c2 from').fill('x');
    await expect.element(page.getByRole('button', { name: 'Delete the range' })).toBeDisabled();
    await page.getByLabelText('c2 from').fill('4');
    await page.getByRole('checkbox', { name: 'including this value' }).first().click();
    await expect.element(page.getByRole('status')).toHaveTextContent('at least 10,000 rows');
    await page.getByRole('button', { name: 'Delete the range' }).click();
    expect(store.getQueue().changes).toEqual([
      { kind: 'delete_range', key: { p: 1, c: 2 }, from: { value: 4, inclusive: false } },
    ]);
    fetch.mockRestore();
  });

  it('cannot be chosen before it was counted', async () => {
    vi.spyOn(window, 'fetch').mockImplementation(async () =>
      Response.json({ error: { code: 'read_timeout', message: 'Too slow.', retryable: true } }, { status: 504 }),
    );
    const store = new ChangeStore({ cluster: 'demo', keyspace: 'ks', table: 't' }, T);
    render(<DeleteManyDialog store={store} of={{ p: 1, c: 2, c2: 3 }} onClose={() => undefined} />);
    await expect.element(page.getByRole('alert')).toHaveTextContent('Too slow.');
    await expect.element(page.getByRole('button', { name: 'Delete the partition' })).toBeDisabled();
    vi.restoreAllMocks();
  });
});
