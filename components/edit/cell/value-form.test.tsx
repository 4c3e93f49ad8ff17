import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { JsonValue } from '@/lib/contract/json';
import { columnOf } from './cell-editor.states';
import { ValueForm, type ValueFormProps } from './value-form';

function form(type: string, props: Partial<ValueFormProps> = {}) {
  const onChange = vi.fn<(value: JsonValue | undefined, problem: string | null) => void>();
  render(<ValueForm column={columnOf('v', type)} value={undefined} seen={[]} onChange={onChange} {...props} />);
  return onChange;
}

const field = page.getByRole('textbox', { name: 'v' });

describe('the field for the value of a column', () => {
  it('gives the value with each letter, or what is wrong with it', async () => {
    const onChange = form('int', { required: true });
    await expect.element(page.getByText('a key column needs a value')).toBeVisible();
    await userEvent.fill(field, '4x');
    expect(onChange).toHaveBeenLastCalledWith(undefined, expect.stringContaining('expected int'));
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await userEvent.fill(field, '42');
    expect(onChange).toHaveBeenLastCalledWith(42, null);
    await expect.element(page.getByRole('button', { name: 'null' })).not.toBeInTheDocument();
  });

  it('tells unset, null and empty text apart', async () => {
    const onChange = form('text');
    await expect.element(field).toHaveAttribute('placeholder', 'unset');
    await userEvent.click(page.getByRole('button', { name: 'null' }));
    expect(onChange).toHaveBeenLastCalledWith(null, null);
    await userEvent.click(page.getByRole('button', { name: 'Empty text' }));
    expect(onChange).toHaveBeenLastCalledWith('', null);
    await userEvent.click(page.getByRole('button', { name: 'Leave unset' }));
    expect(onChange).toHaveBeenLastCalledWith(undefined, null);
  });

  it('takes no empty value for the whole partition key, and says why', async () => {
    const onChange = form('text', { required: true, isAlone: true });
    await userEvent.click(page.getByRole('button', { name: 'Empty text' }));
    const problem = 'Cassandra has no partition with an empty key: type a value';
    expect(onChange).toHaveBeenLastCalledWith(undefined, problem);
    await expect.element(page.getByText(problem)).toBeVisible();
    await userEvent.fill(field, ' ');
    expect(onChange).toHaveBeenLastCalledWith(' ', null);
  });

  it('takes it for one of several key columns', async () => {
    const onChange = form('text', { required: true });
    await userEvent.click(page.getByRole('button', { name: 'Empty text' }));
    expect(onChange).toHaveBeenLastCalledWith('', null);
  });

  it('offers values seen, and takes one by keys without sending the form', async () => {
    const onChange = form('text', { seen: ['late', 'later'] });
    await userEvent.fill(field, 'la');
    const box = page.getByRole('combobox', { name: 'v' });
    await userEvent.click(box);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('late', null);
  });

  it('edits a list by its elements, and names it as it is asked to', async () => {
    const onChange = form('list<text>', { value: ['a'], label: 'Tags' });
    await expect.element(page.getByText('Tags')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Add an element' }));
    await userEvent.fill(page.getByRole('textbox', { name: 'v[1], text' }), 'b');
    expect(onChange).toHaveBeenLastCalledWith(['a', 'b'], null);
  });

  it('has room for text of several lines', async () => {
    const onChange = form('text', { value: 'a' });
    await userEvent.click(page.getByRole('button', { name: 'Several lines' }));
    await userEvent.fill(field, 'a\nb');
    expect(onChange).toHaveBeenLastCalledWith('a\nb', null);
  });
});
