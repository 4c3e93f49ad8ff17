import { ignore, type SharedPart } from '@/components/ui/states';
import { EMPTY_FORM, type FieldErrors, type ConnectForm as Form, requestOf } from '@/lib/cluster/connect';
import { ConnectForm } from './connect-form';

function formOf(form: Partial<Form>, more: { errors?: FieldErrors; testing?: boolean } = {}) {
  return (
    <ConnectForm
      form={{ ...EMPTY_FORM, ...form }}
      errors={more.errors ?? {}}
      onChange={ignore}
      datacenters={[]}
      testing={more.testing ?? false}
      onTest={ignore}
    />
  );
}

const WRONG = { contactPoints: '', port: '70000', password: 'x' };
const asked = requestOf({ ...EMPTY_FORM, ...WRONG });
const contactPoints = ['textbox', 'Contact points'] as const;

export const connectFormStates: SharedPart = {
  name: 'connect-form',
  place: 'max-w-2xl',
  states: {
    empty: { draw: () => formOf({}), shows: [['form', 'Connection'], contactPoints, ['textbox', 'Port']] },
    'fields in error': {
      draw: () => formOf(WRONG, { errors: 'errors' in asked ? asked.errors : {} }),
      shows: [contactPoints, ['textbox', 'Port'], ['textbox', 'User']],
    },
    'with TLS': {
      draw: () => formOf({ contactPoints: '10.0.0.1', tls: true }),
      shows: [contactPoints, ['textbox', 'Server name'], ['checkbox', 'Use TLS']],
    },
    testing: {
      draw: () => formOf({ contactPoints: '10.0.0.1' }, { testing: true }),
      shows: [contactPoints, ['button']],
    },
  },
};
