import { ignore, type SharedPart } from './states';
import { ToastList } from './toast-region';

export const toastStates: SharedPart = {
  name: 'toasts',
  states: {
    none: { draw: () => <ToastList toasts={[]} />, shows: [['status', 'Notices']] },
    one: {
      draw: () => <ToastList toasts={[{ id: 'a', text: 'Copied 2 rows of 2 columns' }]} />,
      shows: [
        ['status', 'Notices'],
        ['button', 'Dismiss'],
      ],
      covers: true,
    },
    'one that can be undone': {
      draw: () => (
        <ToastList toasts={[{ id: 'a', text: 'Closed “SELECT 1”', action: { label: 'Undo', run: ignore } }]} />
      ),
      shows: [
        ['button', 'Undo'],
        ['button', 'Dismiss'],
      ],
      covers: true,
    },
    'several, one of them a failure': {
      draw: () => (
        <ToastList
          toasts={[
            { id: 'a', text: 'Started the job of flights.by_origin_day' },
            { id: 'b', text: 'Not copied: the browser refused', tone: 'danger' },
          ]}
        />
      ),
      shows: [['status', 'Notices']],
      covers: true,
    },
  },
};
