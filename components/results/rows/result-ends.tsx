import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { errorDetail } from '@/lib/client/error-detail';
import type { ReadState } from '@/lib/reader/read-state';
import type { ResultReader } from '@/lib/reader/result-reader';
import { plural } from '@/lib/text/format';
import { ResultSkeleton } from './result-skeleton';

/** Before the columns are known, or when a statement has none. */
export function WithoutColumns({
  reading,
  reader,
  onRestart,
}: {
  reading: ReadState;
  reader: ResultReader;
  onRestart: (() => void) | undefined;
}) {
  const { phase, error, disconnected } = reading;
  const { repeatable } = reader.source;
  if ((phase === 'failed' || disconnected) && error !== null) {
    const again = onRestart ?? (repeatable ? () => reader.resume() : undefined);
    // The strip above the page says why, and it is retried automatically.
    if (disconnected) return <EmptyState title="Not loaded yet: waiting for the connection" />;
    return (
      <ErrorState
        className="m-4"
        message={error.message}
        hint={error.hint}
        detail={errorDetail(error)}
        onRetry={again}
      />
    );
  }
  if (phase === 'stopped') {
    return <EmptyState title="Stopped before the first page arrived" />;
  }
  if (phase === 'complete') {
    return (
      <EmptyState title={reading.result === 'schema_change' ? 'Done: the schema changed' : 'Done'}>
        The statement ran; it returns no rows.
      </EmptyState>
    );
  }
  return <ResultSkeleton />;
}

interface NoRowsProps {
  reading: ReadState;
  empty: ReactNode;
  /** There are rows, and the quick filter lets none through. */
  isFiltered?: boolean;
}

/** What stands below the header of a result that has no row, or none so far. */
export function NoRows({ reading, empty, isFiltered = false }: NoRowsProps) {
  const { phase, error, pages } = reading;
  if (isFiltered) return <EmptyState title="No matches">No row holds what the quick filter asks for.</EmptyState>;
  if (phase === 'failed' && error !== null) {
    return <ErrorState className="m-4" message={error.message} hint={error.hint} detail={errorDetail(error)} />;
  }
  if (phase === 'complete')
    return empty ?? <EmptyState title="No rows">The result is complete and has no rows.</EmptyState>;
  if (phase === 'reading') return null;
  return <EmptyState title={`No rows in ${plural(pages, 'page')} so far`}>More may follow: press Read on.</EmptyState>;
}
