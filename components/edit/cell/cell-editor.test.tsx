import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import { uuidFacts } from '@/lib/values/uuid-facts';
import type { AfterEdit } from './cell-editor';
import { StateCell } from './cell-editor.states';

interface Given {
  readonly value?: JsonValue | undefined;
  readonly typed?: string;
  readonly seen?: readonly JsonValue[];
}

/** A cell of this type, in something that listens to keys as a grid does. */
function cell(type: string, given: Given = {}) {
  const onCommit = vi.fn<(edit: CellEdit, after: AfterEdit) => void>();
  const [onCancel, onLeave, onOutside] = [vi.fn(), vi.fn(), vi.fn()];
  render(
    <div>
      <button type="button">Elsewhere</button>
      <fieldset onKeyDown={onOutside}>
        <StateCell type={type} onCommit={onCommit} onCancel={onCancel} onLeave={onLeave} {...given} />
      </fieldset>
    </div>,
  );
  return { onCommit, onCancel, onLeave, onOutside };
}

const field = page.getByRole('textbox');
const words = (text: string | RegExp) => page.getByText(text);
const press = (keys: string) => userEvent.keyboard(keys);

describe('a cell that is edited', () => {
  it('keeps what is typed and moves on: Enter down, Tab right, with Shift up and left', async () => {
    for (const [keys, after] of [
      ['{Enter}', 'down'],
      ['{Shift>}{Enter}{/Shift}', 'up'],
      ['{Tab}', 'right'],
      ['{Shift>}{Tab}{/Shift}', 'left'],
    ] as const) {
      const { onCommit, onOutside } = cell('int', { value: 1, typed: '4' });
      await expect.element(field.last()).toHaveFocus();
      await press(`2${keys}`);
      expect(onCommit.mock.calls).toEqual([[{ set: 42 }, after]]);
      expect(onOutside).not.toHaveBeenCalled();
    }
  });

  it('begins with the value, the cursor at its end', async () => {
    const { onCommit } = cell('bigint', { value: '9007199254740993' });
    await expect.element(field).toHaveValue('9007199254740993');
    await press('7{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: '90071992547409937' }, 'down');
  });

  it('says what is wrong while typing, and is neither kept nor lost by Enter, Tab or a press elsewhere', async () => {
    const { onCommit, onCancel } = cell('int', { value: 1, typed: '4x' });
    await expect.element(words(/expected int: a whole number/)).toBeVisible();
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await expect.element(field).toHaveAccessibleDescription(/expected int/);
    await press('{Enter}{Tab}');
    await userEvent.click(page.getByRole('button', { name: 'Elsewhere' }));
    expect(onCommit).not.toHaveBeenCalled();
    expect(onCancel).not.toHaveBeenCalled();
    await expect.element(field).toHaveValue('4x');
    await userEvent.click(field);
    await press('{End}{Backspace}{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 4 }, 'down');
  });

  it('goes back to what it was with Escape', async () => {
    const { onCommit, onCancel, onOutside } = cell('text', { value: 'a', typed: 'b' });
    await press('{Escape}');
    expect(onCancel).toHaveBeenCalledOnce();
    expect(onCommit).not.toHaveBeenCalled();
    expect(onOutside).not.toHaveBeenCalled();
  });

  it('that is not changed makes no edit', async () => {
    const { onCommit, onLeave } = cell('decimal', { value: '1.50' });
    await expect.element(field).toHaveFocus();
    await press('{Tab}');
    expect(onLeave).toHaveBeenCalledExactlyOnceWith('right');
    expect(onCommit).not.toHaveBeenCalled();
  });

  it('is kept by a press elsewhere', async () => {
    const { onCommit } = cell('text', { value: 'a', typed: 'b' });
    await userEvent.click(page.getByRole('button', { name: 'Elsewhere' }));
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'b' }, 'stay');
  });

  it('lets the keys of the whole page through, and no other', async () => {
    const { onOutside } = cell('text', { typed: 'b' });
    await press('{Control>}k{/Control}');
    expect(onOutside.mock.calls.map(([event]) => event.key)).toContain('k');
    onOutside.mockClear();
    await press('/?{ArrowLeft}{Control>}a{/Control}{Home}');
    expect(onOutside.mock.calls.filter(([event]) => event.key !== 'Control')).toEqual([]);
  });
});

