import clsx from 'clsx';
import { formatCount } from '@/lib/text/format';

/** One node's figures: a bar up to the median, a paler one up to the 99th percentile, a tick at the most. */
export interface PlotRow {
  readonly label: string;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Of so many requests since the node started. */
  readonly count: number;
}

interface BarPlotProps {
  title: string;
  unit: string;
  rows: readonly PlotRow[];
  /** What stands instead of a plot where nobody tells anything. */
  empty: string;
  /** What a zero means, alone and where all are zeros. */
  zero: { readonly one: string; readonly all: string };
}

const WIDTH = 200;
const HEIGHT = 14;

/**
 * Bars by node on one scale; the numbers stand beside them for everybody. Servers let old requests fade out of these
 * figures, so that nothing but zeros means that there were none for some minutes.
 */
export function BarPlot({ title, unit, rows, empty, zero }: BarPlotProps) {
  const most = Math.max(...rows.map(({ max }) => max), ...rows.map(({ p99 }) => p99), 0);
  const x = (value: number) => (most === 0 ? 0 : (value / most) * WIDTH);
  return (
    <section aria-label={title} className="thin-scrollbar min-w-0 overflow-x-auto">
      <h3 className="mb-1 font-medium text-sm">
        {title} <span className="font-normal text-faint text-xs">{unit}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="text-muted text-xs">{empty}</p>
      ) : (
        <table className="w-full text-xs">
          <caption className="sr-only">{`${title} by node`}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Plot</th>
              <th scope="col">Median</th>
              <th scope="col">99th percentile</th>
              <th scope="col">Most</th>
              <th scope="col">Of</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, p50, p99, max, count }) => (
              <tr key={label}>
                <th scope="row" className="py-0.5 pr-2 text-left font-mono font-normal">
                  {label}
                </th>
                <td className="w-full min-w-6 py-0.5 sm:min-w-24">
                  <svg
                    viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                    preserveAspectRatio="none"
                    className="h-3.5 w-full"
                    aria-hidden="true"
                  >
                    <rect width={WIDTH} height={HEIGHT} fill="var(--hover)" />
                    <rect width={x(p99)} height={HEIGHT} fill="var(--accent)" opacity={0.35} />
                    <rect width={x(p50)} height={HEIGHT} fill="var(--accent)" />
                    {max > 0 && <rect x={Math.max(0, x(max) - 1.5)} width={1.5} height={HEIGHT} fill="var(--ink)" />}
                  </svg>
                </td>
                {max === 0 ? (
                  <td colSpan={3} className="whitespace-nowrap py-0.5 pl-2 text-right text-faint">
                    {count === 0 ? 'none' : zero.all}
                  </td>
                ) : (
                  <>
                    <Figure value={p50} zero={zero.one} className="text-ink" />
                    <Figure value={p99} zero={zero.one} className="text-muted" />
                    <Figure value={max} zero={zero.one} className="text-muted" />
                  </>
                )}
                <td className="whitespace-nowrap py-0.5 pl-2 text-right text-faint tabular-nums">
                  of {formatCount(count)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Figure({ value, zero, className }: { value: number; zero: string; className: string }) {
  return (
    <td className={clsx('whitespace-nowrap py-0.5 pl-2 text-right tabular-nums', className)}>
      {value === 0 ? zero : formatFigure(value)}
    </td>
  );
}

/** Three digits say enough of a latency. */
function formatFigure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
