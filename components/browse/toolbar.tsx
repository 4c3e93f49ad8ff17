import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { BrowseAddress, BrowseChange } from '@/lib/browse/address';
import type { ViewPlan } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { ReadState } from '@/lib/reader/read-state';
import { ChangeManyButton } from './change-many-button';
import { FilterBar } from './filters/filter-bar';
import { MoveButton } from './move-button';
import { StatementButton } from './statement-button';
import { ViewMenu } from './view/view-menu';

interface ToolbarProps {
  place: TablePlace;
  shape: TableShape | undefined;
  built: ViewPlan | undefined;
  plan: (filters: readonly Filter[]) => ViewPlan | undefined;
  address: BrowseAddress;
  onChange: (change: BrowseChange) => void;
  reading: ReadState;
  onRefresh: () => void;
  goTo: ReactNode;
  viewOpen: boolean;
  onViewOpen: (open: boolean) => void;
}

/** What is read, at what cost, with which statement, and when. */
export function Toolbar(props: ToolbarProps) {
  const { place, shape, built, plan, address, onChange, reading, onRefresh } = props;
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-y bg-surface px-3 py-1">
      <FilterBar
        shape={shape}
        filters={address.filters}
        // Somebody agreed to filtering for the old filters, not for these.
        onFilters={(filters) => onChange({ filters, ...(address.filtering ? { filtering: false } : {}) })}
        plan={plan}
        built={built}
        filtering={address.filtering}
        onFilteringOff={() => onChange({ filtering: false })}
      />
      <div className="ml-auto flex items-center gap-1">
        {props.goTo}
        <ChangeManyButton place={place} shape={shape} address={address} />
        <MoveButton place={place} shape={shape} address={address} />
        <ViewMenu
          place={place}
          shape={shape}
          built={built}
          address={address}
          onChange={onChange}
          open={props.viewOpen}
          onOpenChange={props.onViewOpen}
        />
        <StatementButton cluster={place.cluster} statement={reading.header?.statement ?? null} />
        <Button
          size="sm"
          variant="ghost"
          icon={<RefreshCw size={12} aria-hidden="true" />}
          onClick={onRefresh}
          title="Reload the rows from the place shown"
        >
          Refresh
          {reading.asOfMs !== null && <AsOf atMs={reading.asOfMs} />}
        </Button>
      </div>
    </div>
  );
}

/** In the browser's own time zone: people compare it with the clock next to them. */
function AsOf({ atMs }: { atMs: number }) {
  const at = new Date(atMs);
  return (
    <time dateTime={at.toISOString()} className="hidden font-normal text-muted tabular-nums sm:inline">
      · as of {at.toLocaleTimeString('en-GB')}
    </time>
  );
}
