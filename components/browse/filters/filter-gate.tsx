import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { TablePlace } from '@/lib/browse/place';
import type { ViewChoices, ViewPlan } from '@/lib/browse/planner';
import type { TableShape } from '@/lib/cql/schema-lookup';

const FilterDialog = lazy(() => import('./filter-dialog'));

interface FilterGateProps {
  place: TablePlace;
  shape: TableShape;
  built: ViewPlan;
  view: ViewChoices;
  /** Somebody has seen what filtering reads, and wants it. */
  onAgree: () => void;
  /** Null: all. */
  onColumns: (columns: readonly string[] | null) => void;
}

/** Instead of rows: why nothing is read, and the choice to read it with filtering where that helps. */
export default function FilterGate({ place, shape, built, view, onAgree, onColumns }: FilterGateProps) {
  const [asking, setAsking] = useState(false);
  const { problem, needsFiltering } = built;
  const known = view.columns?.filter((name) => shape.columns.some((column) => column.name === name));
  if (known !== undefined && known.length < (view.columns?.length ?? 0)) {
    return (
      <EmptyState
        title={`Not read: ${problem}`}
        action={
          <Button onClick={() => onColumns(known.length === 0 ? null : known)}>
            {known.length === 0 ? 'Read all columns' : 'Read the others'}
          </Button>
        }
      >
        The table may have lost it since this view was saved or its link was made.
      </EmptyState>
    );
  }
  const button = (
    <Button onClick={() => setAsking(true)}>{problem === null ? 'See what it reads…' : 'Read with filtering…'}</Button>
  );
  return (
    <>
      {problem === null ? (
        <EmptyState title="Not read yet: this view uses ALLOW FILTERING" action={button}>
          Reading it costs more than it gives: {needsFiltering}. A link does not start that by itself.
        </EmptyState>
      ) : (
        <EmptyState title={`Not read: ${problem}`} action={needsFiltering === null ? undefined : button}>
          {needsFiltering === null
            ? 'Cassandra does not serve this. Add what is missing, or take the filter away.'
            : 'Add what is missing, or take the filter away. With ALLOW FILTERING Cassandra would read it all the same, and drop what does not match.'}
        </EmptyState>
      )}
      {asking && (
        <Suspense>
          <FilterDialog place={place} shape={shape} view={view} onClose={() => setAsking(false)} onAgree={onAgree} />
        </Suspense>
      )}
    </>
  );
}
