import { RefreshCw, X } from 'lucide-react';
import type { Reading } from '@/components/results/reading';
import { Button } from '@/components/ui/button';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { BrowseAddress, BrowseChange } from './browse-address';
import { FilterBar } from './filter-bar';
import type { ViewPlan } from './planner';
import { StatementButton } from './statement-button';
import { ViewMenu } from './view-menu';

interface ToolbarProps {
  cluster: string;
  shape: TableShape | undefined;
  built: ViewPlan | undefined;
  plan: (filters: readonly Filter[]) => ViewPlan | undefined;
  address: BrowseAddress;
  onChange: (change: BrowseChange) => void;
  reading: Reading;
  onRefresh: () => void;
  viewOpen: boolean;
  onViewOpen: (open: boolean) => void;
}

/** What is read, at what cost, as what statement, and when. */
export function Toolbar(props: ToolbarProps) {
  const { cluster, shape, built, plan, address, onChange, reading, onRefresh } = props;
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-y bg-surface px-3 py-1">
      <FilterBar shape={shape} filters={address.filters} onFilters={(filters) => onChange({ filters })} plan={plan} />
      {address.from !== null && (
        <span className="inline-flex h-6 items-center rounded border border-line-strong bg-accent-soft pl-2 font-mono text-xs">
          token &gt; {address.from}
          <button
            type="button"
            aria-label="Begin at the start of the ring again"
            onClick={() => onChange({ from: null })}
            className="flex h-full w-6 items-center justify-center text-muted hover:text-ink"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      )}
      <div className="ml-auto flex items-center gap-1">
        <ViewMenu
          shape={shape}
          built={built}
          address={address}
          onChange={onChange}
          open={props.viewOpen}
          onOpenChange={props.onViewOpen}
        />
        <StatementButton cluster={cluster} statement={reading.header?.statement ?? null} />
        <Button
          size="sm"
          variant="ghost"
          icon={<RefreshCw size={12} aria-hidden="true" />}
          onClick={onRefresh}
          title="Read again from the start"
        >
          Refresh
          {reading.asOfMs !== null && <AsOf atMs={reading.asOfMs} />}
        </Button>
      </div>
    </div>
  );
}

/** Wall-clock time of this browser: what people compare with the clock beside them. */
function AsOf({ atMs }: { atMs: number }) {
  const at = new Date(atMs);
  return (
    <time dateTime={at.toISOString()} className="hidden font-normal text-muted tabular-nums sm:inline">
      · as of {at.toLocaleTimeString('en-GB')}
    </time>
  );
}
