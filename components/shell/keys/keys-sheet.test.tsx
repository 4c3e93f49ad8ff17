import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { SHORTCUTS } from '@/components/ui/shortcuts';
import { render } from '@/components/ui/test-render';
import { type ShellKeys, useShortcuts } from '../palette/use-shortcuts';
import KeysSheet from './keys-sheet';

const keys = { keys: vi.fn(), palette: vi.fn(), activity: vi.fn() } satisfies ShellKeys;

function Page() {
  useShortcuts(keys);
  return <input aria-label="Name" />;
}

describe('the list of keys', () => {
  it('has every shortcut, and closes', async () => {
    const onClose = vi.fn();
    render(<KeysSheet onClose={onClose} />);
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect.element(dialog).toBeVisible();
    expect(dialog.getByRole('definition').elements()).toHaveLength(Object.keys(SHORTCUTS).length);
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('opens at ?, but not while somebody types; chords work there as well', async () => {
    render(<Page />);
    await userEvent.keyboard('?');
    expect(keys.keys).toHaveBeenCalledTimes(1);
    await userEvent.click(page.getByRole('textbox', { name: 'Name' }));
    await userEvent.keyboard('?');
    expect(keys.keys).toHaveBeenCalledTimes(1);
    await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('?');
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(keys.palette).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('{Alt>}j{/Alt}');
    expect(keys.activity).toHaveBeenCalledTimes(1);
  });
});
