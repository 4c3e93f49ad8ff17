import { ignore, type SharedPart } from '@/components/ui/states';
import { ApiFailure } from '@/lib/client/http';
import SavedDialogs, { type Answers, type Asking } from './saved-dialogs';

const NOTHING: Answers = {
  onPath: ignore,
  onRename: ignore,
  onRemove: ignore,
  onCopy: ignore,
  onTake: ignore,
  onOverwrite: ignore,
  onCancel: ignore,
};

const TAKEN = new ApiFailure(
  { code: 'already_exists', message: 'reports/Delays already exists.', hint: 'Choose another name.', retryable: false },
  409,
);

/** A question about a saved statement. */
export function asked(
  asking: Asking,
  answers: Partial<Answers> = {},
  error: unknown = null,
  { mayBePrivate = false, mayShare = true } = {},
) {
  return (
    <SavedDialogs
      asking={asking}
      folders={['reports', 'reports/daily']}
      mayBePrivate={mayBePrivate}
      mayShare={mayShare}
      busy={false}
      error={error}
      answers={{ ...NOTHING, ...answers }}
    />
  );
}

export const CONFLICT: Asking = {
  kind: 'conflict',
  path: 'reports/delays',
  mine: 'SELECT delay FROM flights.by_route',
  theirs: 'SELECT delay, origin FROM flights.by_route',
};

export const savedDialogStates: SharedPart = {
  name: 'saved-dialogs',
  states: {
    'a name is asked': {
      draw: () => asked({ kind: 'save', path: '', description: null }),
      shows: [['dialog'], ['textbox', 'Name'], ['button', 'Save'], ['button', 'Cancel']],
      covers: true,
    },
    'who sees it is asked where people sign in': {
      draw: () =>
        asked({ kind: 'save', path: '', description: null }, {}, null, { mayBePrivate: true, mayShare: false }),
      shows: [['dialog'], ['combobox', 'Seen by'], ['button', 'Save']],
      covers: true,
    },
    'the name is taken': {
      draw: () => asked({ kind: 'save', path: 'reports/delays', description: null }, {}, TAKEN),
      shows: [['dialog'], ['alert'], ['button', 'Save']],
      covers: true,
    },
    move: {
      draw: () => asked({ kind: 'move', path: 'reports/delays', description: null }),
      shows: [['dialog'], ['button', 'Move']],
      covers: true,
    },
    'rename a tab': {
      draw: () => asked({ kind: 'rename', name: 'SELECT 1' }),
      shows: [['dialog'], ['textbox', 'Name'], ['button', 'Rename']],
      covers: true,
    },
    delete: {
      draw: () => asked({ kind: 'remove', path: 'reports/delays', text: 'SELECT delay' }),
      shows: [['dialog'], ['button', 'Delete'], ['button', 'Cancel']],
      covers: true,
    },
    conflict: {
      draw: () => asked(CONFLICT),
      shows: [
        ['dialog'],
        ['button', 'Keep mine as a copy'],
        ['button', 'Take theirs'],
        ['button', 'Overwrite theirs'],
        ['button', 'Cancel'],
      ],
      covers: true,
    },
    'the file is gone': {
      draw: () => asked({ ...CONFLICT, theirs: null }),
      shows: [['dialog'], ['button', 'Save it there again'], ['button', 'Keep mine as a copy']],
      covers: true,
    },
  },
};
