import clsx from 'clsx';
import type { CqlType } from '@/lib/cql/types';
import { numberLabel, timeLabel } from '@/lib/local/axis-words';
import { drawnAs } from '@/lib/local/drawn-number';
import type { Histogram } from '@/lib/local/histogram';
import { formatCount, plural } from '@/lib/text/format';

const [WIDTH, HEIGHT, GAP] = [240, 32, 1];

interface HistogramBarsProps {
  of: Histogram;
  type: CqlType | undefined;
  className?: string;
}

/** How values spread between the least and the greatest, drawn small. Each bar says its rows where the pointer is. */
export function HistogramBars({ of, type, className }: HistogramBarsProps) {
  const { counts, from, to, undrawn } = of;
  const most = Math.max(...counts);
  const width = WIDTH / counts.length;
  const labels = endsOf(of, type);
  const fullest = counts.indexOf(most);
  const words = `Histogram from ${labels[0]} to ${labels[1]}: most rows, ${formatCount(most)}, in part ${fullest + 1} of ${counts.length}`;
  return (
    <figure className={clsx('m-0', className)}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
        className="block h-8 w-full text-accent"
      >
        <rect y={HEIGHT - 1} width={WIDTH} height={1} fill="var(--line-strong)" />
        {counts.map((count, part) => {
          const height = count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT);
          const left = from + ((to - from) * part) / counts.length;
          return (
            <rect
              key={left}
              x={part * width}
              y={HEIGHT - height}
              width={Math.max(1, width - GAP)}
              height={height}
              fill="currentColor"
            >
              <title>{`${plural(count, 'row')} from ${labelOf(left, to - from, type)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="flex justify-between gap-2 text-2xs text-faint tabular-nums" aria-hidden="true">
        <span>{labels[0]}</span>
        {undrawn > 0 && <span>{plural(undrawn, 'row')} without a place</span>}
        <span>{labels[1]}</span>
      </figcaption>
    </figure>
  );
}

function endsOf({ from, to }: Histogram, type: CqlType | undefined) {
  return [labelOf(from, to - from, type), labelOf(to, to - from, type)] as const;
}

/** An end of the axis, rounded as it is drawn: the exact least and greatest are said beside it. */
function labelOf(value: number, width: number, type: CqlType | undefined): string {
  return drawnAs(type) === 'time' ? timeLabel(value, width / 2) : numberLabel(Number(value.toPrecision(6)));
}
