'use client';

import { Plus, X } from 'lucide-react';
import { lazy, type ReactNode, type Ref, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import { Shown } from '@/components/ui/shown';
import { filterText } from '@/lib/browse/filter-text';
import type { ViewPlan } from '@/lib/browse/planner';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { spelledOut } from '@/lib/text/unseen';
import { CostBadge } from '../cost-badge';

const loadForm = () => import('./filter-form');
/** With its encoder for every type, the form is more code than the rows: it loads when somebody reaches for it. */
const FilterForm = lazy(() => loadForm().then((form) => ({ default: form.FilterForm })));
const onTheWay = { onPointerEnter: () => void loadForm(), onFocus: () => void loadForm() };

interface FilterBarProps {
  shape: TableShape | undefined;
  filters: readonly Filter[];
  onFilters: (filters: readonly Filter[]) => void;
  /** What the view costs with other filters; undefined while the schema is not known. */
  plan: (filters: readonly Filter[]) => ViewPlan | undefined;
  /** The view now. */
  built: ViewPlan | undefined;
  filtering: boolean;
  onFilteringOff: () => void;
}

/** The filters in force, each of which can be changed or removed, and what reading with them costs. */
export function FilterBar({ shape, filters, onFilters, plan, built, filtering, onFilteringOff }: FilterBarProps) {
  const add = useRef<HTMLButtonElement>(null);
  // A chip that is changed or removed takes the focus with it: the button next to it gets it first.
  const leaveChip = (change: () => void) => {
    add.current?.focus();
    change();
  };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {filters.map((filter, index) => (
        <FilterChip
          key={filterText(filter)}
          filter={filter}
          shape={shape}
          others={filters.filter((_, other) => other !== index)}
          plan={plan}
          onChange={(changed) => leaveChip(() => onFilters(filters.with(index, changed)))}
          onRemove={() => leaveChip(() => onFilters(filters.toSpliced(index, 1)))}
        />
      ))}
      <AddFilter
        ref={add}
        shape={shape}
        filters={filters}
        plan={plan}
        onAdd={(filter) => onFilters([...filters, filter])}
      />
      {filtering && (
        <Chip onRemove={() => leaveChip(onFilteringOff)} remove="Do not allow filtering">
          <span className="px-2 font-mono text-xs">ALLOW FILTERING</span>
        </Chip>
      )}
      {built !== undefined && <CostBadge built={built} />}
    </div>
  );
}

interface AddFilterProps {
  ref: Ref<HTMLButtonElement>;
  shape: TableShape | undefined;
  filters: readonly Filter[];
  plan: FilterBarProps['plan'];
  onAdd: (filter: Filter) => void;
}

function AddFilter({ ref, shape, filters, plan, onAdd }: AddFilterProps) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button
      ref={ref}
      size="sm"
      variant="secondary"
      icon={<Plus size={12} aria-hidden="true" />}
      disabled={shape === undefined}
      {...onTheWay}
    >
      Filter
    </Button>
  );
  const add = (filter: Filter) => {
    onAdd(filter);
    // Stays open while part of the key is missing, with the next column chosen.
    setOpen(plan([...filters, filter])?.problem !== null);
  };
  return (
    <Popover label="Add a filter" trigger={trigger} open={open} onOpenChange={setOpen} className="w-[min(24rem,92vw)]">
      {shape !== undefined && (
        <Later fallback={<FormSpace />}>
          <FilterForm key={filters.length} shape={shape} others={filters} plan={plan} onApply={add} verb="Add filter" />
        </Later>
      )}
    </Popover>
  );
}

interface FilterChipProps {
  filter: Filter;
  shape: TableShape | undefined;
  others: readonly Filter[];
  plan: FilterBarProps['plan'];
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}

function FilterChip({ filter, shape, others, plan, onChange, onRemove }: FilterChipProps) {
  const [open, setOpen] = useState(false);
  const text = filterText(filter, shape?.partitionKey);
  const trigger = (
    <button
      type="button"
      disabled={shape === undefined}
      className="h-full max-w-72 truncate px-2 font-mono text-xs"
      {...onTheWay}
    >
      <Shown text={text} as="line" />
    </button>
  );
  return (
    <Chip onRemove={onRemove} remove={`Remove the filter ${spelledOut(text)}`}>
      <Popover
        label="Change the filter"
        trigger={trigger}
        open={open}
        onOpenChange={setOpen}
        className="w-[min(24rem,92vw)]"
      >
        {shape !== undefined && (
          <Later fallback={<FormSpace />}>
            <FilterForm
              shape={shape}
              others={others}
              initial={filter}
              plan={plan}
              verb="Change filter"
              onApply={(changed) => {
                setOpen(false);
                onChange(changed);
              }}
            />
          </Later>
        )}
      </Popover>
    </Chip>
  );
}

/** One thing that narrows the view, and the button that removes it. */
function Chip({ children, remove, onRemove }: { children: ReactNode; remove: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-6.5 items-center rounded border border-line-strong bg-accent-soft">
      {children}
      <button
        type="button"
        aria-label={remove}
        onClick={onRemove}
        className="flex h-full w-6 items-center justify-center text-muted hover:text-ink"
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}

/** The form's space while it loads. */
function FormSpace() {
  return <div className="h-68" />;
}
