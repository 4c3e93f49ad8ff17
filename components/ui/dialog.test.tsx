import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Button } from './button';
import { Dialog } from './dialog';
import { Menu, MenuItem } from './menu';
import { ignore } from './states';
import { render } from './test-render';

function Asking() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Delete</Button>
      <Button>Elsewhere</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete the job?"
        description="3 parts are removed."
        footer={<Button>Keep</Button>}
      >
        <Menu trigger={<Button>More</Button>}>
          <MenuItem onSelect={ignore}>Copy the path</MenuItem>
        </Menu>
      </Dialog>
    </>
  );
}

const dialog = page.getByRole('dialog');
const trigger = page.getByRole('button', { name: 'Delete' });
const focused = () => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label');

async function open() {
  render(<Asking />);
  trigger.element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog).toBeVisible();
}

describe('a dialog', () => {
  it('is named by its title, described by its sentence, and takes the focus', async () => {
    await open();
    await expect.element(dialog).toHaveAccessibleName('Delete the job?');
    await expect.element(dialog).toHaveAccessibleDescription('3 parts are removed.');
    await expect.poll(focused).toBe('Close');
  });

  it('keeps the focus: Tab never reaches the page it stands before', async () => {
    await open();
    await expect.poll(focused).toBe('Close');
    const seen = new Set<unknown>();
    for (let press = 0; press < 8; press++) {
      await userEvent.keyboard('{Tab}');
      seen.add(focused());
      expect(document.activeElement === document.body || dialog.element().contains(document.activeElement)).toBe(true);
    }
    for (const name of ['More', 'Keep', 'Close']) expect(seen).toContain(name);
  });

  it.each([
    ['Escape', () => userEvent.keyboard('{Escape}')],
    ['its button', () => userEvent.click(page.getByRole('button', { name: 'Close' }))],
    ['a press outside', () => userEvent.click(dialog, { position: { x: -20, y: 20 }, force: true })],
  ])('closes by %s and gives the focus back', async (_how, close) => {
    await open();
    await close();
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(trigger).toHaveFocus();
  });

  it('stays open when Escape closes a menu in it', async () => {
    await open();
    await userEvent.click(page.getByRole('button', { name: 'More' }));
    await expect.element(page.getByRole('menu')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(dialog).toBeVisible();
  });
});
