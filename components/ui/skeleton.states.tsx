import { Progress } from './progress';
import { Loading, Skeleton } from './skeleton';
import type { SharedPart } from './states';

export const loadingStates: SharedPart = {
  name: 'loading',
  states: {
    skeleton: {
      draw: () => (
        <Loading label="Reading the schema">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="mt-2 h-4 w-64" />
        </Loading>
      ),
      shows: [['status']],
    },
    'progress known': {
      draw: () => <Progress label="Demo data loaded" fraction={0.4} />,
      shows: [['progressbar', 'Demo data loaded']],
    },
    'progress unknown': {
      draw: () => <Progress label="Demo data loaded" fraction={null} />,
      shows: [['progressbar', 'Demo data loaded']],
    },
  },
};
