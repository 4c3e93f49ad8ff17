import { ignore, type SharedPart } from '@/components/ui/states';
import { KEYSPACES } from '@/lib/cql/help/test-mistakes';
import { FirstSteps } from './first-steps';

export const firstStepsStates: SharedPart = {
  name: 'first-steps',
  states: {
    'samples of a table': {
      draw: () => <FirstSteps keyspaces={KEYSPACES} onFill={ignore} />,
      shows: [
        ['region', 'Statements to begin with'],
        ['button', 'Don’t show these again'],
      ],
    },
    'schema not known yet': { draw: () => <FirstSteps keyspaces={[]} onFill={ignore} />, shows: [] },
  },
};
