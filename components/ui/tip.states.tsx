import type { SharedPart } from './states';
import { Tip } from './tip';

export const tipStates: SharedPart = {
  name: 'tip',
  place: 'max-w-md',
  states: {
    shown: {
      draw: () => <Tip name="states">Rows with the same partition key are stored together.</Tip>,
      shows: [['note'], ['button', 'Dismiss this tip']],
    },
  },
};
