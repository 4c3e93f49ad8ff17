import { ignore, type SharedPart } from '@/components/ui/states';
import { ApiFailure } from '@/lib/client/http';
import type { ApiToken } from '@/lib/contract/api-tokens';
import { MadeToken } from './made-token';
import { TokenForm } from './token-form';
import { TokenLine } from './token-line';

export const TOKEN: ApiToken = {
  ...{ id: 'a', name: 'nightly export of CI', readOnly: true, clusters: ['production', 'staging'], isWaiting: false },
  ...{ madeAt: '2026-11-01T07:00:00Z', endsAt: '2026-12-01T07:00:00Z', ended: null },
  used: { day: '2026-11-29', address: '192.0.2.7' },
};
export const TEXT = `rs_${'x'.repeat(49)}`;
export const CLUSTERS = [
  { name: 'production', label: 'Production' },
  { name: 'staging', label: 'Staging' },
];
const FAILURE = new ApiFailure(
  {
    ...{ code: 'already_exists' as const, retryable: false },
    message: 'You have an API token named ci already.',
    hint: 'Choose another name, or revoke that one.',
  },
  409,
);
const form = (error: unknown) => (
  <TokenForm longestDays={90} clusters={CLUSTERS} busy={false} error={error} onMake={ignore} />
);
const line = (more: Partial<ApiToken>, error: unknown = null) => (
  <ul>
    <TokenLine token={{ ...TOKEN, ...more }} end="Revoke" busy={false} error={error} onEnd={ignore} />
  </ul>
);

export const tokensStates: SharedPart = {
  name: 'api-tokens',
  states: {
    'a new one': {
      draw: () => form(null),
      shows: [
        ['form', 'New API token'],
        ['textbox', 'Name'],
        ['combobox', 'Ends after'],
        ['checkbox', 'Staging'],
        ['button', 'Make the token'],
      ],
    },
    'one that was not made': { draw: () => form(FAILURE), shows: [['alert']] },
    'shown once': {
      draw: () => <MadeToken token={TOKEN} text={TEXT} onDone={ignore} />,
      shows: [
        ['region', 'The token nightly export of CI'],
        ['button', 'Copy the token'],
      ],
    },
    'in use': { draw: () => line({}), shows: [['button', 'Revoke nightly export of CI']] },
    'never used, and may do everything': {
      draw: () => line({ used: null, readOnly: false, clusters: null }),
      shows: [['button', 'Revoke nightly export of CI']],
    },
    'that waits for a sign-in': {
      draw: () => line({ isWaiting: true }),
      shows: [['button', 'Revoke nightly export of CI']],
    },
    ended: { draw: () => line({ ended: 'password' }), shows: [['listitem']] },
    'not revoked': { draw: () => line({}, FAILURE), shows: [['alert']] },
  },
};
