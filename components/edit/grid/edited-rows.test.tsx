import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { readerOf } from '@/components/results/local/test-reader';
import { ResultPane } from '@/components/results/result-view';
import { render } from '@/components/ui/test-render';
import { getToasts } from '@/components/ui/toasts';
import { ChangeStore } from '@/lib/changes/change-store';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import type { ChangeEnding } from '@/lib/edit/ending';
import { editableOf } from '@/lib/edit/test-editable';
import { EditedRows } from './edited-rows';
// What a page loads later is here before the first test.
import '@/components/results/cell-menu/cell-menu';
import '@/components/results/rows/result-rows';
import '@/components/results/rows/row-tools';
import './paste-problems';
import './ttl-dialog';

const ROWS = editableOf('t');
const HEADER: HeaderFrame = {
  columns: ROWS.table.shape.columns
    .slice(0, 7)
    .map(({ name, kind }) => ({ name, kind, type: name === 'w' ? 'text' : 'int' })),
  consistency: 'LOCAL_ONE',
  statement: 'SELECT * FROM ks.t',
};
const PLACE = { cluster: 'demo', keyspace: 'ks', table: 't' };
const row = (c: number): JsonValue[] => [1, c, 1, 5, null, c * 10, `w${c}`];
const key = (c: number) => ({ p: 1, c, c2: 1 });

/** The first read starts the worker that parses rows, which the tests' server builds then. */
beforeAll(async () => {
  const reader = readerOf([row(1)], HEADER);
  reader.start();
  await vi.waitFor(() => expect(reader.getState().reading.phase).toBe('complete'), { timeout: 60_000 });
}, 90_000);

let store: ChangeStore;
beforeEach(() => {
  store = new ChangeStore(PLACE, ROWS.table);
});

async function show(...changes: RowChange[]): Promise<void> {
  if (changes.length > 0) store.act({ do: 'changes', changes });
  const reader = readerOf([row(1), row(2), row(3)], HEADER);
  render(
    <ResultPane
      reader={reader}
      editing={(result) => <EditedRows result={result} rows={ROWS} store={store} onApplied={() => undefined} />}
    />,
    'h-[500px] w-[1200px] flex flex-col',
  );
  reader.start();
  await expect.element(cell(0, 5), { timeout: 10_000 }).toBeInTheDocument();
}

const grid = page.getByRole('grid', { name: /^Rows of/ });
/** A cell of the rows that are read, from 0. The key's columns stay in view, so they are drawn first. */
function cell(at: number, source: number) {
  const keys = 3;
  const place = source < keys ? at * keys + source : 3 * keys + at * (HEADER.columns.length - keys) + source - keys;
  return grid.getByRole('gridcell').nth(place);
}
const bar = page.getByRole('region', { name: 'Changes that wait' });
const changes = () => store.getQueue().changes;

