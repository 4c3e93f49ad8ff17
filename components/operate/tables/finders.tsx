import type { ReactNode } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { TEXT_WIDTH } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import type { TablePlace } from '@/lib/client/place';
import { costWords, FIND_REQUESTS, spentWords } from '@/lib/cluster/find-words';
import type { FindRequest, Found as FoundSoFar } from '@/lib/contract/tables';
import { FoundTombstones, FoundWide } from './found';
import { FoundIndexes } from './found-indexes';
import { type FindState, useFind } from './use-find';

/** Searches of one table, for what its nodes do not record. Nothing is read before a button is pressed. */
/** @param indexes how many the table has */
export function Finders({ place, indexes }: { place: TablePlace; indexes: number }) {
  const { state, start, stop } = useFind(place);
  return (
    <FindersView place={place} indexes={indexes} state={state} onStart={(what) => void start(what)} onStop={stop} />
  );
}

type FindersViewProps = {
  place: TablePlace;
  indexes: number;
  state: FindState;
  onStart: (what: FindRequest['what']) => void;
  onStop: () => void;
};

export function FindersView({ place, indexes, state, onStart, onStop }: FindersViewProps) {
  return (
    <Panel title="Search the table" note="a sample, within a budget">
      <div className="flex flex-col gap-4">
        <Offer what="wide" label="Find wide partitions" state={state} onStart={onStart} onStop={onStop}>
          {costWords(FIND_REQUESTS.wide)} By rows: a partition of few large rows is not found. For a time series, it
          also says how partitions grow.
        </Offer>
        <Offer what="tombstones" label="Find tombstones" state={state} onStart={onStart} onStop={onStop}>
          {costWords(FIND_REQUESTS.tombstones)} Deleted cells, rows and ranges are counted as the replicas note them; a
          partition that was deleted whole has no row that could name it. When they were written, and when compaction
          may drop them, no trace says.
        </Offer>
        {indexes > 0 && (
          <Offer what="indexes" label="Sample indexes" state={state} onStart={onStart} onStop={onStop}>
            {costWords(FIND_REQUESTS.indexes)} The verdict keeps what was found until Ringside ends.
          </Offer>
        )}
        <Result place={place} state={state} onStart={onStart} />
      </div>
    </Panel>
  );
}

type OfferProps = {
  what: FindRequest['what'];
  label: string;
  children: ReactNode;
} & Pick<FindersViewProps, 'state' | 'onStart' | 'onStop'>;

function Offer({ what, label, children, state, onStart, onStop }: OfferProps) {
  const isRunning = state.standing === 'running';
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
      {isRunning && state.what === what ? (
        <Button key="stop" size="sm" className="w-44" onClick={onStop}>
          Stop
        </Button>
      ) : (
        <Button key="start" size="sm" className="w-44" disabled={isRunning} onClick={() => onStart(what)}>
          {label}
        </Button>
      )}
      <p className={`min-w-60 flex-1 text-muted text-sm ${TEXT_WIDTH}`}>{children}</p>
    </div>
  );
}

function Result({ place, state, onStart }: Pick<FindersViewProps, 'place' | 'state' | 'onStart'>) {
  const { what, found, error, standing } = state;
  if (what === null) return null;
  return (
    <section aria-label="What was found" className="flex flex-col gap-3 border-line border-t pt-3">
      {standing === 'running' && (
        <Progress
          label="Places begun"
          fraction={found === null ? null : found.spent.begun / Math.max(1, found.spent.places)}
        />
      )}
      {error !== null && (
        <FailureState title="The search could not go on" error={error} onRetry={() => onStart(what)} retrying={false} />
      )}
      <p role="status" aria-label="How far the search got" className="text-sm">
        {found !== null && spentWords(found)}
        {found === null && standing === 'running' && 'Reading…'}
        {standing === 'stopped' && ' Stopped by you.'}
      </p>
      {found?.spent.failures.map((failure) => (
        <p key={failure} className="text-sm text-warn">
          {failure}
        </p>
      ))}
      {found !== null && <Found what={what} place={place} found={found} />}
    </section>
  );
}

function Found({ what, place, found }: { what: FindRequest['what']; place: TablePlace; found: FoundSoFar }) {
  switch (what) {
    case 'wide':
      return <FoundWide place={place} found={found} />;
    case 'tombstones':
      return <FoundTombstones place={place} found={found} />;
    case 'indexes':
      return <FoundIndexes indexes={found.indexes ?? []} />;
    default:
      return what satisfies never;
  }
}
