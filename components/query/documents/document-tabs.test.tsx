import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { ToastRegion } from '@/components/ui/toast-region';
import type { QueryDocument } from '@/lib/workbench/documents';
import { DocumentTabs } from './document-tabs';

const saved = {
  path: 'reports/delays',
  version: 'v',
  text: 'SELECT 1',
  cluster: null,
  keyspace: null,
  description: null,
  parameters: [],
};
const TABS: readonly QueryDocument[] = [
  { id: 'a', text: 'SELECT name\nFROM t', keyspace: null },
  { id: 'b', text: 'SELECT 1', keyspace: null, saved },
  { id: 'c', text: 'SELECT 2', keyspace: null, saved },
];

describe('the tabs of the editor', () => {
  it('have the name of their saved statement, and say what is unsaved', async () => {
    render(<DocumentTabs documents={TABS} activeId="a" dispatch={vi.fn()} onRename={vi.fn()} />);
    const names = page.getByRole('tab');
    await expect.element(names.nth(0)).toHaveAccessibleName('SELECT name');
    await expect.element(names.nth(1)).toHaveAccessibleName('delays');
    await expect.element(names.nth(2)).toHaveAccessibleName('delays (unsaved)');
  });

  it('close at once, and what is only there can be brought back', async () => {
    const dispatch = vi.fn();
    render(
      <>
        <DocumentTabs documents={TABS} activeId="c" dispatch={dispatch} onRename={vi.fn()} />
        <ToastRegion />
      </>,
    );
    await userEvent.click(page.getByRole('button', { name: 'Close this statement' }));
    expect(dispatch.mock.calls).toEqual([[{ type: 'close', id: 'c', replacementId: expect.any(String) }]]);
    await expect.element(page.getByRole('status', { name: 'Notices' })).toHaveTextContent('Closed “delays”');
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    expect(dispatch.mock.calls.slice(1)).toEqual([[{ type: 'reopen', document: TABS[2], index: 2 }]]);
  });

  it('say nothing when a saved statement is closed as it is saved', async () => {
    render(
      <>
        <DocumentTabs documents={TABS} activeId="b" dispatch={vi.fn()} onRename={vi.fn()} />
        <ToastRegion />
      </>,
    );
    await userEvent.click(page.getByRole('button', { name: 'Close this statement' }));
    await expect.element(page.getByRole('status', { name: 'Notices' })).toHaveTextContent('');
  });

  it('are renamed by a double click and by F2', async () => {
    const onRename = vi.fn();
    render(<DocumentTabs documents={TABS} activeId="a" dispatch={vi.fn()} onRename={onRename} />);
    await userEvent.dblClick(page.getByRole('tab', { name: 'delays', exact: true }));
    page.getByRole('tab', { name: 'SELECT name' }).element().focus();
    await userEvent.keyboard('{F2}');
    expect(onRename.mock.calls).toEqual([
      [TABS[1], 1],
      [TABS[0], 0],
    ]);
  });
});
