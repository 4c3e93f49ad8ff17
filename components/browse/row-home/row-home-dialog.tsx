import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { Fragment } from 'react';
import PlaceFacts from '@/components/token-ring/place-facts';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { compareCopies, sourceOf, verdictOf } from '@/lib/browse/compare-copies';
import { ApiFailure } from '@/lib/client/http';
import type { TablePlace } from '@/lib/client/place';
import { rowCopiesQuery } from '@/lib/client/table-queries';
import type { JsonValue } from '@/lib/contract/json';
import type { RowCopiesResponse } from '@/lib/contract/row-copies';
import { typedTextOf } from '@/lib/wire/as-typed';
import { CopiesTable } from './copies-table';
import { RingPlace } from './ring-place';

interface RowHomeDialogProps {
  place: TablePlace;
  rowKey: Readonly<Record<string, JsonValue>>;
  onClose: () => void;
}

/** Where a row lives: its token, its replicas on the ring, and what each one stores. */
export default function RowHomeDialog({ place, rowKey, onClose }: RowHomeDialogProps) {
  const { data, error, refetch, isFetching } = useQuery(rowCopiesQuery(place, rowKey));
  const key = Object.entries(rowKey).map(([name, value], index) => (
    <Fragment key={name}>
      {index > 0 && ' · '}
      <Shown text={name} as="name" /> = <Shown text={typedTextOf(value)} as="line" />
    </Fragment>
  ));
  const footer = (
    <Button busy={isFetching} icon={<RefreshCw size={14} aria-hidden="true" />} onClick={() => void refetch()}>
      Reload the copies
    </Button>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title="Where does this row live?"
      description={<span className="wrap-anywhere font-mono text-xs">{key}</span>}
      footer={footer}
    >
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <Failure error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Home place={place} home={data} />
      )}
    </Dialog>
  );
}

function Home({ place, home }: { place: TablePlace; home: RowCopiesResponse }) {
  const comparison = compareCopies(home);
  const isElsewhere = home.copies.some((copy) => ![null, 'own'].includes(sourceOf(copy)));
  const isUntraced = home.copies.some((copy) => copy.cells !== null && sourceOf(copy) === null);
  return (
    <div className="flex flex-col gap-4">
      <RingPlace place={place} home={home} />
      {home.replicas.length === 0 ? (
        <Notice>Its replicas are unknown: {home.unknownReason ?? 'the ring has no tokens'}.</Notice>
      ) : (
        <section aria-label="What each replica stores">
          <h3 className="mb-1 font-medium text-sm">What each replica stores</h3>
          <p role="status" className="mb-2 text-sm">
            {verdictOf(comparison, home.copies.length)}
          </p>
          <CopiesTable copies={home.copies} comparison={comparison} />
          {home.masked !== undefined && (
            <p className="mt-2 text-muted text-xs">
              Masked for you, so neither read nor compared: <Shown text={home.masked.join(', ')} as="name" />.
            </p>
          )}
          <p className="mt-2 text-muted text-xs">
            Each replica was read directly, at ONE, with tracing. Cassandra does not guarantee that it answers from its
            own data.{' '}
            {isElsewhere
              ? 'At least one forwarded the read, so its column shows another replica’s copy.'
              : isUntraced
                ? 'Not all traces are complete yet, because nodes write them late. Reload to check again.'
                : 'The traces confirm that each did.'}
          </p>
        </section>
      )}
      {home.replicas.length > 0 && (
        <div className="border-line border-t pt-3">
          <PlaceFacts place={place} token={home.token} replicas={home.replicas} />
        </div>
      )}
      <details className="text-sm">
        <summary className="cursor-pointer text-muted text-xs">The statement</summary>
        <pre className="thin-scrollbar mt-1 max-h-40 overflow-auto whitespace-pre-wrap break-words rounded bg-canvas p-2 text-xs">
          <Shown text={home.statement} as="text" />
        </pre>
        <CopyButton label="Copy CQL" text={home.statement} variant="secondary">
          Copy
        </CopyButton>
      </details>
    </div>
  );
}

function Waiting() {
  return (
    <Loading label="Reading each replica">
      <div className="flex gap-4">
        <Skeleton className="size-48 rounded-full" />
        <div className="flex flex-1 flex-col gap-2">
          <Skeleton className="h-5 w-64" />
          <Skeleton className="h-24" />
        </div>
      </div>
    </Loading>
  );
}

function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof ApiFailure))
    return <ErrorState message="The row could not be looked up." detail={error.message} onRetry={onRetry} />;
  const { message, hint, detail } = error.error;
  return <ErrorState message={message} hint={hint} detail={detail} onRetry={onRetry} />;
}
