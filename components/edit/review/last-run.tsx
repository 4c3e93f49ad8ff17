import { useMemo, useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { toast } from '@/components/ui/toasts';
import type { ChangeStore } from '@/lib/changes/change-store';
import { lookAtLast } from '@/lib/changes/last-run';
import { errorText } from '@/lib/client/error-text';
import type { RowChange } from '@/lib/contract/mutations';
import { type ChangeEnding, ENDING_WORDS, endingTime } from '@/lib/edit/ending';
import { idOf } from '@/lib/edit/queue';
import { plural } from '@/lib/text/format';

/** What is known of the last run of changes that still wait. */
export interface LastRuns {
  readonly endingOf: (change: RowChange) => ChangeEnding | undefined;
  readonly onLook: (change: RowChange) => Promise<void>;
}

/** A plan has changes of its own, so they are found by what they are about. */
export function useLastRuns(store: ChangeStore, onApplied: () => void): LastRuns {
  const { queue, endings } = useSyncExternalStore(store.subscribe, store.getStanding, store.getStanding);
  const byId = useMemo(() => {
    return new Map(queue.changes.map((change) => [idOf(store.table, change), change]));
  }, [store, queue.changes]);
  const own = (change: RowChange) => byId.get(idOf(store.table, change));
  return {
    endingOf: (change) => {
      const waiting = own(change);
      return waiting && endings.get(waiting);
    },
    onLook: async (change) => {
      const waiting = own(change);
      if (waiting !== undefined) await lookAndSay(store, [waiting], onApplied);
    },
  };
}

/** Looks again at changes that may have been applied, and says what came of it where it cannot be seen. */
export async function lookAndSay(
  store: ChangeStore,
  changes: readonly RowChange[],
  onApplied: () => void,
): Promise<void> {
  try {
    const applied = await lookAtLast(store, changes);
    if (applied === 0) return;
    toast({ id: 'edit', text: `${plural(applied, 'change')} had been applied, and no longer ${waits(applied)}` });
    onApplied();
  } catch (error) {
    const { message } = errorText(error);
    toast({ id: 'edit', tone: 'danger', text: `Could not look again: ${message}` });
  }
}

const waits = (count: number) => (count === 1 ? 'waits' : 'wait');

interface LastEndingProps {
  ending: ChangeEnding;
  onLook: () => Promise<void>;
}

/** How the last run of a change ended, and why it still waits. */
export function LastEnding({ ending, onLook }: LastEndingProps) {
  const [isLooking, setLooking] = useState(false);
  const { outcome, at, message, run } = ending;
  const look = async () => {
    setLooking(true);
    await onLook();
    setLooking(false);
  };
  const title = (
    <>
      Last run, <time dateTime={at}>{endingTime(ending)}</time>: {ENDING_WORDS[outcome]}
    </>
  );
  return (
    <Notice tone="warn" title={title}>
      <p>
        <Shown text={message} as="text" />
      </p>
      {run !== undefined && (
        <Button size="sm" className="mt-1" busy={isLooking} onClick={() => void look()}>
          Look again
        </Button>
      )}
    </Notice>
  );
}
