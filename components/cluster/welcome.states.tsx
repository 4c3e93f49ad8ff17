import { ignore, type SharedPart } from '@/components/ui/states';
import { WelcomePanel } from './welcome';

const table = { keyspace: 'flights', table: 'airports' };
const shows = [
  ['region', 'Welcome'],
  ['button', 'Dismiss the introduction'],
] as const;

export const welcomeStates: SharedPart = {
  name: 'welcome',
  states: {
    'first visit': {
      draw: () => <WelcomePanel cluster="demo" table={table} onDismiss={ignore} />,
      shows: [...shows, ['link']],
    },
    'no table yet': { draw: () => <WelcomePanel cluster="demo" table={undefined} onDismiss={ignore} />, shows },
  },
};
