import { Redo2, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useKeysText } from '@/components/ui/kbd';
import { Shown } from '@/components/ui/shown';
import type { Standing } from '@/lib/changes/change-store';
import type { RowChange } from '@/lib/contract/mutations';
import { endingsLine } from '@/lib/edit/ending';
import { queueWords } from '@/lib/edit/queue-words';
import { useReviewKey } from './use-review-key';

export interface EditBarProps {
  standing: Standing;
  onUndo: () => void;
  onRedo: () => void;
  onReview: () => void;
  onDiscard: () => void;
  onTakeOver: (id: string) => void;
  onDiscardLeft: (id: string) => void;
  /** Looks again at changes that may have been applied. */
  onLook: (changes: readonly RowChange[]) => Promise<void>;
}

/** What waits for its review, below the rows; nothing while nothing does. */
export function EditBar({ standing, ...acts }: EditBarProps) {
  const { queue, left, isKept } = standing;
  const { changes, undo, redo } = queue;
  const hasChanges = changes.length > 0;
  const reviewKeys = useKeysText('editReview');
  const bar = useRef<HTMLElement>(null);
  useReviewKey(bar, hasChanges ? acts.onReview : undefined);
  if (!hasChanges && redo.length === 0 && left.length === 0) return null;
  return (
    <section ref={bar} aria-label="Changes that wait" className="shrink-0 border-line border-t bg-warn-soft text-sm">
      {(hasChanges || redo.length > 0) && (
        <div className="flex min-h-9 flex-wrap items-center gap-2 px-3 py-1">
          <p role="status" className="mr-auto font-medium tabular-nums">
            {queueWords(changes)}
            {!isKept && <span className="font-normal text-danger"> · not kept in this browser: no room for them</span>}
          </p>
          <IconButton label="Undo" keys="editUndo" size="sm" disabled={undo.length === 0} onClick={acts.onUndo}>
            <Undo2 size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label="Redo" keys="editRedo" size="sm" disabled={redo.length === 0} onClick={acts.onRedo}>
            <Redo2 size={14} aria-hidden="true" />
          </IconButton>
          <Button size="sm" variant="secondary" disabled={!hasChanges} onClick={acts.onDiscard}>
            Discard
          </Button>
          <Button size="sm" variant="primary" disabled={!hasChanges} title={reviewKeys} onClick={acts.onReview}>
            Review
          </Button>
        </div>
      )}
      <LastRun standing={standing} onLook={acts.onLook} />
      {left.map(({ id, why, changes: others }) => (
        <div key={id} className="flex min-h-9 flex-wrap items-center gap-2 border-line px-3 py-1 not-first:border-t">
          <p className="mr-auto">
            {queueWords(others)} {WHY_LEFT[why]}
          </p>
          <Button size="sm" variant="secondary" onClick={() => acts.onDiscardLeft(id)}>
            Discard those
          </Button>
          <Button size="sm" variant="secondary" onClick={() => acts.onTakeOver(id)}>
            Take them over
          </Button>
        </div>
      ))}
    </section>
  );
}

/** Why changes that were run before still wait. */
function LastRun({ standing: { queue, endings }, onLook }: Pick<EditBarProps, 'standing' | 'onLook'>) {
  const [isLooking, setLooking] = useState(false);
  const ended = queue.changes.flatMap((change) => endings.get(change) ?? []);
  const line = endingsLine(ended);
  if (line === null) return null;
  const look = async () => {
    setLooking(true);
    await onLook(queue.changes.filter((change) => endings.get(change)?.run !== undefined));
    setLooking(false);
  };
  return (
    <div className="flex min-h-9 items-center gap-2 border-line border-t px-3 py-1">
      <p title={line} className="mr-auto line-clamp-2 min-w-0 break-words text-danger">
        <Shown text={line} as="text" />
      </p>
      {ended.some(({ run }) => run !== undefined) && (
        <Button size="sm" variant="secondary" busy={isLooking} onClick={() => void look()}>
          Look again
        </Button>
      )}
    </div>
  );
}

const WHY_LEFT = {
  closed_tab: 'from a tab that was closed before they were reviewed.',
  redefined: 'were made before the table’s definition changed, so they may no longer fit.',
};
