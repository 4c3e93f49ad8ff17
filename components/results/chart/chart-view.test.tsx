import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { readerOf } from '../local/test-reader';
import ChartView from './chart-view';

const HEADER: HeaderFrame = {
  columns: [
    { name: 'departs', type: 'timestamp', kind: 'clustering' },
    { name: 'dest', type: 'text', kind: 'regular' },
    { name: 'delay', type: 'bigint', kind: 'regular' },
    { name: 'distance', type: 'decimal', kind: 'regular' },
  ],
  consistency: 'LOCAL_ONE',
  statement: 'SELECT * FROM flights.t',
};
const ROWS: readonly (readonly JsonValue[])[] = [
  ['2001-01-09T06:30:00.000Z', 'PDX', '9007199254740993', '12.50'],
  ['2001-01-09T06:10:00.000Z', 'SFO', '-4', null],
  ['2001-01-09T07:10:00.000Z', 'PDX', '2', '1.0'],
];

async function readRows(rows: readonly (readonly JsonValue[])[], header = HEADER) {
  const reader = readerOf(rows, header);
  reader.start();
  await vi.waitFor(() => expect(reader.getState().reading.phase).toBe('complete'), { timeout: 60_000 });
  return reader;
}

/** The first read starts the worker that parses rows, which the tests' server builds then. */
beforeAll(async () => void (await readRows(ROWS)), 90_000);

afterEach(() => vi.restoreAllMocks());

async function show(rows = ROWS, header = HEADER) {
  const reader = await readRows(rows, header);
  render(<ChartView reader={reader} header={header} />, 'h-[400px] w-[900px] flex flex-col');
}

const values = page.getByRole('status', { name: 'Values' });
const plot = (name: string) => page.getByRole('slider', { name });

/** The file that a press saves. */
async function savedBy(button: string): Promise<Blob> {
  const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('#');
  await userEvent.click(page.getByRole('button', { name: button }));
  await expect.poll(() => made.mock.calls.length).toBe(1);
  const [blob] = made.mock.calls[0] ?? [];
  if (!(blob instanceof Blob)) throw new Error('no file');
  return blob;
}

describe('a chart of a result', () => {
  it('reads out exact values in the order of time, by keys and by the pointer', async () => {
    await show();
    const chart = plot('Chart of delay by departs');
    await expect.element(chart).toBeInTheDocument();
    expect(document.querySelector('canvas')).not.toBeNull();
    page.getByRole('button', { name: 'CSV' }).element().closest('button')?.focus();
    await userEvent.tab();
    await expect.element(chart).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(values).toHaveTextContent('2001-01-09T06:10:00.000Z · delay -4');
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(values).toHaveTextContent('2001-01-09T06:30:00.000Z · delay 9007199254740993');
    await userEvent.keyboard('{End}');
    await expect.element(values).toHaveTextContent('2001-01-09T07:10:00.000Z · delay 2');
    await userEvent.keyboard('{Home}');
    await expect.element(chart).toHaveAttribute('aria-valuetext', '1 of 3');
    await userEvent.hover(chart, { position: { x: 820, y: 100 } });
    await expect.element(values).toHaveTextContent('2001-01-09T07:10:00.000Z · delay 2');
  });

  it('draws several columns, along another one, and combines rows exactly', async () => {
    await show();
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Along x' }), 'dest');
    await userEvent.click(page.getByRole('button', { name: 'Values: delay' }));
    await userEvent.click(page.getByRole('checkbox', { name: 'distance' }));
    await userEvent.keyboard('{Escape}');
    await expect.element(plot('Chart of delay, distance by dest')).toBeInTheDocument();
    await expect.element(page.getByRole('combobox', { name: 'Drawn as' })).toHaveValue('bars');
    await userEvent.click(page.getByRole('button', { name: 'Table' }));
    const rows = page.getByRole('table', { name: 'The values of the chart' }).getByRole('row');
    await expect
      .poll(() => rows.elements().map((row) => row.textContent))
      .toEqual(['destdelaydistance', 'PDX900719925474099513.50', 'SFO-4null']);
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Rows with the same dest as' }), 'least');
    await expect.poll(() => rows.elements()[1]?.textContent).toBe('PDX21.0');
    await expect.element(page.getByText(/Rows with the same dest are shown as the least/)).toBeInTheDocument();
  });

  it('is saved as a picture, and as CSV with every digit', async () => {
    await show();
    await expect.element(plot('Chart of delay by departs')).toBeInTheDocument();
    const csv = await (await savedBy('CSV')).text();
    expect(csv.split('\r\n')).toEqual([
      'departs,delay',
      '2001-01-09T06:10:00.000Z,-4',
      '2001-01-09T06:30:00.000Z,9007199254740993',
      '2001-01-09T07:10:00.000Z,2',
      '',
    ]);
    vi.restoreAllMocks();
    const picture = await savedBy('PNG');
    expect(picture.type).toBe('image/png');
    expect((await createImageBitmap(picture)).width).toBeGreaterThan(500);
  });

  it('says that there is nothing to draw', async () => {
    const header = { ...HEADER, columns: HEADER.columns.slice(0, 2) };
    await show([['2001-01-09T06:30:00.000Z', 'PDX']], header);
    await expect.element(page.getByText('Nothing to draw')).toBeInTheDocument();
  });
});
