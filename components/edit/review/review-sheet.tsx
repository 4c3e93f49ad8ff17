import { useRef, useState } from 'react';
import type { Wanted } from '@/components/confirm/ask-approval';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { usePanelKeys } from '@/components/results/inspector/use-panel-keys';
import { Button } from '@/components/ui/button';
import { useKeysText } from '@/components/ui/kbd';
import { Sheet } from '@/components/ui/sheet';
import { isPressed } from '@/components/ui/shortcuts';
import { TypedName } from '@/components/ui/typed-name';
import type { ChangeStore } from '@/lib/changes/change-store';
import { useAskBeforeLeaving } from '@/lib/client/ask-before-leaving';
import type { RowChange } from '@/lib/contract/mutations';
import { qualifiedName } from '@/lib/cql/identifiers';
import { queueWords } from '@/lib/edit/queue-words';
import { plural } from '@/lib/text/format';
import { useLastRuns } from './last-run';
import type { ReviewState } from './review-state';
import { ReviewView, type ReviewViewProps } from './review-view';
import { useReviewOptions } from './use-options';
import { useReview } from './use-review';

export interface ReviewSheetProps {
  store: ChangeStore;
  onClose: () => void;
  /** Something was applied, or may have been: rows that are shown are to be read again. */
  onApplied: () => void;
  /** Goes to the row of a change. */
  onShowRow?: ((key: Readonly<Record<string, unknown>>) => void) | undefined;
}

/** All changes that wait, the exact statements that make them, and what became of each. */
export function ReviewSheet({ store, onClose, onApplied, onShowRow }: ReviewSheetProps) {
  const [options, onOptions] = useReviewOptions(store.place);
  const { state, changes, run, stop, look, again } = useReview(store, options, onApplied);
  const last = useLastRuns(store, onApplied);
  const isHeld = useSecondPerson(store.place.cluster, ['write']);
  const showRow = (key: RowChange['key']) => {
    onClose();
    onShowRow?.(key);
  };
  const resolve = (change: RowChange, next: RowChange | null) =>
    store.act(next === null ? { do: 'revert', key: change.key } : { do: 'replace', key: change.key, change: next });
  const undo = () => {
    store.act({ do: 'changes', changes: state.end?.undo ?? [] });
    again(UNDOES);
  };
  return (
    <ShownReview
      {...{ place: store.place, table: store.table, changes, options, onOptions, state, last }}
      left={store.getQueue().changes.length - changes.length}
      onLook={look}
      onAgain={() => again(null)}
      onResolve={resolve}
      onShowRow={onShowRow === undefined ? undefined : showRow}
      {...{ onRun: run, onStop: stop, onUndo: undo, onClose, isHeld }}
    />
  );
}

const UNDOES =
  'This takes back what was applied, with what remains of the TTLs, while the rows are as they were left. Write times cannot come back: they will be new.';

interface ShownReviewProps extends ReviewViewProps {
  /** The changes need a second person. */
  isHeld?: boolean;
  onRun: (confirmName: string | undefined) => void;
  onStop: () => void;
  onUndo: () => void;
  onClose: () => void;
}

/** The sheet by its state alone. */
export function ShownReview({
  onRun,
  onStop,
  onUndo,
  onClose,
  isHeld: needsSecond = false,
  ...view
}: ShownReviewProps) {
  const { place, changes, state, onAgain } = view;
  const [typed, setTyped] = useState('');
  const [isHeld, setHeld] = useState(false);
  const isRunning = state.phase === 'running';
  useAskBeforeLeaving(isRunning);
  const name = state.plan?.confirmName ?? null;
  const canRun = isReady(state) && (name === null || typed === name.replace(/[\r\n]/g, ''));
  const onRunNow = () => {
    if (!canRun || needsSecond) return;
    setTyped('');
    onRun(name ?? undefined);
  };
  const sheet = useRef<HTMLDivElement>(null);
  usePanelKeys(sheet, (event) => {
    if (!isPressed('reviewRun', event)) return;
    event.preventDefault();
    onRunNow();
  });
  return (
    <div ref={sheet} className="contents">
      <Sheet
        open
        onOpenChange={() => (isRunning ? setHeld(true) : onClose())}
        title={titleOf(state, changes)}
        description={qualifiedName(place.keyspace, place.table)}
        className="w-[min(1080px,100vw)]"
        footer={
          <>
            {isRunning && isHeld && (
              <p role="alert" className="min-w-0 flex-1 text-sm text-warn">
                Statements are still being sent. Stop sending, or wait for the end, so that every outcome is shown.
              </p>
            )}
            {name !== null && isReady(state) && (
              <form
                className="min-w-0 flex-1 basis-60"
                onSubmit={(event) => {
                  event.preventDefault();
                  onRunNow();
                }}
              >
                <TypedName name={name} typed={typed} onType={setTyped} />
              </form>
            )}
            {needsSecond && (
              <div className="basis-full text-left">
                <SecondPerson cluster={place.cluster} wanted={canRun ? () => wantedOf(state, name) : null} />
              </div>
            )}
            <Actions
              {...{ state, changes, canRun, needsSecond, onRunNow, onStop, onUndo, onClose, onAgain }}
              isDanger={name !== null}
            />
          </>
        }
      >
        <ReviewView {...view} />
      </Sheet>
    </div>
  );
}

function isReady({ phase, plan, isExpired }: ReviewState): boolean {
  return phase === 'ready' && plan !== null && plan.token !== null && !isExpired;
}

function wantedOf({ plan }: ReviewState, name: string | null): Wanted {
  return { of: 'mutations', token: plan?.token ?? '', ...(name === null ? {} : { confirmName: name }) };
}

function titleOf({ phase }: ReviewState, changes: readonly RowChange[]): string {
  if (phase === 'running') return 'Running the changes';
  if (phase === 'ran') return 'What became of the changes';
  return changes.length === 0 ? 'No changes to review' : `Review ${queueWords(changes)}`;
}

interface ActionsProps
  extends Pick<ShownReviewProps, 'state' | 'changes' | 'onStop' | 'onUndo' | 'onClose' | 'onAgain'> {
  canRun: boolean;
  needsSecond: boolean;
  isDanger: boolean;
  onRunNow: () => void;
}

function Actions(props: ActionsProps) {
  const { state, changes, canRun, needsSecond, isDanger, onRunNow, onStop, onUndo, onClose, onAgain } = props;
  const { phase, plan, isExpired, isStopping, end } = state;
  const keys = useKeysText('reviewRun');
  if (phase === 'running') {
    return (
      <Button variant="danger" busy={isStopping} onClick={onStop}>
        Stop sending
      </Button>
    );
  }
  if (phase === 'ran') {
    return (
      <>
        {end !== null && end.undo.length > 0 && <Button onClick={onUndo}>Undo what was applied</Button>}
        {changes.length > 0 && <Button onClick={onAgain}>Review {queueWords(changes)} again</Button>}
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </>
    );
  }
  const count = plan?.statements.length ?? 0;
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      {isExpired ? (
        <Button variant="primary" onClick={onAgain}>
          Review again
        </Button>
      ) : needsSecond ? null : (
        <Button
          variant={isDanger ? 'danger' : 'primary'}
          disabled={!canRun}
          title={`Run (${keys})`}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          busy={phase === 'planning' && changes.length > 0}
          onClick={onRunNow}
        >
          {count === 0 ? 'Run' : `Run ${plural(count, 'statement')}`}
        </Button>
      )}
    </>
  );
}
