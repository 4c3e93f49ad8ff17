import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { asked, CONFLICT } from './saved-dialogs.states';

describe('the questions about saved statements', () => {
  it('take a name, a folder and a description by keys alone', async () => {
    const onPath = vi.fn();
    render(asked({ kind: 'save', path: '', description: null }, { onPath }));
    await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveFocus();
    await expect.element(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.keyboard('delays{Tab}reports/daily{Tab}late ones{Enter}');
    expect(onPath.mock.calls).toEqual([['reports/daily/delays', 'late ones']]);
  });

  it('save for the person alone where they choose that, or may not share', async () => {
    const onPath = vi.fn();
    const question = { kind: 'save', path: '', description: null } as const;
    const { again } = render(asked(question, { onPath }, null, { mayBePrivate: true }));
    await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'mine');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Seen by' }), 'Only you');
    await userEvent.click(page.getByRole('button', { name: 'Save' }));
    expect(onPath.mock.lastCall).toEqual(['private:/mine', null]);
    again(asked({ ...question, path: 'ours' }, { onPath }, null, { mayBePrivate: true, mayShare: false }));
    await userEvent.click(page.getByRole('button', { name: 'Save' }));
    expect(onPath.mock.lastCall).toEqual(['private:/ours', null]);
  });

  it('make a private statement a shared one', async () => {
    const onPath = vi.fn();
    const question = { kind: 'move', path: 'private:/reports/mine', description: null } as const;
    render(asked(question, { onPath }, null, { mayBePrivate: true }));
    await expect.element(page.getByRole('combobox', { name: 'Folder' })).toHaveValue('reports');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Seen by' }), 'Everyone');
    await userEvent.click(page.getByRole('button', { name: 'Move' }));
    expect(onPath.mock.lastCall).toEqual(['reports/mine', null]);
  });

  it('move only to another place', async () => {
    const onPath = vi.fn();
    render(asked({ kind: 'move', path: 'reports/delays', description: null }, { onPath }));
    await userEvent.keyboard('{Enter}');
    expect(onPath).not.toHaveBeenCalled();
    await userEvent.keyboard('{End} 2{Enter}');
    expect(onPath.mock.calls).toEqual([['reports/delays 2', null]]);
  });

  it('show both texts of a conflict, and the safe answer has the focus', async () => {
    const answers = { onCopy: vi.fn(), onTake: vi.fn(), onOverwrite: vi.fn(), onCancel: vi.fn() };
    render(asked(CONFLICT, answers));
    const dialog = page.getByRole('dialog', { name: 'reports/delays has changed' });
    await expect.element(dialog.getByRole('figure', { name: 'Yours' })).toHaveTextContent(/SELECT delay FROM/);
    await expect.element(dialog.getByRole('figure', { name: /^Theirs/ })).toHaveTextContent(/SELECT delay, origin/);
    await expect.element(dialog.getByRole('button', { name: 'Keep mine as a copy' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await userEvent.click(dialog.getByRole('button', { name: 'Take theirs' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Overwrite theirs' }));
    await userEvent.keyboard('{Escape}');
    for (const answer of Object.values(answers)) expect(answer).toHaveBeenCalledTimes(1);
  });

  it('delete nothing at Enter: Cancel has the focus', async () => {
    const [onRemove, onCancel] = [vi.fn(), vi.fn()];
    render(asked({ kind: 'remove', path: 'a', text: 'SELECT 1' }, { onRemove, onCancel }));
    await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect([onRemove.mock.calls.length, onCancel.mock.calls.length]).toEqual([0, 1]);
    await userEvent.click(page.getByRole('button', { name: 'Delete' }));
    expect(onRemove).toHaveBeenCalledTimes(1);
  });
});
