import { ignore, type SharedPart } from '@/components/ui/states';
import { type MutationOptions, mutationOptionsSchema, type RowChange } from '@/lib/contract/mutations';
import type { ChangeEnding } from '@/lib/edit/ending';
import type { EditTable } from '@/lib/edit/table';
import { ShownReview } from './review-sheet';
import { EXPIRED, type ReviewState } from './review-state';
import { COUNTERS, edit, outcome, PLACE, planOf, READ, ranWith, rowOf, stateOf, TABLE } from './test-review';

interface Acts {
  isHeld?: boolean;
  onOptions?: (change: Partial<MutationOptions>) => void;
  onRun?: (name: string | undefined) => void;
  onStop?: () => void;
  onUndo?: () => void;
  onClose?: () => void;
  onAgain?: () => void;
  onLook?: (statements: readonly number[]) => void;
  onResolve?: (change: RowChange, next: RowChange | null) => void;
}

interface Drawn {
  options?: Partial<MutationOptions>;
  table?: EditTable;
  /** Of each change, when it was run before. */
  ending?: ChangeEnding;
}

/** The sheet in a state, with the options that the plan was made with. */
export function drawReview(state: ReviewState, acts: Acts = {}, { options = {}, table = TABLE, ending }: Drawn = {}) {
  const does = { onOptions: ignore, onRun: ignore, onStop: ignore, onUndo: ignore, onClose: ignore, onAgain: ignore };
  return (
    <ShownReview
      {...{ place: PLACE, table, state, left: 0 }}
      changes={state.plan?.changes ?? []}
      options={mutationOptionsSchema.parse(options)}
      {...does}
      last={{ endingOf: () => ending, onLook: () => Promise.resolve() }}
      {...{ onLook: ignore, onResolve: ignore }}
      {...acts}
    />
  );
}

const LONG = 'A very long destination. '.repeat(400);
const NEW: RowChange = {
  kind: 'insert',
  key: { origin: 'SEA', departs: 700 },
  values: { delay: 0, dest: '', tags: null },
};
const GONE: RowChange = { kind: 'delete', key: { origin: 'SEA', departs: 720 } };
const MOVE: RowChange = { kind: 'move', key: { origin: 'SEA', departs: 730 }, to: { origin: 'PDX', departs: 730 } };
const LONGER: RowChange = { ...edit('SEA', null, 740), edits: { dest: { set: LONG }, delay: { set: null } } };

export const PLANNED = planOf([
  [edit('SEA', 12), rowOf(READ, 3_600)],
  [NEW, null],
  [GONE, rowOf(READ)],
  [MOVE, rowOf(READ)],
  [LONGER, rowOf(READ)],
]);
export const REFUSED = planOf([
  [edit('SEA', 12), rowOf({ ...READ, delay: 9 })],
  [
    { ...edit('PDX', 12), edits: { delay: { set: 12 }, dest: { set: 'LAX' } } },
    rowOf({ ...READ, delay: 9, dest: 'SFO' }),
  ],
  [edit('LAX', 12), null],
  [{ ...NEW, values: { delay: 7 } }, rowOf(READ)],
  [edit('DEN', 12), rowOf(READ)],
]);
const MOVE_AND_EDIT: RowChange = { ...MOVE, seen: READ, edits: { delay: { set: 12 } } };
const moveOf = (departs: number): RowChange => ({ ...MOVE_AND_EDIT, key: { origin: 'SEA', departs } });
/** Moves whose row has changed, whose new key has another row or the same, and whose row is gone. */
export const MOVES = planOf([
  [moveOf(730), rowOf({ ...READ, delay: 9 })],
  [moveOf(731), rowOf(READ), rowOf({ ...READ, dest: 'SFO' })],
  [moveOf(732), rowOf(READ), rowOf({ ...READ, delay: 12 })],
  [moveOf(733), null, rowOf(READ)],
]);
export const TWO = planOf([
  [edit('SEA', 12), rowOf(READ)],
  [edit('PDX', 12), rowOf(READ)],
]);
const PARTITION: RowChange = { kind: 'delete_partition', key: { origin: 'SEA' } };
export const NAMED = planOf([[PARTITION, null]], { mode: 'plain' }, { confirmName: 'by_origin_day' });
const ENDED = planOf(
  ['SEA', 'PDX', 'LAX', 'DEN', 'SFO', 'JFK'].map((origin) => [edit(origin, 12), rowOf(READ)] as const),
);
const OUTCOMES = [
  outcome(0, {}),
  outcome(1, {
    ...{ outcome: 'not_applied', message: 'Not applied: the row is not as it was read.' },
    rows: [{ change: 1, row: rowOf({ ...READ, delay: 9 }) }],
  }),
  outcome(2, { outcome: 'refused', message: 'Refused, nothing was written: 2 of 3 replicas are needed, 1 is alive.' }),
  outcome(3, { outcome: 'not_sent', message: 'Not sent: it was stopped before.', mayResend: true }),
  outcome(4, {
    ...{ outcome: 'unknown', message: 'Unknown: the conditional write may have been accepted.' },
    look: { found: 'not_there', message: 'Looked again: it is not there yet. It may still come.' },
  }),
  outcome(5, { outcome: 'not_applied', message: 'Not applied.', rows: [{ change: 5, row: null }] }),
];
export const EVERY_OUTCOME = ranWith(ENDED, OUTCOMES, {
  end: {
    elapsedMs: 42,
    undo: [edit('SEA', -4)],
    notUndone: [{ change: 4, message: 'Its outcome is unknown: look at the row first.' }],
  },
});
const LOST = {
  message: 'The connection to Ringside’s server was lost.',
  hint: 'Check that the server is still running.',
};
export const CUT = ranWith(TWO, [outcome(0, {})], { end: null, cut: LOST });
const COUNT: RowChange = { kind: 'update', key: { origin: 'SEA', departs: 610 }, edits: { seen: { by: '-3' } } };

