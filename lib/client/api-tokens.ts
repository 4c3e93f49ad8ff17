import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { MadeApiToken, NewApiToken } from '@/lib/contract/api-tokens';
import { call, send } from './http';

/** The API tokens of the person who is signed in. */
export const apiTokensQuery = () =>
  queryOptions({
    queryKey: ['api-tokens'],
    queryFn: ({ signal }) => call((to) => to.apiTokens.get, {}, { signal }),
    staleTime: 0,
  });

/**
 * @returns the token with its text, which nobody can have again
 * @throws ApiFailure `already_exists`, `limit_reached`, `invalid_request`
 */
export function makeApiToken(input: NewApiToken): Promise<MadeApiToken> {
  return call((to) => to.apiTokens.post, { input });
}

export async function revokeApiToken(id: string): Promise<void> {
  await send((to) => to.apiToken.delete, { id });
}

const peopleApiTokensKey = ['people', 'api-tokens'];

/** The open API tokens of everybody that a search finds. For admins. */
export const peopleApiTokensQuery = (search: string) =>
  queryOptions({
    queryKey: [...peopleApiTokensKey, search],
    queryFn: ({ signal }) =>
      call((to) => to.peopleApiTokens.get, { input: search === '' ? {} : { search } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Everything that is read of others' tokens, to have it reloaded. */
export const PEOPLE_API_TOKENS_KEY: readonly string[] = peopleApiTokensKey;

export async function endPeopleApiToken(id: string): Promise<void> {
  await send((to) => to.peopleApiToken.delete, { id });
}
