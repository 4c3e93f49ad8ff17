import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Later } from '@/components/ui/later';
import type { ViewChoices, ViewPlan } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { PartitionKeyTip } from '../partition-key-tip';

const FilterDialog = lazy(() => import('./filter-dialog'));

interface FilterGateProps {
  place: TablePlace;
  shape: TableShape;
  built: ViewPlan;
  view: ViewChoices;
  /** Somebody has seen what filtering reads, and agrees. */
  onAgree: () => void;
  /** Null: all. */
  onColumns: (columns: readonly string[] | null) => void;
}

/** In place of rows: why nothing is read, and the choice to read it with filtering where that helps. */
export default function FilterGate(props: FilterGateProps) {
  const { shape, built, view, onColumns } = props;
  const known = view.columns?.filter((name) => shape.columns.some((column) => column.name === name));
  if (known !== undefined && known.length < (view.columns?.length ?? 0)) {
    return (
      <EmptyState
        title={`Not read: ${built.problem}`}
        action={
          <Button onClick={() => onColumns(known.length === 0 ? null : known)}>
            {known.length === 0 ? 'Read all columns' : 'Read the others'}
          </Button>
        }
      >
        The table may have lost the column since this view was saved or its link was made.
      </EmptyState>
    );
  }
  return <FilteringGate {...props} />;
}

function FilteringGate({ place, shape, built, view, onAgree }: FilterGateProps) {
  const [asking, setAsking] = useState(false);
  const { problem, needsFiltering } = built;
  const canFilter = needsFiltering !== null;
  const title = problem === null ? 'Not read yet: this view uses ALLOW FILTERING' : `Not read: ${problem}`;
  const button = (
    <Button onClick={() => setAsking(true)}>{problem === null ? 'See what it reads…' : 'Read with filtering…'}</Button>
  );
  return (
    <>
      <EmptyState title={title} action={problem === null || canFilter ? button : undefined}>
        {problem === null ? (
          <p>It costs more than other reads: {needsFiltering}. A link alone never starts it.</p>
        ) : (
          <p>
            {canFilter
              ? 'Add what is missing, or remove the filter. With ALLOW FILTERING, Cassandra reads rows only to drop those that do not match.'
              : 'Cassandra cannot serve this. Add what is missing, or remove the filter.'}
          </p>
        )}
        <div className="mt-3">
          <PartitionKeyTip partitionKey={shape.partitionKey} />
        </div>
      </EmptyState>
      {asking && (
        <Later>
          <FilterDialog place={place} shape={shape} view={view} onClose={() => setAsking(false)} onAgree={onAgree} />
        </Later>
      )}
    </>
  );
}
