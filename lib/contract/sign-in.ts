import * as z from 'zod/mini';
import { secretSchema } from './secret';

/** How people sign in, and what the page shows of it. */

/** Names that are easy to read out, safe in a path and a header, and the same however they are typed. */
export const userNameSchema = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9._@+-]{0,99}$/, 'a name has only lower-case letters, digits and . _ @ + -, at most 100'),
  );

export const groupNameSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:/ -]{0,199}$/, 'a group has letters, digits, spaces and . _ : / -'));

/** Long enough for any phrase, short enough to be hashed at once. */
export const LONGEST_PASSWORD = 1_024;
/** OWASP ASVS 2.1.1. */
export const SHORTEST_PASSWORD = 12;

/**
 * `local`: a name and password that Ringside keeps; `oidc`: an identity provider; `header`: a trusted proxy said who it is;
 * `cassandra`: the name and password of a Cassandra role, which Cassandra checks.
 */
export const signInWaySchema = z.enum(['local', 'oidc', 'header', 'cassandra']);
export type SignInWay = z.infer<typeof signInWaySchema>;

/** Of an identity provider: in addresses, so that it must be told to the provider. */
const providerNameSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'a provider’s name has only lower-case letters, digits and -'));

/** An identity provider that speaks OpenID Connect. */
const oidcConfigSchema = z.strictObject({
  name: z._default(providerNameSchema, 'oidc'),
  /** On the button: “Sign in with …”. */
  label: z._default(z.string().check(z.minLength(1), z.maxLength(60)), 'single sign-on'),
  /** As the provider names itself; its configuration is found below it. */
  issuer: z
    .string()
    .check(
      z.regex(
        /^(https:\/\/[^\s?#@]+|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?(\/[^\s?#@]*)?)$/,
        'the issuer’s address begins with https://, or with http:// and this machine',
      ),
    ),
  clientId: z.string().check(z.minLength(1)),
  clientSecret: z.optional(secretSchema),
  scope: z._default(
    z.string().check(z.regex(/(^| )openid( |$)/, 'the scope must have openid')),
    'openid profile email',
  ),
  /** Which claims say the name and the groups. */
  nameClaim: z._default(z.string().check(z.minLength(1)), 'preferred_username'),
  groupsClaim: z._default(z.string().check(z.minLength(1)), 'groups'),
  /** The provider is asked again after this, so that a group that was taken away is gone. */
  checkMinutes: z._default(z.int().check(z.minimum(1), z.maximum(1_440)), 15),
});
export type OidcConfig = z.infer<typeof oidcConfigSchema>;

/** `signIn.tokens` in the configuration file. */
const apiTokensConfigSchema = z.strictObject({
  /** The longest that a token may last; also shortens those that were made before. */
  longestDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 90),
  /**
   * How long after a person’s groups were last confirmed by their identity provider their tokens work. Absent: people of
   * a provider have no tokens, because nobody asks the provider while they are away.
   */
  providerHours: z.optional(z.int().check(z.minimum(1), z.maximum(168))),
});

/** `signIn` in the configuration file. */
export const signInConfigSchema = z
  .strictObject({
    /** The address that people open: `https://ringside.example.com`. */
    origin: z
      .string()
      .check(
        z.regex(
          /^(https:\/\/[a-z0-9.-]+(:\d{1,5})?|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?)$/,
          'the address that people open, such as https://ringside.example.com, without a path; http:// only for this machine',
        ),
      ),
    /** Names and passwords that `ringside user add` keeps. */
    local: z.optional(
      z.strictObject({
        /** The file with their hashes; beside the data otherwise. */
        users: z.optional(z.string().check(z.minLength(1))),
      }),
    ),
    /** Identity providers. */
    oidc: z._default(z.array(oidcConfigSchema).check(z.maxLength(10)), []),
    /** A proxy of RINGSIDE_TRUSTED_PROXIES signs people in and sends these headers. */
    header: z.optional(
      z.strictObject({
        user: z
          .string()
          .check(z.regex(/^[a-z][a-z0-9-]{0,99}$/, 'the header’s name in lower case, such as x-forwarded-user')),
        groups: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,99}$/, 'the header’s name in lower case'))),
      }),
    ),
    /** Cassandra roles: a person's own connections, with their own rights, to the cluster they sign in to. */
    cassandra: z.optional(
      z.strictObject({
        /** Names of clusters. Who signs in to one sees that one alone. */
        clusters: z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(10)),
        /** Name and password are tried again after this, so that a role that may no longer log in is out. */
        checkMinutes: z._default(z.int().check(z.minimum(1), z.maximum(1_440)), 5),
      }),
    ),
    /** API tokens that people make for programs; absent: there are none, and those of before open nothing. */
    tokens: z.optional(apiTokensConfigSchema),
    /** A session that nobody uses ends after this. */
    idleMinutes: z._default(z.int().check(z.minimum(1), z.maximum(10_080)), 60),
    /** Every session ends after this. */
    longestHours: z._default(z.int().check(z.minimum(1), z.maximum(720)), 12),
  })
  .check(
    z.refine(
      ({ local, oidc, header, cassandra }) =>
        local !== undefined || oidc.length > 0 || header !== undefined || cassandra !== undefined,
      'name a way to sign in: local, oidc, header or cassandra',
    ),
    z.refine(({ oidc }) => new Set(oidc.map(({ name }) => name)).size === oidc.length, 'two providers have one name'),
  );
