import { TriangleAlert } from 'lucide-react';
import { Popover } from '@/components/ui/popover';
import { Shown } from '@/components/ui/shown';
import { type ReadState, rowsPerSecond } from '@/lib/reader/read-state';
import { formatBytes, formatCount, formatShare, plural } from '@/lib/text/format';
import { spelledOut } from '@/lib/text/unseen';
import { Actions, LastWord } from './fetch-actions';
import type { FetchBarProps } from './fetch-bar-props';
import { Sparkline } from './sparkline';

const LATENCIES_SHOWN = 40;

/**
 * One line under the rows: what has been read, at what cost, and how it ended. Its height never changes, and its width
 * decides what fits: facts make room for what was just said (`data-said`).
 */
export function FetchBar(props: FetchBarProps) {
  const { reading, reached, notes } = props;
  return (
    <section
      aria-label="Reading"
      className="@container flex h-9 shrink-0 items-center gap-3 overflow-hidden whitespace-nowrap border-line border-t bg-surface px-3 text-xs"
    >
      <RingShare share={props.share} complete={reading.phase === 'complete'} />
      <Facts reading={reading} reached={reached} />
      <Warnings warnings={[...reading.warnings, ...notes]} />
      <div className="ml-auto flex min-w-0 items-center gap-0.5 @xl:gap-2">
        {props.children}
        <LastWord reading={reading} />
        <Actions {...props} />
      </div>
    </section>
  );
}

function RingShare({ share, complete }: { share: number | null; complete: boolean }) {
  if (share === null) return null;
  const read = complete ? 1 : Math.min(1, Math.max(0, share));
  return (
    <span className="flex h-4 min-w-0 shrink-[99999] flex-wrap items-center gap-x-2 overflow-hidden @xl:shrink-0">
      <span className="h-4 w-px @xl:hidden" />
      <span
        role="progressbar"
        aria-label="Share of the token ring read"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(read * 100)}
        className="hidden h-1.5 overflow-hidden rounded-full bg-hover @xl:block @xl:w-24"
      >
        <span className="block h-full bg-accent" style={{ width: `${read * 100}%` }} />
      </span>
      <span className="tabular-nums @xl:min-w-20">
        {formatShare(read)} <span className="hidden text-muted @xl:inline">of ring</span>
      </span>
    </span>
  );
}

function Facts({ reading, reached }: { reading: ReadState; reached: string | null }) {
  const { pages, rows, bytes, page, latenciesMs } = reading;
  const pace = rowsPerSecond(reading);
  if (page === null) return null;
  return (
    <span className="flex min-w-0 shrink-[99999] items-center gap-x-2 overflow-hidden text-muted">
      {reached !== null && (
        <span className="max-w-60 shrink-[9999] truncate" title={`Read up to ${spelledOut(reached)}`}>
          to{' '}
          <span className="font-mono text-ink">
            <Shown text={reached} as="line" />
          </span>
        </span>
      )}
      {/* What does not fit wraps into a hidden second line: half a number would be a different number. */}
      <span className="flex h-4 min-w-0 flex-wrap overflow-hidden">
        <span className="h-4 w-px" />
        <span className="text-ink">{plural(rows, 'row')}</span>
        <Fact>{plural(pages, 'page')}</Fact>
        <Fact>{formatBytes(bytes)}</Fact>
      </span>
      <span
        className="hidden shrink-[99999] truncate @4xl:inline"
        title="Consistency level in effect, and the coordinator of the last page"
      >
        <Dot />
        {page.consistency} via {page.coordinator}
      </span>
      <span className="hidden @5xl:inline-flex">
        <Sparkline valuesMs={latenciesMs} count={LATENCIES_SHOWN} />
      </span>
      {pace !== null && (
        <span className="hidden shrink-0 text-ink @xl:inline">{formatCount(Math.round(pace))} rows/s</span>
      )}
    </span>
  );
}

function Fact({ children }: { children: string }) {
  return (
    <span className="ml-2">
      <Dot />
      {children}
    </span>
  );
}

function Dot() {
  return (
    <span aria-hidden="true" className="mr-2 text-faint">
      ·
    </span>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  const trigger = (
    <button
      type="button"
      className="flex shrink-0 items-center gap-1 rounded px-1 font-medium text-warn hover:bg-hover"
    >
      <TriangleAlert size={14} aria-hidden="true" />
      {plural(warnings.length, 'warning')}
    </button>
  );
  return (
    <Popover label="Warnings" side="top" trigger={trigger} className="max-w-md">
      <ul className="list-disc space-y-1 whitespace-normal pl-4">
        {warnings.map((warning) => (
          <li key={warning}>
            <Shown text={warning} as="text" />
          </li>
        ))}
      </ul>
    </Popover>
  );
}
