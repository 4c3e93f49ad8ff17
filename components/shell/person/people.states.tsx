import { ignore, type SharedPart } from '@/components/ui/states';
import { ApiFailure } from '@/lib/client/http';
import type { PersonSessions, Session } from '@/lib/contract/sign-in';
import { PasswordForm } from './password-form';
import { PeopleList } from './people-list';

const session = (id: string, isThis = false): Session => ({
  ...{ id, way: 'local', address: '192.0.2.7', agent: 'Firefox on Linux', isThis },
  ...{ startedAt: '2026-11-30T07:00:00Z', usedAt: '2026-11-30T08:00:00Z', endsAt: '2026-11-30T19:00:00Z' },
});
export const PEOPLE: readonly PersonSessions[] = [
  { id: 'person-a', name: 'anna', way: 'local', groups: ['dba'], sessions: [session('a', true), session('b')] },
  { id: 'person-b', name: 'ben', way: 'oidc', groups: [], sessions: [session('c')] },
];
const FAILURE = new ApiFailure(
  {
    ...{ code: 'sign_in_refused' as const, retryable: false },
    message: 'The current password is not right, so it was not changed.',
  },
  403,
);
const acts = { ending: null, failed: null, onEnd: ignore, onEndAll: ignore };

export const peopleStates: SharedPart = {
  name: 'people',
  states: {
    'sessions of everybody': {
      draw: () => <PeopleList people={[...PEOPLE]} hasMore {...acts} />,
      shows: [
        ['region', 'Sessions of anna, by password'],
        ['region', 'Sessions of ben, by identity provider'],
        ['button', 'End all 2 sessions'],
      ],
    },
    'a session that did not end': {
      draw: () => <PeopleList people={[...PEOPLE]} hasMore={false} {...acts} failed={{ id: 'c', error: FAILURE }} />,
      shows: [['alert']],
    },
    'no matches': { draw: () => <PeopleList people={[]} hasMore={false} {...acts} />, shows: [] },
    'another password': {
      draw: () => <PasswordForm name="anna" busy={false} error={null} onChange={ignore} />,
      shows: [
        ['form', 'Change your password'],
        ['button', 'Change'],
      ],
    },
    'a wrong password': {
      draw: () => <PasswordForm name="anna" busy={false} error={FAILURE} onChange={ignore} />,
      shows: [['alert']],
    },
  },
};
