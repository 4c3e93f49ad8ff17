import { Database } from 'lucide-react';
import { Button } from './button';
import { EmptyState } from './empty-state';
import type { SharedPart } from './states';

export const emptyStates: SharedPart = {
  name: 'empty-state',
  states: {
    'title alone': { draw: () => <EmptyState title="No rows" />, shows: [] },
    'with a way on': {
      draw: () => (
        <EmptyState icon={<Database size={24} />} title="No keyspaces" action={<Button>Open the editor</Button>}>
          Create one, and it shows up here.
        </EmptyState>
      ),
      shows: [['button', 'Open the editor']],
    },
  },
};
