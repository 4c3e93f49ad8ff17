import { useId } from 'react';
import { focusableWhileScrolling } from '@/components/ui/focus';
import {
  STATS_FIGURES,
  type StatsFigures,
  type StatsGroup,
  type StatsRow,
  statsCells,
  statsGroups,
} from '@/lib/browse/stats-table';
import type { NodeStats } from '@/lib/contract/stats';
import { formatCount } from '@/lib/text/format';

/** Reads and writes of this table as each node measures them; measures of one unit share a scale. */
export function StatsTables({ nodes }: { nodes: readonly NodeStats[] }) {
  return (
    <div className="flex flex-col gap-6">
      {statsGroups(nodes).map((group) => (
        <StatsTable key={group.title} group={group} />
      ))}
    </div>
  );
}

const HEADING = 'h-7 whitespace-nowrap px-1 text-right font-medium text-faint sm:px-2';

function StatsTable({ group }: { group: StatsGroup }) {
  const { title, unit, measures, scaleEnd, note } = group;
  const id = useId();
  return (
    <section aria-label={title} className="min-w-0">
      {/* Not a caption: one is as wide as the table, which a narrow screen cuts off. */}
      <p id={id} className="mb-1">
        <span className="font-medium text-sm">{title}</span>{' '}
        <span className="text-faint text-xs">{`${unit} · ${note}`}</span>
      </p>
      <div ref={focusableWhileScrolling} className="scroll-edges thin-scrollbar overflow-x-auto">
        <table aria-labelledby={id} className="w-full text-xs">
          <thead>
            <tr className="border-line border-b">
              <th scope="col" className="h-7 pr-2 text-left font-medium text-faint">
                Node
              </th>
              <th scope="col" className="w-full text-left font-medium text-faint">
                0 – {formatCount(scaleEnd)} {unit}
              </th>
              {[...STATS_FIGURES, 'requests'].map((name) => (
                <th key={name} scope="col" className={HEADING}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          {measures.map(({ title: measure, rows }) => (
            <Measure key={measure} title={measures.length > 1 ? measure : undefined} rows={rows} group={group} />
          ))}
        </table>
      </div>
    </section>
  );
}

type MeasureProps = { title: string | undefined; rows: readonly StatsRow[]; group: StatsGroup };

function Measure({ title, rows, group }: MeasureProps) {
  return (
    <tbody aria-label={title}>
      {title !== undefined && (
        <tr>
          <th scope="rowgroup" colSpan={6} className="pt-2 pb-0.5 text-left font-medium">
            {title}
          </th>
        </tr>
      )}
      {rows.map(({ node, figures }) => (
        <tr key={node}>
          <th scope="row" className="whitespace-nowrap py-0.5 pr-2 text-left font-mono font-normal">
            {node}
          </th>
          <td className="min-w-8 py-0.5 sm:min-w-24">
            <Bar figures={figures} end={group.scaleEnd} />
          </td>
          <Figures figures={figures} zero={group.zero} />
        </tr>
      ))}
    </tbody>
  );
}

const CELL = 'whitespace-nowrap px-1 py-0.5 text-right tabular-nums sm:px-2';

function Figures({ figures, zero }: { figures: StatsFigures | null; zero: StatsGroup['zero'] }) {
  const cells = statsCells(figures, zero);
  return (
    <>
      {'all' in cells ? (
        <td colSpan={3} className={`${CELL} text-faint`}>
          {cells.all}
        </td>
      ) : (
        cells.each.map(({ name, text }) => (
          <td key={name} className={CELL}>
            {text}
          </td>
        ))
      )}
      <td className={`${CELL} text-muted`}>{figures === null ? '–' : formatCount(figures.count)}</td>
    </>
  );
}

const WIDTH = 200;
const HEIGHT = 14;

/** Full colour up to the median, paler up to the 99th percentile, a tick at the maximum; the cells beside it say the same. */
function Bar({ figures, end }: { figures: StatsFigures | null; end: number }) {
  if (figures === null || figures.count === 0) return null;
  const x = (value: number) => (value / end) * WIDTH;
  const { p50, p99, max } = figures;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-3.5 w-full" aria-hidden="true">
      <rect width={WIDTH} height={HEIGHT} fill="var(--hover)" />
      <rect width={x(p99)} height={HEIGHT} fill="var(--accent)" opacity={0.35} />
      <rect width={x(p50)} height={HEIGHT} fill="var(--accent)" />
      {max > 0 && <rect x={Math.max(0, x(max) - 1.5)} width={1.5} height={HEIGHT} fill="var(--ink)" />}
    </svg>
  );
}
