import { ignore, type SharedPart } from '@/components/ui/states';
import type { PasteProblem } from '@/lib/edit/acts';
import { TABLE } from '../review/test-review';
import { PasteProblems } from './paste-problems';
import { RowForm, type RowFormProps } from './row-form';
import { TtlDialog } from './ttl-dialog';

const KEY = { origin: 'SEA', departs: 610 };
const LATE = { row: 1, column: 3, name: 'delay', text: 'late', why: 'expected int: a whole number, such as 42' };
const PROBLEMS: readonly PasteProblem[] = [
  LATE,
  { row: 2, column: 4, name: 'tags', text: 'x'.repeat(80), why: "expected a CQL literal, such as {'a', 'b'}" },
  { row: 2, column: 9, name: '', text: '1', why: 'there is no column' },
];

const form = (props: Pick<RowFormProps, 'title' | 'submit' | 'asks' | 'values'>) => (
  <RowForm
    {...props}
    table={TABLE}
    description="Nothing is sent yet. Columns that you leave out stay unset."
    seenOf={() => []}
    onSubmit={ignore}
    onClose={ignore}
  />
);

export const rowDialogStates: SharedPart = {
  name: 'row-dialogs',
  states: {
    'add a row': {
      covers: true,
      draw: () => form({ title: 'Add a row', submit: 'Add', asks: 'row', values: {} }),
      shows: [
        ['dialog', 'Add a row'],
        ['textbox', 'TTL of the row (seconds)'],
        ['button', 'Add'],
      ],
    },
    'duplicate a row': {
      covers: true,
      draw: () => {
        const values = { ...KEY, delay: -4, dest: 'PDX', tags: ['early'] };
        return form({ title: 'Duplicate this row', submit: 'Add', asks: 'row', values });
      },
      shows: [['dialog', 'Duplicate this row']],
    },
    'move a row': {
      covers: true,
      draw: () => form({ title: 'Move this row', submit: 'Move', asks: 'key', values: KEY }),
      shows: [
        ['dialog', 'Move this row'],
        ['button', 'Move'],
      ],
    },
    'TTL of a cell': {
      covers: true,
      draw: () => <TtlDialog column="delay" onSubmit={ignore} onClose={ignore} />,
      shows: [
        ['dialog', 'TTL of delay'],
        ['textbox', 'Seconds until it expires'],
        ['button', 'Never expires'],
      ],
    },
    'TTL of a row': {
      covers: true,
      draw: () => <TtlDialog column={null} onSubmit={ignore} onClose={ignore} />,
      shows: [['dialog', 'TTL of the row']],
    },
    'nothing was pasted': {
      covers: true,
      draw: () => <PasteProblems problems={PROBLEMS} onClose={ignore} />,
      shows: [
        ['dialog', 'Nothing was pasted'],
        ['table', 'Cells that do not fit'],
      ],
    },
    'much was not pasted': {
      covers: true,
      draw: () => (
        <PasteProblems
          problems={Array.from({ length: 240 }, (_, row) => ({ ...LATE, row: row + 1 }))}
          onClose={ignore}
        />
      ),
      shows: [['dialog', 'Nothing was pasted']],
    },
  },
};
