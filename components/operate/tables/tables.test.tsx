import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ignore } from '@/components/ui/states';
import { render } from '@/components/ui/test-render';
import type { Direction, TableSort } from '@/lib/cluster/table-list';
import { tableRow } from '@/lib/cluster/test-table-rows';
import { TableList } from './table-list';
import { tablesStates } from './tables.states';

const draw = (state: string) => render(tablesStates.states[state]?.draw());
const MANY = Array.from({ length: 1_000 }, (_, at) => tableRow('k', `table_${String(at).padStart(4, '0')}`));

function drawMany() {
  const sorts: [TableSort, Direction][] = [];
  const opened: unknown[] = [];
  render(
    <TableList
      rows={MANY}
      sort="hurt"
      direction="down"
      onSort={(sort, direction) => sorts.push([sort, direction])}
      open={{ keyspace: 'k', table: 'table_0001' }}
      onOpen={(open) => opened.push(open)}
    />,
    'h-[800px]',
  );
  return { sorts, opened };
}

describe('a list of a thousand tables', () => {
  it('draws only the rows in view, and says how many there are', async () => {
    drawMany();
    const table = page.getByRole('table');
    await expect.element(table).toHaveAttribute('aria-rowcount', '1001');
    expect(page.getByRole('row').elements().length).toBeLessThan(80);
    const scroller = page.getByRole('region', { name: 'All tables' });
    // As far as all rows are high.
    expect(scroller.element().scrollHeight).toBeGreaterThan(1_000 * 32);
    scroller.element().scrollTop = 500 * 32;
    await expect.element(page.getByRole('button', { name: 'k.table_0505' })).toBeVisible();
    await expect.element(page.getByRole('row', { name: /table_0505/ })).toHaveAttribute('aria-rowindex', '507');
    expect(page.getByRole('row').elements().length).toBeLessThan(80);
    scroller.element().scrollTop = 1_000 * 32;
    await expect.element(page.getByRole('button', { name: 'k.table_0999' })).toBeVisible();
  });

  it('is walked by keys, and a table opens and closes', async () => {
    const { opened } = drawMany();
    const first = page.getByRole('button', { name: 'k.table_0000' });
    (first.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('button', { name: 'k.table_0001' })).toHaveFocus();
    await expect.element(page.getByRole('button', { name: 'k.table_0001' })).toHaveAttribute('aria-expanded', 'true');
    await userEvent.keyboard('{Enter}{ArrowUp}{Enter}');
    expect(opened).toEqual([null, { keyspace: 'k', table: 'table_0000' }]);
    for (let down = 0; down < 60; down++) await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('button', { name: 'k.table_0060' })).toHaveFocus();
  });

  it('sorts by every column: first what is large, then the other way', async () => {
    const { sorts } = drawMany();
    await expect.element(page.getByRole('columnheader', { name: 'Hurts' })).toHaveAttribute('aria-sort', 'descending');
    await page.getByRole('button', { name: 'On disk' }).click();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.getByRole('button', { name: 'Hurts' }).click();
    expect(sorts).toEqual([
      ['diskMebibytes', 'down'],
      ['name', 'up'],
      ['hurt', 'up'],
    ]);
    expect(page.getByRole('columnheader').elements()).toHaveLength(16);
  });
});

describe('how much a table hurts', () => {
  it('is a number only where it is near its threshold', async () => {
    const rows = [0.1, 0.0999, 0].map((degree, at) => ({ ...tableRow('k', `t${at}`), degree }));
    render(<TableList rows={rows} sort="hurt" direction="down" onSort={ignore} open={null} onOpen={ignore} />);
    await expect.element(page.getByRole('row', { name: /t0/ })).toHaveTextContent('0.10 ×');
    await expect.element(page.getByRole('row', { name: /t1/ })).toHaveTextContent('far under');
    await expect.element(page.getByRole('row', { name: /t2/ })).toHaveTextContent('far under');
    expect(page.getByText('0.00 ×').elements()).toEqual([]);
  });
});

describe('one table', () => {
  it('says why it hurts, with the threshold, and what the verdict finds', async () => {
    draw('why it hurts');
    const [reason, note] = page.getByRole('listitem').elements();
    expect(reason).toHaveTextContent(
      'overreads pass over 2,500 tombstones (p99 on 127.0.0.1:9042)threshold: 1,000 tombstones',
    );
    expect(note).toHaveTextContent('The verdict: Rows of flights.by_origin_day expire');
  });

  it('has every figure by node; a node that does not answer says so, and a missing right its GRANT', async () => {
    draw('by node');
    await expect.element(page.getByRole('row', { name: /^127\.0\.0\.1:9042/ })).toHaveTextContent('≤ 40.0 MiB');
    await expect
      .element(page.getByRole('row', { name: /^127\.0\.0\.2:9042/ }))
      .toHaveTextContent('It does not answer.');
    await expect.element(page.getByText('GRANT SELECT ON KEYSPACE system_views TO reader')).toBeVisible();
  });
});

describe('a search', () => {
  it('states its budget before it reads', async () => {
    draw('before a search');
    await expect.element(page.getByText(/at most 50,000 rows in 15 s, at 32 places/)).toBeVisible();
    await expect.element(page.getByText(/at most 4,000 rows in 30 s, at 16 places/)).toBeVisible();
  });

  it('can be stopped while it runs, and says how sure its result is', async () => {
    draw('searching');
    await expect.element(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Find tombstones' })).toBeDisabled();
    await expect
      .element(page.getByRole('status', { name: 'How far the search got' }))
      .toHaveTextContent('812 partitions of 1.3 % of the ring');
  });

  it('leads from a partition to its rows, and says where it has more', async () => {
    draw('wide partitions');
    const link = page.getByRole('link', { name: 'origin = "SEA"' });
    expect(decodeURIComponent(link.element().getAttribute('href') ?? '')).toContain('"operator":"="');
    await expect.element(page.getByRole('row', { name: /SEA/ })).toHaveTextContent('2,500 or more~244 KiB~100 B');
    await expect
      .element(page.getByRole('status', { name: 'How far the search got' }))
      .toHaveTextContent('The budget of rows is used up. What is elsewhere was not seen.');
    await expect
      .element(page.getByRole('region', { name: 'A bucket by day' }))
      .toHaveTextContent('CREATE TABLE k.t_by_day');
  });

  it('shows places and partitions with tombstones, and traces that say nothing', async () => {
    draw('tombstones');
    await expect.element(page.getByRole('row', { name: /tokens -5 to 7/ })).toHaveTextContent('15050');
    await expect.element(page.getByRole('link', { name: 'k = 1' })).toBeVisible();
    await expect.element(page.getByText(/1 traced read left no count/)).toBeVisible();
  });

  it('shows how many values indexed columns have, and what that means for each kind of index', async () => {
    draw('indexed values');
    await expect
      .element(page.getByRole('row', { name: /^by_email/ }))
      .toHaveTextContent('by_emailemailsecondary4,8002004,795< 0.1 %Nearly all different');
    await expect.element(page.getByRole('row', { name: /^by_state/ })).toHaveTextContent('SAI5,000');
  });

  it('says that a person stopped it', async () => {
    draw('stopped search');
    await expect
      .element(page.getByRole('status', { name: 'How far the search got' }))
      .toHaveTextContent('Stopped by you.');
  });
});
