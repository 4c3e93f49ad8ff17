import { ignore, type SharedPart } from '@/components/ui/states';
import type { Standing } from '@/lib/changes/change-store';
import type { RowChange } from '@/lib/contract/mutations';
import { EditBar } from './edit-bar';

const KEY = { origin: 'SEA', day: '2001-01-09' };
const CHANGES: readonly RowChange[] = [
  { kind: 'update', key: KEY, edits: { delay: { set: 12 }, dest: { set: 'PDX' } } },
  { kind: 'delete', key: { ...KEY, day: '2001-01-10' } },
];
const QUEUE: Standing['queue'] = { changes: CHANGES, undo: [[]], redo: [] };

function barOf(standing: Partial<Standing>) {
  const acts = { onUndo: ignore, onRedo: ignore, onReview: ignore, onDiscard: ignore };
  return (
    <EditBar
      standing={{ queue: QUEUE, isKept: true, left: [], ...standing }}
      {...acts}
      onTakeOver={ignore}
      onDiscardLeft={ignore}
    />
  );
}

const region = ['region', 'Changes that wait'] as const;

export const editBarStates: SharedPart = {
  name: 'edit-bar',
  states: {
    'changes wait': {
      draw: () => barOf({}),
      shows: [region, ['status'], ['button', 'Undo'], ['button', 'Discard'], ['button', 'Review']],
    },
    'all undone': {
      draw: () => barOf({ queue: { changes: [], undo: [], redo: [CHANGES] } }),
      shows: [region, ['button', 'Redo']],
    },
    'no room in this browser': { draw: () => barOf({ isKept: false }), shows: [region, ['status']] },
    'left by others': {
      draw: () =>
        barOf({
          left: [
            { id: 'a', why: 'closed_tab', changes: CHANGES },
            { id: 'b', why: 'redefined', changes: CHANGES },
          ],
        }),
      shows: [region, ['button', 'Take them over'], ['button', 'Discard those']],
    },
  },
};