describe('null', () => {
  it('comes by its key, and empty text is not null', async () => {
    const { onCommit } = cell('text', { value: 'a' });
    await press('{Backspace}');
    await expect.element(words('empty text, which is not null')).toBeVisible();
    await press('{Enter}');
    expect(onCommit).toHaveBeenLastCalledWith({ set: '' }, 'down');
    await press('{Alt>}{Shift>}n{/Shift}{/Alt}');
    await expect.element(words('null: no value')).toBeVisible();
    await expect.element(field).toHaveAttribute('placeholder', 'null');
    await press('{Enter}');
    expect(onCommit).toHaveBeenLastCalledWith({ set: null }, 'down');
  });

  it('is not what an emptied number means: its key is named', async () => {
    const { onCommit } = cell('int', { value: 1 });
    await press('{Backspace}{Enter}');
    await expect.element(words(/a value is missing, such as 42; for null press Alt ⇧N/)).toBeVisible();
    expect(onCommit).not.toHaveBeenCalled();
    await userEvent.click(page.getByRole('button', { name: 'null' }));
    await expect.element(field).toHaveFocus();
    await press('{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: null }, 'down');
  });
});

describe('the inputs by type', () => {
  it('offer values seen in the column, filtered while typing', async () => {
    const { onCommit } = cell('text', { typed: 'l', seen: ['on time', 'late', 'late, snow'] });
    await expect.element(page.getByRole('option')).toHaveLength(2);
    await press('a{ArrowDown}{ArrowDown}');
    await expect.element(page.getByRole('option', { name: 'late, snow' })).toHaveAttribute('aria-selected', 'true');
    await press('{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'late, snow' }, 'down');
  });

  it('keep what is typed while no value seen is marked', async () => {
    const { onCommit } = cell('text', { typed: 'l', seen: ['late'] });
    await expect.element(page.getByRole('option', { name: 'late' })).toBeVisible();
    await press('{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'l' }, 'down');
  });

  it('take true and false by their letters', async () => {
    const { onCommit } = cell('boolean', { value: true });
    await expect.element(page.getByRole('combobox')).toHaveFocus();
    await press('f{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: false }, 'down');
  });

  it('add to a counter, whose sum is shown', async () => {
    const { onCommit } = cell('counter', { value: '41', typed: '5' });
    await expect.element(words(/a counter cannot be set, only changed: write \+5 or -5/)).toBeVisible();
    await press('{Home}+');
    await expect.element(words('41 → 46')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Add one' }));
    await press('{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ by: '6' }, 'down');
  });

  it('ask for the zone of a moment, and say which moment it is', async () => {
    const { onCommit } = cell('timestamp', { typed: '2001-01-09 06:10' });
    await expect.element(words(/with Z or an offset/)).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'UTC' }));
    await expect.element(words(/= 2001-01-09T06:10:00\.000Z, UTC; here /)).toBeVisible();
    await press('{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: '2001-01-09T06:10:00.000Z' }, 'down');
  });

  it('make a timeuuid of this moment', async () => {
    const { onCommit } = cell('timeuuid');
    const before = Date.now();
    await userEvent.click(page.getByRole('button', { name: 'New for now' }));
    await press('{Enter}');
    const [[edit] = []] = onCommit.mock.calls;
    const made = edit !== undefined && 'set' in edit ? String(edit.set) : '';
    const time = uuidFacts(made).find(({ label }) => label === 'Time, UTC')?.text ?? '';
    const madeMs = Date.parse(time.replace(/\d{4}Z$/, 'Z'));
    expect(madeMs).toBeGreaterThanOrEqual(before);
    expect(madeMs).toBeLessThanOrEqual(Date.now());
  });

  it('take a file for a blob, and refuse one that is too large', async () => {
    const { onCommit } = cell('blob', { value: null });
    const file = page.getByLabelText('File', { exact: true });
    await userEvent.upload(file, new File([new Uint8Array(600 * 1024)], 'large.bin'));
    await expect.element(words('large.bin has 600 KiB. Choose a smaller file.')).toBeVisible();
    await userEvent.upload(file, new File([Uint8Array.of(0xca, 0xfe)], 'small.bin'));
    await expect.element(field).toHaveValue('0xcafe');
    await userEvent.click(field);
    await press('{Enter}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: '0xcafe' }, 'down');
  });
});

describe('the panel', () => {
  it('holds text of several lines, whose line breaks stay', async () => {
    const { onCommit } = cell('text', { value: 'one\ntwo' });
    await expect.element(field).toHaveFocus();
    await expect.element(field).toHaveValue('one\ntwo');
    await press('{Enter}three{Control>}{Enter}{/Control}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'one\ntwo\nthree' }, 'down');
  });

  it('keeps carriage returns, which a text area would lose', async () => {
    const { onCommit } = cell('text', { value: 'one\r\ntwo' });
    await expect.element(field).toHaveValue('one\\r\\ntwo');
    await press('!{Control>}{Enter}{/Control}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'one\r\ntwo!' }, 'down');
  });

  it('opens by its key with what is typed, and for text that the cell cannot show', async () => {
    const { onCommit } = cell('text', { value: 'a', typed: 'b' });
    await press('{Alt>}{Enter}{/Alt}');
    await expect.element(page.getByRole('button', { name: 'Keep' })).toBeVisible();
    await expect.element(field).toHaveFocus();
    await press('{Enter}c');
    await userEvent.click(page.getByRole('button', { name: 'Keep' }));
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'b\nc' }, 'down');
    cell('text', { value: 'word '.repeat(100) });
    await expect.element(field.last()).toHaveValue('word '.repeat(100));
    expect(field.last().element().tagName).toBe('TEXTAREA');
  });

  it('opens for pasted lines', async () => {
    const { onCommit } = cell('text', { value: 'ab' });
    await expect.element(field).toHaveFocus();
    const data = new DataTransfer();
    data.setData('text/plain', 'x\ny');
    field
      .element()
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    await expect.element(field).toHaveValue('abx\ny');
    await press('{Control>}{Enter}{/Control}');
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: 'abx\ny' }, 'down');
  });

  it('stays inside the window, also on a phone', async () => {
    await page.viewport(390, 800);
    onTestFinished(() => page.viewport(1280, 800));
    cell('map<text, frozen<list<int>>>', { value: { a: [1], b: [2] } });
    const dialog = page.getByRole('dialog', { name: 'Value of v' });
    await expect.element(dialog).toBeVisible();
    const { left, right, top, bottom } = dialog.element().getBoundingClientRect();
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(390);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(800);
  });
});

const KEEP = '{Control>}{Enter}{/Control}';

describe('a value of parts', () => {
  it('grows by an element with Enter, and is appended to', async () => {
    const { onCommit } = cell('list<int>', { value: [1, 2] });
    await expect.element(page.getByRole('textbox', { name: 'v[0], int' })).toHaveFocus();
    await press('{Enter}');
    await expect.element(page.getByRole('textbox', { name: 'v[2], int' })).toHaveFocus();
    await press(`3${KEEP}`);
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ append: [3] }, 'down');
  });

  it('is reordered by keys and buttons, and set as a whole', async () => {
    const { onCommit } = cell('list<int>', { value: [1, 2, 3] });
    await expect.element(page.getByRole('textbox', { name: 'v[0], int' })).toHaveFocus();
    await press('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(page.getByRole('textbox', { name: 'v[1], int' })).toHaveFocus();
    await userEvent.click(page.getByRole('button', { name: 'Move v[2] up' }));
    await userEvent.click(page.getByRole('button', { name: 'Keep' }));
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: [2, 3, 1] }, 'down');
  });

  it('says which element of a set is there already, and is not kept', async () => {
    const { onCommit } = cell('set<text>', { value: ['a', 'b', 'c'] });
    await userEvent.fill(page.getByRole('textbox', { name: 'v[1], text' }), 'a');
    await expect.element(page.getByText('this is element 1 already', { exact: true })).toBeVisible();
    await press(KEEP);
    expect(onCommit).not.toHaveBeenCalled();
    await expect.element(page.getByRole('button', { name: 'Keep' })).toBeDisabled();
    await userEvent.fill(page.getByRole('textbox', { name: 'v[1], text' }), 'd');
    await press(KEEP);
    expect(onCommit).toHaveBeenCalledExactlyOnceWith(
      {
        elements: [
          ['d', true],
          ['b', null],
        ],
      },
      'down',
    );
  });

  it('changes one entry of a map, however deep', async () => {
    const { onCommit } = cell('map<text, frozen<list<int>>>', { value: { a: [1], b: [2] } });
    await userEvent.fill(page.getByRole('textbox', { name: 'v[1][0], int' }), '7');
    await press(KEEP);
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ elements: [['b', [7]]] }, 'down');
  });

  it('has null in fields, and in no collection', async () => {
    const { onCommit } = cell('address', { value: { street: 'Main', no: 7, tags: null } });
    await userEvent.click(page.getByRole('textbox', { name: 'v.no, int' }));
    await press('{Alt>}{Shift>}n{/Shift}{/Alt}');
    await userEvent.click(page.getByRole('button', { name: 'Give v.tags a value' }));
    await userEvent.click(page.getByRole('button', { name: 'Add an element' }));
    await press('{Alt>}{Shift>}n{/Shift}{/Alt}old');
    await press(KEEP);
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ fields: { no: null, tags: ['old'] } }, 'down');
  });

  it('keeps the null fields of a tuple', async () => {
    const { onCommit } = cell('tuple<int, text>', { value: [1, null] });
    await userEvent.fill(page.getByRole('textbox', { name: 'v[0], int' }), '2');
    await press(KEEP);
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ set: [2, null] }, 'down');
  });

  it('has as many elements as a vector has', async () => {
    cell('vector<float, 3>', { value: [0.5, -0, 1] });
    await expect.element(page.getByRole('textbox', { name: 'v[1], float' })).toHaveValue('-0');
    await expect.element(page.getByRole('button', { name: 'Add an element' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Remove v[0]' })).not.toBeInTheDocument();
  });

  it('can be typed as CQL or JSON, with the place of what is wrong', async () => {
    const { onCommit } = cell('map<text, int>', { value: { a: 1, b: 2 } });
    await userEvent.click(page.getByRole('button', { name: 'CQL or JSON' }));
    await expect.element(field).toHaveValue("{'a': 1, 'b': 2}");
    await userEvent.fill(field, "{'a': 1,\n'b' 3}");
    await expect.element(words(/line 2, column 5: “3}” does not fit/)).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Parts' })).toBeDisabled();
    await userEvent.fill(field, '{"a": 1, "b": 3}');
    await userEvent.click(page.getByRole('button', { name: 'Parts' }));
    await expect.element(page.getByRole('textbox', { name: 'v[1], int' })).toHaveValue('3');
    await userEvent.click(page.getByRole('button', { name: 'Keep' }));
    expect(onCommit).toHaveBeenCalledExactlyOnceWith({ elements: [['b', 3]] }, 'down');
  });
});
