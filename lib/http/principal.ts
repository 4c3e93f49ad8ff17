import 'server-only';
import { ANONYMOUS, type Principal } from '@/lib/contract/principal';
import { decodePerson, PERSON_HEADER, principalOfPassed } from '@/lib/sign-in/person';

/**
 * Decides who sent a request, and nothing else does: whoever the web server's gate has let in. Without a sign-in everyone
 * is the same principal.
 */
export function principalOf(request: { readonly headers: Pick<Headers, 'get'> }): Principal {
  const person = decodePerson(request.headers.get(PERSON_HEADER));
  return person === null ? ANONYMOUS : principalOfPassed(person);
}
