import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, send } from './http';

/**
 * Gives the person who is signed in another password. Their other sessions end, and this browser's gets a new id.
 * @throws ApiFailure `sign_in_refused` for a wrong current one, `too_many_attempts`, `invalid_request` for a new one that is
 *   not allowed
 */
export async function changePassword(current: string, password: string): Promise<void> {
  await send((to) => to.ownPassword.post, { input: { current, password } });
}

const peopleSessionsKey = ['people', 'sessions'];

/** The open sessions of everybody that a search finds. For admins. */
export const peopleSessionsQuery = (search: string) =>
  queryOptions({
    queryKey: [...peopleSessionsKey, search],
    queryFn: ({ signal }) =>
      call((to) => to.peopleSessions.get, { input: search === '' ? {} : { search } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Everything that is read of others' sessions, to have it reloaded. */
export const PEOPLE_SESSIONS_KEY: readonly string[] = peopleSessionsKey;

export async function endPeopleSession(id: string): Promise<void> {
  await send((to) => to.peopleSession.delete, { id });
}

/** @param person the id of one whose sessions are listed */
export async function endSessionsOf(person: string): Promise<void> {
  await send((to) => to.personSessions.delete, { person });
}