export type SignInConfig = z.infer<typeof signInConfigSchema>;

export const signInRequestSchema = z.object({
  name: z.string().check(z.maxLength(200)),
  password: z.string().check(z.maxLength(LONGEST_PASSWORD)),
  /** The cluster whose role it is; absent: a local user. */
  cluster: z.optional(z.string().check(z.maxLength(200))),
});

/** One's own password, with the one that it replaces. */
export const changePasswordRequestSchema = z.strictObject({
  current: z.string().check(z.maxLength(LONGEST_PASSWORD)),
  password: z.string().check(z.maxLength(LONGEST_PASSWORD)),
});

/** The page to go to after signing in. */
export const oidcBeginRequestSchema = z.object({ to: z.optional(z.string().check(z.maxLength(8_000))) });

/** What a provider sends back is checked by what knows its form (RFC 6749, 4.1.2). */
export const oidcCallbackSchema = z.record(z.string(), z.string());

/** Where the browser goes after signing out: this server's page, or the provider's, which ends its own session. */
export const signedOutSchema = z.object({ to: z.string() });

/**
 * Why somebody is not signed in. `refused`, `away`, `late`: they come back from a provider. `restart`: Ringside was
 * restarted, and knows the password of their Cassandra role no more.
 */
export const signInProblemSchema = z.enum(['refused', 'away', 'late', 'restart']);
export type SignInProblem = z.infer<typeof signInProblemSchema>;

/** Whoever has signed in, as the page shows them. */
const signedInSchema = z.object({
  name: z.string(),
  way: signInWaySchema,
  groups: z.array(z.string()),
});
export type SignedIn = z.infer<typeof signedInSchema>;

/** `ways` is empty where Ringside has no sign-in: everybody is the same person then. */
export const signInStateSchema = z.object({
  ways: z.array(signInWaySchema),
  providers: z.array(z.object({ name: z.string(), label: z.string() })),
  /** Whose Cassandra roles may sign in. */
  clusters: z.array(z.object({ name: z.string(), label: z.string() })),
  person: z.nullable(signedInSchema),
});
export type SignInState = z.infer<typeof signInStateSchema>;

/** A session of the person who asks. `id` names it and does not open it. */
const sessionSchema = z.object({
  id: z.string(),
  way: signInWaySchema,
  startedAt: z.iso.datetime(),
  usedAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  address: z.string(),
  /** What the browser says of itself. */
  agent: z.string(),
  isThis: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;
export const sessionsSchema = z.object({
  sessions: z.array(sessionSchema),
  /** Whether the person may see and end the sessions of others. */
  mayEndOthers: z.boolean(),
});

/** The open sessions of one person. */
const personSessionsSchema = z.object({
  /** Stable for one person, whatever the name is. */
  id: z.string(),
  name: z.string(),
  way: signInWaySchema,
  groups: z.array(z.string()),
  sessions: z.array(sessionSchema),
});
export type PersonSessions = z.infer<typeof personSessionsSchema>;

export const peopleSessionsRequestSchema = z.strictObject({
  /** Words that must all occur in the name, a group, the address or the browser. */
  search: z.optional(z.string().check(z.maxLength(200))),
});
export const peopleSessionsSchema = z.object({
  people: z.array(personSessionsSchema),
  /** There are more than are listed. */
  hasMore: z.boolean(),
});
export type PeopleSessions = z.infer<typeof peopleSessionsSchema>;
