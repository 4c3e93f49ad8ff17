import { ErrorState } from './error-state';
import { ignore, type SharedPart } from './states';

export const errorStates: SharedPart = {
  name: 'error-state',
  states: {
    'message alone': { draw: () => <ErrorState message="No node answers." />, shows: [['alert']] },
    'hint, cause and retry': {
      draw: () => (
        <ErrorState
          title="The schema could not be read"
          message="No node answers."
          hint="Check the nodes and the network."
          detail="connect ECONNREFUSED 127.0.0.1:9042"
          onRetry={ignore}
        />
      ),
      shows: [['alert'], ['button', 'Try again']],
    },
    retrying: {
      draw: () => <ErrorState message="No node answers." onRetry={ignore} retrying />,
      shows: [['alert'], ['button', 'Try again']],
    },
    'characters that cannot be seen': {
      draw: () => <ErrorState message={'There is no table "fl\u200bights".'} />,
      shows: [['alert']],
    },
  },
};
