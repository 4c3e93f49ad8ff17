import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { StateFilterBar } from './filter-bar.states';

const add = page.getByRole('button', { name: 'Filter', exact: true });
const form = page.getByRole('dialog');

describe('the filter bar', () => {
  it('adds a filter by keyboard alone, and stays open until the key is whole', async () => {
    render(<StateFilterBar filters={[]} />);
    add.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(form).toHaveAccessibleName('Add a filter');
    await expect.element(form.getByRole('combobox').first()).toBeVisible();
    await userEvent.fill(form.getByRole('textbox'), 'SEA');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'origin = SEA', exact: true })).toBeVisible();
    await expect.element(form).toBeVisible();
    await userEvent.fill(form.getByRole('textbox'), '2001-01-09');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'day = 2001-01-09', exact: true })).toBeVisible();
    await expect.element(form).not.toBeInTheDocument();
  });

  it('names what is wrong with a value at its field, and adds nothing', async () => {
    render(<StateFilterBar filters={[{ column: 'origin', operator: '=', value: 'SEA' }]} />);
    await userEvent.click(add);
    const day = form.getByRole('textbox');
    await userEvent.fill(day, 'tomorrow');
    await userEvent.keyboard('{Enter}');
    await expect.element(day).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByRole('button', { name: /day =/ })).not.toBeInTheDocument();
  });

  it('takes a filter away and keeps the focus in the bar', async () => {
    render(<StateFilterBar filters={[{ column: 'origin', operator: '=', value: 'SEA' }]} />);
    await userEvent.click(page.getByRole('button', { name: 'Remove the filter origin = SEA' }));
    await expect.element(page.getByRole('button', { name: 'origin = SEA', exact: true })).not.toBeInTheDocument();
    await expect.element(add).toHaveFocus();
  });
});
