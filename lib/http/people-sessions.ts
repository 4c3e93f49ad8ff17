import 'server-only';
import type { PeopleSessions, PersonSessions } from '@/lib/contract/sign-in';
import { Failure } from '@/lib/failure';
import { principalOfPerson } from '@/lib/sign-in/person';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';
import type { KnownSession } from '@/lib/sign-in/sessions';
import { personOf, shownSession } from './sign-in';

/** Sessions, or API tokens, in one answer; a search finds the others. */
export const MOST_LISTED = 500;

/**
 * The open sessions of everybody, by person, those first who used one last.
 * @param search words of which each is in the name, a group, the address or the browser
 */
export function everybodysSessions(search: string, headers: Headers): PeopleSessions {
  const by = personOf(headers);
  const words = wordsIn(search);
  const found = (serverSignIn()?.sessions.all() ?? []).filter((session) => isFound(session, words));
  const people = new Map<string, PersonSessions>();
  for (const session of found.slice(0, MOST_LISTED)) {
    const { id } = principalOfPerson(session.person);
    const { name, way, groups } = session.person;
    const person = people.get(id) ?? { id, name, way, groups: [...groups], sessions: [] };
    people.set(id, { ...person, sessions: [...person.sessions, shownSession(session, by)] });
  }
  return { people: [...people.values()], hasMore: found.length > MOST_LISTED };
}

/** The words of a search, each of which must be there, in lower case. */
export function wordsIn(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

function isFound({ person, address, agent }: KnownSession, words: readonly string[]): boolean {
  const text = [person.name, ...person.groups, address, agent].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Ends one session, whoever has it. @throws Failure `not_found` */
export async function endedByAdmin(id: string): Promise<Response> {
  return endedWhere(({ shownId }) => shownId === id, 'There is no such session.');
}

/** Ends all sessions of a person. @param personId of their principal. @throws Failure `not_found` */
export async function endedOfPerson(personId: string): Promise<Response> {
  return endedWhere(({ person }) => principalOfPerson(person).id === personId, 'This person has no session.');
}

async function endedWhere(isEnded: (session: KnownSession) => boolean, none: string): Promise<Response> {
  const ended = (await serverSignIn()?.sessions.endWhere(isEnded, 'admin')) ?? 0;
  if (ended > 0) return new Response(null, { status: 204 });
  throw new Failure({ code: 'not_found', message: none, hint: 'It may have ended meanwhile.', retryable: false });
}
