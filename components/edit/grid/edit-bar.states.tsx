import { ignore, type SharedPart } from '@/components/ui/states';
import type { Standing } from '@/lib/changes/change-store';
import type { RowChange } from '@/lib/contract/mutations';
import { type ChangeEnding, NO_ENDINGS } from '@/lib/edit/ending';
import { EditBar } from './edit-bar';

const KEY = { origin: 'SEA', day: '2001-01-09' };
const CHANGES: readonly RowChange[] = [
  { kind: 'update', key: KEY, edits: { delay: { set: 12 }, dest: { set: 'PDX' } } },
  { kind: 'delete', key: { ...KEY, day: '2001-01-10' } },
];
const FAILED: ChangeEnding = {
  ...{ outcome: 'not_applied', message: 'Not applied: the row is not as it was read.', at: '2026-11-29T12:00:00.000Z' },
};
const UNKNOWN: ChangeEnding = {
  ...{ outcome: 'unknown', message: 'Unknown: no answer came. The coordinator may still be working on it.' },
  ...{ at: '2026-11-29T12:00:00.000Z', run: { token: 'token', statements: [1] } },
};
const QUEUE: Standing['queue'] = { changes: CHANGES, undo: [[]], redo: [] };

function barOf(standing: Partial<Standing>) {
  const acts = { onUndo: ignore, onRedo: ignore, onReview: ignore, onDiscard: ignore };
  return (
    <EditBar
      standing={{ queue: QUEUE, isKept: true, left: [], endings: NO_ENDINGS, ...standing }}
      {...acts}
      onLook={() => Promise.resolve()}
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
    'one failed': {
      draw: () => barOf({ endings: new Map(CHANGES.slice(0, 1).map((change) => [change, FAILED])) }),
      shows: [region, ['status'], ['button', 'Review']],
    },
    'one failed, one may have been applied': {
      draw: () => barOf({ endings: new Map(CHANGES.map((change, at) => [change, at === 0 ? FAILED : UNKNOWN])) }),
      shows: [region, ['button', 'Look again']],
    },
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
