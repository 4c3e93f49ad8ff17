import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Narrowing, narrowingSchema } from '@/lib/contract/api-tokens';
import { parseJson } from '@/lib/contract/json';
import { type Principal, ROLE_PRINCIPAL } from '@/lib/contract/principal';
import { type SignInWay, signInWaySchema } from '@/lib/contract/sign-in';

/** Who signed in, and how. Two ways make two persons, also under one name: a proxy's anna is not the local anna. */
export interface Person {
  readonly name: string;
  readonly way: SignInWay;
  readonly groups: readonly string[];
  /**
   * Which provider, and what it calls the person for good: a name may go to somebody else. Of `oidc`; of `cassandra` the
   * cluster and the role.
   */
  readonly provider?: string | undefined;
  readonly subject?: string | undefined;
}

export const personSchema = z.object({
  name: z.string().min(1).max(200),
  way: signInWaySchema,
  groups: z.array(z.string().max(200)).max(1_000).readonly(),
  provider: z.string().max(40).optional(),
  subject: z.string().max(500).optional(),
});

/**
 * The header in which the web server's gate passes a person on to the routes. server/outside-headers.mjs drops it from
 * every request that comes in.
 */
export const PERSON_HEADER = 'x-ringside-person';

const passedSchema = personSchema.extend({
  session: z.string(),
  token: z.object({ id: z.string(), name: z.string(), ...narrowingSchema.shape }).optional(),
});

/** A person together with what opened the request. */
export interface PassedPerson extends Person {
  /** The session's id for people; it opens nothing. Empty where the request came with a token. */
  readonly session: string;
  /** The API token that the request came with. */
  readonly token?: PassedToken | undefined;
}

/** An API token, without what opens anything. */
interface PassedToken extends Narrowing {
  readonly id: string;
  readonly name: string;
}

export function encodePerson(passed: PassedPerson): string {
  return Buffer.from(JSON.stringify(passed)).toString('base64url');
}

/** Null where nobody has signed in. */
export function decodePerson(header: string | null): PassedPerson | null {
  if (header === null) return null;
  return passedSchema.safeParse(parseJson(Buffer.from(header, 'base64url').toString('utf8'))).data ?? null;
}

/** The same for one person, whatever name and groups they have now. */
export function personKey({ name, way, provider, subject }: Person): string {
  return JSON.stringify(subject === undefined ? [way, name] : [way, provider, subject]);
}

/** Who sent a request: with a token, the same person with no more than it allows. */
export function principalOfPassed({ token, ...person }: PassedPerson): Principal {
  const principal = principalOfPerson(person);
  if (token === undefined || principal.asker === undefined) return principal;
  const { id, name, readOnly, clusters } = token;
  return { ...principal, token: { id, name }, asker: { ...principal.asker, narrowed: { readOnly, clusters } } };
}

/** Stable, and safe in file names. */
export function principalOfPerson(person: Person): Principal {
  const id = createHash('sha256').update(personKey(person)).digest('base64url');
  const { name, way, groups, provider } = person;
  if (way !== 'cassandra') return { id: `person-${id}`, name, asker: { name, way, groups } };
  return { id: `${ROLE_PRINCIPAL}${id}`, name, asker: { name, way, groups, cluster: provider } };
}
