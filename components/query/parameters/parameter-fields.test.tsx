import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { FieldsOf } from './parameter-fields.states';

describe('the fields of parameters', () => {
  it('keep what is typed, and say while typing what does not fit', async () => {
    const onValues = vi.fn();
    render(<FieldsOf onValues={onValues} />);
    await userEvent.fill(page.getByRole('textbox', { name: 'day date' }), '2001-02-29');
    await expect.element(page.getByText(/there is no day 2001-02-29/)).toBeVisible();
    await userEvent.fill(page.getByRole('textbox', { name: 'day date' }), '2001-02-28');
    await expect.element(page.getByText(/there is no day/)).not.toBeInTheDocument();
    expect(onValues).toHaveBeenLastCalledWith({ day: { as: 'value', text: '2001-02-28' } });
  });

  it('take null and unset where the column may have them', async () => {
    const onValues = vi.fn();
    render(<FieldsOf given={{ day: { as: 'value', text: '2001-02-28' } }} onValues={onValues} />);
    const kind = page.getByRole('combobox', { name: 'Kind of value for day' });
    await userEvent.selectOptions(kind, 'unset');
    expect(onValues).toHaveBeenLastCalledWith({ day: { as: 'unset', text: '2001-02-28' } });
    await expect.element(page.getByText('unset: leaves the column untouched')).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'day date' })).toBeDisabled();
    // The partition key takes neither.
    const key = page.getByRole('combobox', { name: 'Kind of value for :code' });
    await expect.element(key).toHaveTextContent('valueempty');
  });

  it('leave most of their width to the value', async () => {
    render(<FieldsOf />);
    const input = page.getByRole('textbox', { name: 'day date' });
    await expect.element(input).toBeVisible();
    const kind = page.getByRole('combobox', { name: 'Kind of value for day' });
    expect(input.element().clientWidth).toBeGreaterThan(kind.element().clientWidth);
  });

  it('focus the one that a run was stopped for', async () => {
    const { again } = render(<FieldsOf />);
    again(<FieldsOf missed={{ key: 'tags', problem: 'tags has no value' }} />);
    await expect.element(page.getByRole('textbox', { name: /^tags map/ })).toHaveFocus();
    await expect.element(page.getByRole('alert')).toHaveTextContent('It did not run: tags has no value');
    await expect.element(page.getByText('tags has no value', { exact: true })).toBeVisible();
  });
});
