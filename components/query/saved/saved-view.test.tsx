import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { SAVED_LIST, savedOf } from './saved-view.states';

describe('the saved statements beside the editor', () => {
  it('open by mouse and by keys, with what is wrong with a file in view', async () => {
    const onOpen = vi.fn();
    render(savedOf(SAVED_LIST, { onOpen }));
    await userEvent.click(page.getByRole('button', { name: /^airports/ }));
    const faulty = page.getByRole('button', { name: /^delays/ });
    await expect.element(faulty).toHaveTextContent(/flights · For the morning report.*“clustr” is not a key/);
    faulty.element().focus();
    await userEvent.keyboard('{Enter}');
    expect(onOpen.mock.calls).toEqual([['airports'], ['reports/daily/delays']]);
  });

  it('stand under their folder, which closes', async () => {
    render(savedOf(SAVED_LIST));
    await userEvent.click(page.getByText('reports/daily'));
    await expect.element(page.getByText('For the morning report')).not.toBeVisible();
    await expect.element(page.getByRole('button', { name: /^airports/ })).toBeVisible();
  });

  it('are moved, downloaded and deleted from their menu', async () => {
    const [onMove, onRemove, onDownload] = [vi.fn(), vi.fn(), vi.fn()];
    render(savedOf(SAVED_LIST, { onMove, onRemove, onDownload }));
    for (const name of ['Rename or move…', 'Download the file', 'Delete…']) {
      await userEvent.click(page.getByRole('button', { name: 'What to do with airports' }));
      await userEvent.click(page.getByRole('menuitem', { name }));
    }
    await userEvent.click(page.getByRole('button', { name: 'Download all' }));
    expect(onMove.mock.calls).toEqual([['airports']]);
    expect(onRemove.mock.calls).toEqual([['airports']]);
    expect(onDownload.mock.calls).toEqual([['airports'], [null]]);
  });
});
