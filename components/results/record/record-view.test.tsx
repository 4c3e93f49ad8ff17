import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { getToasts } from '@/components/ui/toasts';
import type { ResultColumn } from '@/lib/contract/frames';
import type { RowEdits } from '../editing';
import { StateRecord } from './record-view.states';

const PLACE = 'relative flex h-96';
const record = page.getByRole('complementary', { name: 'Record' });
const names = () => [...document.querySelectorAll('[role=listitem] button')].map(({ textContent }) => textContent);

describe('a record', () => {
  it('hides nulls and finds columns, and says how many are left', async () => {
    render(<StateRecord />, PLACE);
    await expect.poll(names).toEqual(['origin', 'day', 'departs', 'delay', 'tags']);
    await userEvent.click(record.getByRole('checkbox', { name: 'Hide nulls (1)' }));
    await expect.poll(names).toEqual(['origin', 'day', 'departs', 'tags']);
    await expect.element(record.getByRole('status')).toHaveTextContent('4 of 5 columns');
    await userEvent.fill(record.getByRole('searchbox', { name: 'Find a column' }), 'ORI');
    await expect.poll(names).toEqual(['origin']);
    await userEvent.fill(record.getByRole('searchbox', { name: 'Find a column' }), 'delay');
    await expect.element(record.getByText('No column matches.')).toBeInTheDocument();
  });

  it('clears the search before it closes', async () => {
    const onClose = vi.fn();
    render(<StateRecord onClose={onClose} />, PLACE);
    await userEvent.fill(record.getByRole('searchbox', { name: 'Find a column' }), 'day');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => names().length).toBe(5);
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('edits a value by F2: of the field with the focus, or of the active cell', async () => {
    const edits: RowEdits = {
      ...{ rowOf: (values) => values, looks: undefined, overlay: undefined, tools: null, keys: () => false },
      ...{ open: () => undefined, offers: () => [] },
      editor: ({ source }) => <p>Editor of {source}</p>,
      refusal: ({ source }) => (source === 0 ? 'Part of the primary key.' : null),
    };
    render(<StateRecord source={4} edits={edits} />, PLACE);
    record.getByRole('list').element().focus();
    await userEvent.keyboard('{F2}');
    await expect.element(record.getByText('Editor of 4')).toBeVisible();
    record.getByRole('button', { name: 'Inspect delay' }).element().focus();
    await userEvent.keyboard('{F2}');
    await expect.element(record.getByText('Editor of 3')).toBeVisible();
    record.getByRole('button', { name: 'Inspect origin' }).element().focus();
    await userEvent.keyboard('{F2}');
    await expect.poll(() => getToasts().map(({ text }) => text)).toContain('Part of the primary key.');
  });

  it('goes to the neighbouring rows by buttons and keys, and not past the ends', async () => {
    const onRow = vi.fn();
    const { again } = render(<StateRecord onRow={onRow} />, PLACE);
    await userEvent.click(record.getByRole('button', { name: 'Next row' }));
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(onRow.mock.calls).toEqual([[42], [40]]);
    again(<StateRecord onRow={onRow} row={99} />);
    await expect.element(record.getByRole('button', { name: 'Next row' })).toBeDisabled();
    await userEvent.click(record.getByRole('searchbox', { name: 'Find a column' }));
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(onRow).toHaveBeenCalledTimes(2);
  });

  it('keeps few of 3,000 columns in the page, and brings the active one into view', async () => {
    const columns = Array.from(
      { length: 3_000 },
      (_, index): ResultColumn => ({ name: `c${index}`, type: 'int', kind: 'regular' }),
    );
    const values = columns.map((_, index) => index);
    const { again } = render(<StateRecord columns={columns} values={values} />, PLACE);
    await expect.poll(() => names()[0]).toBe('c0');
    expect(names().length).toBeLessThan(60);
    again(<StateRecord columns={columns} values={values} source={2_500} />);
    await expect.poll(names).toContain('c2500');
    expect(names().length).toBeLessThan(60);
    const shown = document.querySelector('[role=listitem]');
    expect(shown?.getAttribute('aria-setsize')).toBe('3000');
  });
});
