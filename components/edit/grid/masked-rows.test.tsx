import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { readerOf } from '@/components/results/local/test-reader';
import { ResultPane } from '@/components/results/result-view';
import { render } from '@/components/ui/test-render';
import { getToasts } from '@/components/ui/toasts';
import { ChangeStore } from '@/lib/changes/change-store';
import type { HeaderFrame } from '@/lib/contract/frames';
import { keyspaceOf } from '@/lib/cql/mutation/test-mutations';
import { editableRows } from '@/lib/edit/editable';
import { EditedRows } from './edited-rows';
// What a page loads later is here before the first test.
import '@/components/results/cell-menu/cell-menu';
import '@/components/results/rows/result-rows';
import '@/components/results/rows/row-tools';
import './row-form';

const HEADER: HeaderFrame = {
  columns: [
    { name: 'p', type: 'int', kind: 'partition_key' },
    { name: 'c', type: 'int', kind: 'clustering' },
    { name: 'c2', type: 'int', kind: 'clustering' },
    { name: 'w', type: 'text', kind: 'regular' },
    { name: 'v', type: 'text', kind: 'computed', masked: 'reports' },
  ],
  consistency: 'LOCAL_ONE',
  statement: 'SELECT * FROM ks.t',
};
const found = editableRows({
  ...{ keyspace: 'ks', name: 't', columns: HEADER.columns },
  ...{ isReadOnly: false, keyspaces: [keyspaceOf('ks')] },
});
if ('refusal' in found) throw new Error(found.refusal);
const rows = found;
const newReader = () => readerOf([[1, 1, 1, 'one', '•••']], HEADER);

/** The first read starts the worker that parses rows, which the tests' server builds then. */
beforeAll(async () => {
  const reader = newReader();
  reader.start();
  await vi.waitFor(() => expect(reader.getState().reading.phase).toBe('complete'), { timeout: 60_000 });
}, 90_000);

let store: ChangeStore;
beforeEach(async () => {
  store = new ChangeStore({ cluster: 'demo', keyspace: 'ks', table: 't' }, rows.table);
  const reader = newReader();
  render(
    <ResultPane
      reader={reader}
      editing={(result) => <EditedRows result={result} rows={rows} store={store} onApplied={() => undefined} />}
    />,
    'h-[500px] w-[1200px] flex flex-col',
  );
  reader.start();
  await expect.element(cell('one'), { timeout: 10_000 }).toBeInTheDocument();
});

const cell = (text: string) => page.getByRole('grid', { name: /^Rows of/ }).getByRole('gridcell', { name: text });
const said = () => getToasts().map(({ text }) => text);

describe('a row with a masked cell', () => {
  it('says why that cell is not edited, by key and in the menu', async () => {
    await userEvent.click(cell('•••'));
    await userEvent.keyboard('{F2}');
    const why = 'v is masked for you by the role reports, so it cannot be edited.';
    await expect.poll(said).toContain(why);
    await userEvent.click(cell('•••'), { button: 'right' });
    await expect.element(page.getByRole('menuitem', { name: /^Edit the value/ })).toHaveTextContent(why);
    await userEvent.keyboard('{Escape}');
    expect(store.getQueue().changes).toEqual([]);
  });

  it('is edited in its other cells, and compared by them alone', async () => {
    await userEvent.click(cell('one'));
    await userEvent.keyboard('{F2}');
    await userEvent.fill(page.getByRole('textbox').first(), 'two');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => store.getQueue().changes)
      .toEqual([{ kind: 'update', key: { p: 1, c: 1, c2: 1 }, seen: { w: 'one' }, edits: { w: { set: 'two' } } }]);
  });

  it('is added without a masked column', async () => {
    await userEvent.click(cell('one'));
    await userEvent.click(cell('one'), { button: 'right' });
    await userEvent.click(page.getByRole('menuitem', { name: /^Duplicate this row/ }));
    const form = page.getByRole('dialog', { name: 'Duplicate this row' });
    await expect.element(form.getByLabelText('w', { exact: true }).first()).toBeVisible();
    expect(form.getByLabelText('v', { exact: true }).elements()).toHaveLength(0);
  });

  it('keeps its key: the masked value could not go with it', async () => {
    await userEvent.click(page.getByRole('gridcell', { name: '1' }).first());
    await userEvent.keyboard('{F2}');
    await expect.poll(said).toContain('v is masked for you by the role reports, and could not go with the row.');
  });
});
