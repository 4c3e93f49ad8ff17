import { SlidersHorizontal } from 'lucide-react';
import { lazy } from 'react';
import { useHiddenColumns } from '@/components/results/columns/use-hidden-columns';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import type { BrowseAddress, BrowseChange } from '@/lib/browse/address';
import { shownNames, viewColumns } from '@/lib/browse/column-states';
import type { ViewPlan } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
import type { TableShape } from '@/lib/cql/schema-lookup';

const loadOptions = () => import('./view-options');
const ViewOptions = lazy(() => loadOptions().then((options) => ({ default: options.ViewOptions })));

interface ViewMenuProps {
  place: TablePlace;
  shape: TableShape | undefined;
  built: ViewPlan | undefined;
  address: BrowseAddress;
  onChange: (change: BrowseChange) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Saved views; order, rows per page and columns of the current one. */
export function ViewMenu({ place, shape, built, address, onChange, open, onOpenChange }: ViewMenuProps) {
  const total = shape?.columns.length ?? 0;
  const { hidden } = useHiddenColumns(place);
  const names = shape?.columns.map(({ name }) => name) ?? [];
  const shown = shownNames(viewColumns(names, address.columns, hidden))?.length ?? total;
  const trigger = (
    <Button
      size="sm"
      variant="ghost"
      icon={<SlidersHorizontal size={12} aria-hidden="true" />}
      onPointerEnter={() => void loadOptions()}
      onFocus={() => void loadOptions()}
    >
      View
      {shown < total && (
        <span className="text-accent">
          {shown} of {total} columns
        </span>
      )}
    </Button>
  );
  return (
    <Popover
      label="Saved views, order, rows per page and columns"
      align="end"
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      className="w-[min(20rem,92vw)]"
    >
      {shape !== undefined && (
        <Later fallback={<div className="h-80" />}>
          <ViewOptions place={place} shape={shape} built={built} address={address} onChange={onChange} />
        </Later>
      )}
    </Popover>
  );
}
