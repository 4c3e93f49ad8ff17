import { beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import { readerOf } from '../local/test-reader';
import CompareView from './compare-view';
import { PinButton } from './pin-button';

const HEADER: HeaderFrame = {
  columns: [
    { name: 'k', type: 'int', kind: 'partition_key' },
    { name: 'v', type: 'bigint', kind: 'regular' },
  ],
  consistency: 'LOCAL_ONE',
  statement: 'SELECT k, v FROM ks.t',
};
const TABLE: Table = {
  ...{ name: 't', id: null, kind: 'table' as const, baseTable: null, comment: '', indexes: [] },
  columns: [
    { name: 'k', type: 'int', kind: 'partition_key', position: 0, clusteringOrder: 'none' },
    { name: 'v', type: 'bigint', kind: 'regular', position: -1, clusteringOrder: 'none' },
  ],
};
const PLACE = { cluster: 'demo', keyspace: 'ks', table: 't' };

async function readRows(rows: readonly (readonly JsonValue[])[]) {
  const reader = readerOf(rows, HEADER);
  reader.start();
  await vi.waitFor(() => expect(reader.getState().reading.phase).toBe('complete'), { timeout: 60_000 });
  return reader;
}

/** The first read starts the worker that parses rows, which the tests' server builds then. */
beforeAll(async () => void (await readRows([])), 90_000);

const cells = () =>
  page
    .getByRole('gridcell')
    .elements()
    .map((cell) => cell.textContent);

describe('a pinned result', () => {
  it('is compared with a later one by key, digit by digit, until it is let go', async () => {
    const before = await readRows([
      [1, '9007199254740993'],
      [2, '5'],
      [3, '7'],
    ]);
    render(<PinButton reader={before} header={HEADER} place={PLACE} />);
    await userEvent.click(page.getByRole('button', { name: 'Pin' }));
    await expect.element(page.getByRole('button', { name: 'Pinned' })).toHaveAttribute('aria-pressed', 'true');

    const after = await readRows([
      [4, '1'],
      [3, '7'],
      [1, '9007199254740992'],
    ]);
    render(<CompareView reader={after} header={HEADER} table={TABLE} place={PLACE} />, 'h-[300px] w-[700px]');
    const view = page.getByRole('region', { name: 'Comparison' });
    await expect.element(view).toHaveTextContent('1 added · 1 gone · 1 changed · 1 the same');
    await expect.element(view).toHaveTextContent('Rows are matched by primary key: k.');
    await expect
      .poll(cells)
      .toEqual(['+ added', '≠ changed', '− gone', '4', '1', '1', '9007199254740993 → 9007199254740992', '2', '5']);
    await userEvent.click(view.getByRole('button', { name: 'Unpin' }));
    await expect.element(page.getByText('Nothing is pinned')).toBeInTheDocument();
  });
});