describe('rows with changes that wait', () => {
  it('look changed, with words for what cannot be seen', async () => {
    await show(
      { kind: 'update', key: key(1), seen: { v: 10 }, edits: { v: { set: 99 } } },
      { kind: 'update', key: key(2), seen: { v: 19 }, edits: { v: { set: 98, ttlSeconds: 600 } } },
      { kind: 'delete', key: key(3) },
      { kind: 'insert', key: key(4), values: { w: 'new' } },
    );
    await expect.element(cell(0, 5)).toHaveTextContent('99');
    await expect.element(cell(0, 5)).toHaveAttribute('title', 'Was 10');
    await expect
      .element(cell(1, 5))
      .toHaveAttribute('title', 'Was 20 · expires after 10 min · changed by somebody since you edited it');
    await expect.element(cell(2, 5)).toHaveAttribute('title', 'To be deleted');
    await expect.element(cell(2, 5)).toHaveStyle({ textDecorationLine: 'line-through' });
    const fresh = page.getByRole('grid', { name: 'New rows' });
    await expect.element(fresh.getByRole('gridcell', { name: 'new' })).toBeVisible();
    await expect.element(fresh.getByRole('gridcell').nth(5)).toHaveTextContent('–');
    await expect.element(bar.getByRole('status')).toHaveTextContent('4 changes in 4 rows');
  });

  it('say how their last run ended, at the cell, in the new row and in the bar', async () => {
    await show(
      { kind: 'update', key: key(1), seen: { v: 10 }, edits: { v: { set: 99 } } },
      { kind: 'delete', key: key(3) },
      { kind: 'insert', key: key(4), values: { w: 'new' } },
    );
    const ending: ChangeEnding = {
      ...{ outcome: 'refused', message: 'Refused: no right.', at: '2026-11-29T12:00:00.000Z' },
    };
    store.end(new Map(changes().map((change) => [change, ending])));
    const says = /^(Was 10|To be deleted|New row.*) · Last run, .*: refused\. Refused: no right\.$/;
    await expect.element(cell(0, 5)).toHaveAttribute('title', expect.stringMatching(says));
    await expect.element(cell(2, 5)).toHaveAttribute('title', expect.stringMatching(says));
    const fresh = page.getByRole('grid', { name: 'New rows' }).getByRole('gridcell', { name: 'new' });
    await expect.element(fresh).toHaveAttribute('title', expect.stringMatching(says));
    await expect.element(bar).toHaveTextContent('3 changes failed: Refused: no right.');
    store.act({ do: 'change', change: { kind: 'update', key: key(1), edits: { v: { set: 98 } } } });
    await expect.element(cell(0, 5)).toHaveAttribute('title', 'Was 10');
    await expect.element(bar).toHaveTextContent('2 changes failed');
  });

  it('are copied as they are shown, and the copy says so', async () => {
    await show({ kind: 'update', key: key(1), seen: { v: 10 }, edits: { v: { set: 99 } } });
    await expect.element(cell(0, 5)).toHaveTextContent('99');
    const written = vi.spyOn(navigator.clipboard, 'write').mockResolvedValue();
    await userEvent.click(cell(0, 5));
    await userEvent.keyboard('{Control>}c{/Control}');
    await expect
      .poll(() => getToasts().map(({ text }) => text), { timeout: 10_000 })
      .toContain('Copied 1 row of 1 column, with changes that wait');
    const [item] = written.mock.lastCall?.[0] ?? [];
    expect(await (await item?.getType('text/plain'))?.text()).toBe('99');
    written.mockRestore();
  });

  it('are undone and redone from the bar, which is there while something waits', async () => {
    await show();
    await expect.element(bar).not.toBeInTheDocument();
    store.act({ do: 'change', change: { kind: 'update', key: key(1), edits: { v: { set: 99 } } } });
    await expect.element(cell(0, 5)).toHaveTextContent('99');
    await userEvent.click(bar.getByRole('button', { name: 'Undo' }));
    await expect.element(cell(0, 5)).toHaveTextContent('10');
    await userEvent.click(bar.getByRole('button', { name: 'Redo' }));
    await expect.element(cell(0, 5)).toHaveTextContent('99');
    await userEvent.click(bar.getByRole('button', { name: 'Discard' }));
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Discard' }));
    await expect.element(bar).not.toBeInTheDocument();
    expect(changes()).toEqual([]);
  });

  it('are changed by keys: null, deleted, filled down', async () => {
    await show();
    await userEvent.click(cell(0, 5));
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}');
    await expect.element(cell(1, 5)).toHaveTextContent('10');
    await userEvent.keyboard('{Delete}');
    await expect.element(cell(0, 5)).toHaveTextContent('null');
    await userEvent.keyboard('{Control>}z{/Control}{Control>}z{/Control}');
    expect(changes()).toEqual([]);
    await userEvent.keyboard('{Control>}{Delete}{/Control}');
    await expect.poll(() => changes().map(({ kind }) => kind)).toEqual(['delete', 'delete']);
  });

  it('offer in the menu of a cell what can be done, and say why not', async () => {
    await show();
    await userEvent.click(cell(0, 1), { button: 'right' });
    const menu = page.getByRole('menu');
    await expect.element(menu.getByRole('menuitem', { name: /Set c to null/ })).toHaveTextContent('primary key');
    await expect.element(menu.getByRole('menuitem', { name: 'Delete a range or the partition…' })).toBeVisible();
    await userEvent.click(menu.getByRole('menuitem', { name: 'Delete this row' }));
    await expect.poll(() => changes()).toMatchObject([{ kind: 'delete', key: key(1) }]);
    await userEvent.click(cell(0, 5), { button: 'right' });
    await expect.element(menu.getByRole('menuitem', { name: /Edit v/ })).toBeDisabled();
    await userEvent.click(menu.getByRole('menuitem', { name: 'Take back the changes of this row' }));
    await expect.poll(() => changes()).toEqual([]);
  });

  it('take a pasted block whole, or none of it', async () => {
    await show();
    await userEvent.click(cell(0, 5));
    const paste = (text: string) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      grid.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    };
    paste('1\ta\n2\t"b\nc"');
    await expect.element(bar.getByRole('status')).toHaveTextContent('4 changes in 2 rows');
    paste('1\ta\nlong\tb');
    const problems = page.getByRole('dialog', { name: 'Nothing was pasted' });
    await expect.element(problems.getByRole('cell', { name: 'long', exact: true })).toBeVisible();
    await expect.element(bar.getByRole('status')).toHaveTextContent('4 changes in 2 rows');
  });
});
