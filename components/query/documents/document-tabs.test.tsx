import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
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
