import type { SharedPart } from '@/components/ui/states';
import { type PasswordWay, SignInForm } from './sign-in-form';

export const USER: PasswordWay = { cluster: null, label: 'User of Ringside' };
export const ROLE: PasswordWay = { cluster: 'production', label: 'Production' };

export const signInStates: SharedPart = {
  name: 'sign-in',
  states: {
    'a user of Ringside': {
      draw: () => <SignInForm to="/" ways={[USER]} />,
      shows: [
        ['form', 'Sign in'],
        ['textbox', 'Name'],
        ['button', 'Sign in'],
      ],
    },
    'a Cassandra role': {
      draw: () => <SignInForm to="/" ways={[ROLE]} />,
      shows: [
        ['textbox', 'Cassandra role'],
        ['button', 'Sign in'],
      ],
    },
    'several ways': {
      draw: () => <SignInForm to="/" ways={[USER, ROLE]} />,
      shows: [
        ['combobox', 'Sign in with'],
        ['textbox', 'Name'],
      ],
    },
  },
};
