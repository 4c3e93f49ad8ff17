import { ignore, type SharedPart } from '@/components/ui/states';
import KeysSheet from './keys-sheet';

export const keysStates: SharedPart = {
  name: 'keyboard-shortcuts',
  states: {
    open: {
      draw: () => <KeysSheet onClose={ignore} />,
      shows: [
        ['dialog', 'Keyboard shortcuts'],
        ['region', 'Rows'],
        ['region', 'Everywhere'],
      ],
      covers: true,
    },
  },
};