const LAST: ChangeEnding = {
  ...{ outcome: 'unknown', message: 'Unknown: no answer came. The coordinator may still be working on it.' },
  ...{ at: '2026-11-29T12:00:00.000Z', run: { token: 'token', statements: [0] } },
};

const dialog = (name: string) => ['dialog', name] as const;

export const reviewStates: SharedPart = {
  name: 'review-sheet',
  states: {
    planning: {
      draw: () => drawReview({ ...stateOf(null), phase: 'planning' }),
      shows: [dialog('No changes to review'), ['button', 'Cancel']],
      covers: true,
    },
    plan: {
      draw: () => drawReview(stateOf(PLANNED)),
      shows: [
        dialog('Review 6 changes in 5 rows'),
        ['radio', 'Guarded'],
        ['list', 'Changes and their statements'],
        ['article', 'Statement 1 of 6'],
        ['button', 'Run 6 statements'],
      ],
      covers: true,
    },
    'planning again': {
      draw: () => drawReview({ ...stateOf(TWO), phase: 'planning' }, {}, { options: { mode: 'plain' } }),
      shows: [dialog('Review 2 changes in 2 rows'), ['progressbar', 'Working out the statements']],
      covers: true,
    },
    'refusals and conflicts': {
      draw: () => drawReview(stateOf(REFUSED)),
      shows: [
        dialog('Review 6 changes in 5 rows'),
        ['region', 'Conflict: origin = SEA · departs = 610'],
        ['table', 'Values in conflict: delay, dest'],
        ['button', 'Add it as a new row'],
      ],
      covers: true,
    },
    'moves in conflict': {
      draw: () => drawReview(stateOf(MOVES)),
      shows: [
        ['region', 'Conflict: origin = SEA · departs = 730'],
        ['table', 'Values in conflict: delay, dest'],
        ['button', 'Delete the old row instead'],
      ],
      covers: true,
    },
    'could not be planned': {
      draw: () => drawReview({ ...stateOf(null), phase: 'failed', error: LOST }),
      shows: [['alert'], ['button', 'Try again']],
      covers: true,
    },
    'the name must be typed': {
      draw: () => drawReview(stateOf(NAMED)),
      shows: [['textbox'], ['button', 'Run 1 statement']],
      covers: true,
    },
    counters: {
      draw: () => drawReview(stateOf(planOf([[COUNT, null]], {}, {}, COUNTERS)), {}, { table: COUNTERS }),
      shows: [dialog('Review 1 change in 1 row'), ['article', 'Statement 1 of 1']],
      covers: true,
    },
    expired: {
      draw: () => drawReview(stateOf(TWO, { isExpired: true })),
      shows: [['note'], ['button', 'Review again']],
      covers: true,
    },
    'made again': {
      draw: () => drawReview(stateOf(TWO, { said: `${EXPIRED} Look again: statement 2 differs.` })),
      shows: [['note'], ['button', 'Run 2 statements']],
      covers: true,
    },
    'run before': {
      draw: () => drawReview(stateOf(TWO), {}, { ending: LAST }),
      shows: [dialog('Review 2 changes in 2 rows'), ['note'], ['button', 'Look again'], ['button', 'Run 2 statements']],
      covers: true,
    },
    running: {
      draw: () => drawReview(stateOf(TWO, { phase: 'running', outcomes: new Map([[0, outcome(0, {})]]) })),
      shows: [dialog('Running the changes'), ['status'], ['progressbar'], ['button', 'Stop sending']],
      covers: true,
    },
    'every outcome': {
      draw: () => drawReview(EVERY_OUTCOME),
      shows: [
        dialog('What became of the changes'),
        ['status'],
        ['button', 'Undo what was applied'],
        ['button', 'Only what was not applied (5)'],
      ],
      covers: true,
    },
    'cut off': {
      draw: () => drawReview(CUT),
      shows: [['alert'], ['button', 'Look again at 1 statement']],
      covers: true,
    },
  },
};
