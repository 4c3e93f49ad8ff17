import { beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { ResultPane } from '../result-view';
import type { LocalControl } from './local-control';
import { readerOf } from './test-reader';
// What a page loads later is here before the first test.
import '../columns/column-menu';
import '../rows/result-rows';
import '../rows/row-tools';
import './column-summary';
import './local-bar';
import './summary-panel';
import './press-header';

const ROWS = [
  ['PDX', 5],
  ['SFO', null],
  ['PDX', -3],
  ['SEA', 12],
  ['PDX', 40],
];

/** The first read starts the worker that parses rows, which the tests' server builds then. */
beforeAll(async () => {
  const reader = readerOf(ROWS);
  reader.start();
  await vi.waitFor(() => expect(reader.getState().reading.phase).toBe('complete'), { timeout: 60_000 });
}, 90_000);

const bar = page.getByRole('region', { name: 'Sorted and filtered here' });

function firstColumn(column: number): string[] {
  return page
    .getByRole('gridcell')
    .elements()
    .filter((cell) => cell.getAttribute('aria-colindex') === String(column))
    .sort((a, b) => rowOf(a) - rowOf(b))
    .map((cell) => cell.textContent ?? '');
}

function rowOf(cell: Element): number {
  return cell.getBoundingClientRect().top;
}

function show(local?: LocalControl) {
  const reader = readerOf(ROWS);
  render(<ResultPane reader={reader} local={local} />, 'h-[400px] w-[1200px] flex flex-col');
  reader.start();
  return expect.element(page.getByRole('gridcell').first(), { timeout: 10_000 }).toBeInTheDocument();
}

async function choose(header: string, item: string): Promise<void> {
  await userEvent.click(
    page.getByRole('columnheader', { name: header }).getByRole('button', { name: `Menu of ${header}` }),
  );
  await userEvent.click(page.getByRole('menuitem', { name: item, exact: true }));
}

describe('rows arranged on the page', () => {
  it('are sorted from a header, further columns break ties, and one press shows them as they were read', async () => {
    await show();
    await expect.poll(() => firstColumn(2)).toEqual(['5', 'null', '-3', '12', '40']);
    await choose('delay', 'Sort descending');
    await expect.poll(() => firstColumn(2)).toEqual(['40', '12', '5', '-3', 'null']);
    await expect.element(bar).toHaveTextContent('Sorted here by delay, descending: 5 rows, complete. Nulls last.');
    await choose('dest', 'Sort ascending');
    await expect.poll(() => firstColumn(2)).toEqual(['5', '-3', '40', '12', 'null']);
    await choose('delay', 'Then sort ascending');
    await expect.poll(() => firstColumn(2)).toEqual(['-3', '5', '40', '12', 'null']);
    await userEvent.click(page.getByRole('button', { name: 'Show the rows as they were read' }));
    await expect.poll(() => firstColumn(2)).toEqual(['5', 'null', '-3', '12', '40']);
    await expect.element(bar).not.toBeInTheDocument();
  });

  it('are sorted by a press of a header: ascending, descending, as they were read', async () => {
    await show();
    await expect.poll(() => firstColumn(2)).toEqual(['5', 'null', '-3', '12', '40']);
    const header = page.getByRole('columnheader', { name: 'delay' });
    const face = header.getByRole('button', { name: 'delay int' });
    await userEvent.click(face);
    await expect.poll(() => firstColumn(2)).toEqual(['-3', '5', '12', '40', 'null']);
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
    await userEvent.click(face);
    await expect.poll(() => firstColumn(2)).toEqual(['40', '12', '5', '-3', 'null']);
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(face);
    await expect.poll(() => firstColumn(2)).toEqual(['5', 'null', '-3', '12', '40']);
    await expect.element(header).not.toHaveAttribute('aria-sort');
  });

  it('are sorted by each of two quick presses', async () => {
    await show();
    await expect.poll(() => firstColumn(2)).toEqual(['5', 'null', '-3', '12', '40']);
    const face = page.getByRole('columnheader', { name: 'delay' }).getByRole('button', { name: 'delay int' });
    const button = face.element() as HTMLElement;
    button.click();
    button.click();
    await expect.poll(() => firstColumn(2)).toEqual(['40', '12', '5', '-3', 'null']);
  });

  it('are sorted by the keyboard at a header, and with Shift by another column after it', async () => {
    await show();
    await expect.poll(() => firstColumn(1)).toHaveLength(5);
    document.querySelector<HTMLElement>('[role=grid]')?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    await expect.poll(() => firstColumn(1)).toEqual(['PDX', 'PDX', 'PDX', 'SEA', 'SFO']);
    await expect.poll(() => firstColumn(2)).toEqual(['5', '-3', '40', '12', 'null']);
    await userEvent.keyboard('{ArrowRight}{Shift>}{Enter}{/Shift}');
    await expect.poll(() => firstColumn(2)).toEqual(['-3', '5', '40', '12', 'null']);
    await expect.element(bar).toHaveTextContent('Sorted here by dest, then delay: 5 rows, complete.');
  });

  it('are filtered by text, and by a value of the summary', async () => {
    await show();
    await expect.poll(() => firstColumn(1)).toHaveLength(5);
    await userEvent.click(page.getByRole('button', { name: 'Filter these rows' }));
    await userEvent.type(page.getByRole('searchbox'), 'sf');
    await expect.poll(() => firstColumn(1)).toEqual(['SFO']);
    await choose('dest', 'Summary…');
    const summary = page.getByRole('dialog', { name: 'Summary of dest' });
    await expect.element(summary).toHaveTextContent('All 5 rows of the result.');
    await userEvent.click(summary.getByRole('row', { name: /PDX/ }).getByRole('button', { name: /Show only rows/ }));
    await expect.poll(() => firstColumn(1)).toEqual(['PDX', 'PDX', 'PDX']);
    await expect.element(page.getByRole('searchbox')).toHaveValue('dest=PDX');
    await expect.element(bar).toHaveTextContent('Filtered here: 3 of 5 rows, complete');
  });

  it('are summed up by column, with numbers where they are numbers', async () => {
    await show();
    await expect.poll(() => firstColumn(1)).toHaveLength(5);
    await choose('delay', 'Summary…');
    const facts = page.getByRole('dialog').getByRole('definition');
    await expect
      .poll(() => facts.elements().map((fact) => fact.textContent))
      .toEqual(['1 row (20 %)', '4', '-3', '40', '≈ 13.5', 'between 5 and 12']);
  });

  it('are summed up for all columns at once, beside the rows, each with more at a press', async () => {
    await show();
    await expect.poll(() => firstColumn(1)).toHaveLength(5);
    await userEvent.click(page.getByRole('button', { name: 'Summary of all columns' }));
    const panel = page.getByRole('complementary', { name: 'Summary' });
    await expect.element(panel).toHaveTextContent('All 5 rows of the result.');
    const columns = panel.getByRole('listitem', { name: '' });
    await expect
      .poll(() =>
        columns
          .elements()
          .filter((one) => one.hasAttribute('aria-posinset'))
          .map((one) => one.textContent),
      )
      .toEqual([
        'dest3 distinct · no nullsPDX…SFOPDX60 %SFO20 %SEA20 %',
        expect.stringMatching(/^delay4 distinct · 20 % null-3…40/),
      ]);
    await expect.element(panel.getByRole('img', { name: /^Histogram from -3 to 40/ })).toBeInTheDocument();
    await userEvent.click(panel.getByRole('button', { name: 'Summary of delay' }));
    const summary = page.getByRole('dialog', { name: 'Summary of delay' });
    await expect.element(summary.getByRole('img', { name: /^Histogram/ })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect.element(summary).not.toBeInTheDocument();
    await userEvent.click(panel.getByRole('button', { name: 'Close the summary' }));
    await expect.element(panel).not.toBeInTheDocument();
  });

  it('say why they are not sorted by what is not there', async () => {
    await show({ view: { sort: [{ column: 'gone', descending: false }], quick: '' }, change: () => undefined });
    await expect.element(bar).toHaveTextContent('Not sorted: this view has no column gone.');
  });
});
