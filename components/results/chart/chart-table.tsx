import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { shown } from '@/components/ui/shown';
import type { ChartData } from '@/lib/local/chart';
import { formatCount } from '@/lib/text/format';

/** A page holds no more rows of a plain table without growing slow; the CSV has all. */
const MOST_ROWS = 500;

/** What a chart draws, as a table. */
export function ChartTable({ x, data }: { x: string; data: ChartData }) {
  const { xTexts, series } = data;
  const places = xTexts.slice(0, MOST_ROWS).map((_, place) => place);
  const columns: DataColumn<number>[] = [
    { id: 'x', header: shown(x), cell: (place) => shown(xTexts[place] ?? ''), mono: true, rowHeader: true },
    ...series.map(
      ({ key, texts }, at): DataColumn<number> => ({
        id: String(at),
        header: shown(key),
        cell: (place) => shown(texts[place] ?? 'null'),
        align: 'right',
        mono: true,
      }),
    ),
  ];
  return (
    <div className="thin-scrollbar min-h-0 flex-1 overflow-auto px-3">
      <DataTable caption="The values of the chart" columns={columns} rows={places} rowKey={String} />
      {xTexts.length > MOST_ROWS && (
        <p className="py-2 text-muted text-xs">
          The first {formatCount(MOST_ROWS)} of {formatCount(xTexts.length)}: the CSV has all.
        </p>
      )}
    </div>
  );
}
