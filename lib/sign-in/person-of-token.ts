import 'server-only';
import type { ApiTokens as ApiTokensAnswer } from '@/lib/contract/api-tokens';
import type { SignInConfig, SignInWay } from '@/lib/contract/sign-in';
import type { KnownApiToken } from './api-tokens';
import type { Person } from './person';
import type { UserFile } from './user-file';

const HOUR_MS = 3_600_000;

interface Known {
  readonly config: SignInConfig;
  readonly users: Pick<UserFile, 'groupsOf' | 'passwordSinceMs'> | null;
}

/** Why somebody who signed in this way can have no API tokens; null: they can. */
export function whyNoTokens({ tokens }: SignInConfig, way: SignInWay): ApiTokensAnswer['whyNot'] {
  if (tokens === undefined) return 'off';
  switch (way) {
    case 'local':
      return null;
    case 'oidc':
      return tokens.providerHours === undefined ? 'oidc' : null;
    // Their password is known while they are signed in, and only the proxy can say who somebody is.
    case 'cassandra':
    case 'header':
      return way;
    default:
      return way satisfies never;
  }
}

/** Whether a token waits until its person signs in: their provider confirmed their groups too long ago. */
export function isWaiting({ person, confirmedMs }: KnownApiToken, { tokens }: SignInConfig, nowMs: number): boolean {
  return person.way === 'oidc' && nowMs >= confirmedMs + (tokens?.providerHours ?? 0) * HOUR_MS;
}

/**
 * The person of a token with the groups of now, asked at each request; null: it opens nothing.
 * @param nowMs in milliseconds since 1970
 */
export function personOfToken(token: KnownApiToken, { config, users }: Known, nowMs = Date.now()): Person | null {
  const { person, madeMs, ended } = token;
  if (ended !== null || whyNoTokens(config, person.way) !== null) return null;
  if (person.way === 'oidc') {
    const isKnown = config.oidc.some(({ name }) => name === person.provider);
    return isKnown && !isWaiting(token, config, nowMs) ? person : null;
  }
  const groups = config.local === undefined ? undefined : users?.groupsOf(person.name);
  // One that is older than the password may be of somebody else who had the name before.
  const isOlder = madeMs < (users?.passwordSinceMs(person.name) ?? 0);
  return groups === undefined || isOlder ? null : { ...person, groups };
}
