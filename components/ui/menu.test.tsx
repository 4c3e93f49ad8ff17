import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Button } from './button';
import { Menu, MenuItem } from './menu';
import { render } from './test-render';

function renderMenu() {
  const onSelect = vi.fn();
  render(
    <Menu trigger={<Button>Column</Button>}>
      <MenuItem onSelect={() => onSelect('pin')}>Pin</MenuItem>
      <MenuItem onSelect={() => onSelect('hide')} disabled>
        Hide
      </MenuItem>
      <MenuItem onSelect={() => onSelect('fit')}>Fit</MenuItem>
      <MenuItem onSelect={() => onSelect('filter')}>Filter</MenuItem>
    </Menu>,
  );
  return { trigger: page.getByRole('button', { name: 'Column' }), onSelect };
}

const focused = () => document.activeElement?.textContent;

describe('a menu', () => {
  it('says whether it is open, and opens at its first item by keyboard', async () => {
    const { trigger } = renderMenu();
    await expect.element(trigger).toHaveAttribute('aria-expanded', 'false');
    await expect.element(trigger).toHaveAttribute('aria-haspopup', 'menu');
    trigger.element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(trigger).toHaveAttribute('aria-expanded', 'true');
    await expect.poll(focused).toBe('Pin');
  });

  it('moves by arrows and letters past what is disabled, and chooses with Enter', async () => {
    const { trigger, onSelect } = renderMenu();
    trigger.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('Pin');
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('Fit');
    await userEvent.keyboard('{End}');
    expect(focused()).toBe('Filter');
    await userEvent.keyboard('{Home}');
    expect(focused()).toBe('Pin');
    await userEvent.keyboard('fil');
    expect(focused()).toBe('Filter');
    await userEvent.keyboard('{Enter}');
    expect(onSelect.mock.calls).toEqual([['filter']]);
    await expect.poll(focused).toBe('Column');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
  });

  it('closes at Escape without choosing, and gives the focus back', async () => {
    const { trigger, onSelect } = renderMenu();
    trigger.element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('Pin');
    await userEvent.keyboard('{Escape}');
    await expect.poll(focused).toBe('Column');
    await expect.element(trigger).toHaveAttribute('aria-expanded', 'false');
    expect(onSelect).not.toHaveBeenCalled();
  });
});
