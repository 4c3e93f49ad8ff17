import * as z from 'zod/mini';
import { signInWaySchema } from './sign-in';

/** API tokens: what a person gives a program, so that it asks as them. */

/** How many open ones a person may have. */
export const MOST_API_TOKENS = 20;

/** What the page offers, as far as the configuration allows it. */
export const API_TOKEN_DAYS = [7, 30, 90] as const;

/** To what a token narrows the rights of its person. */
export const narrowingSchema = z.object({
  /** It may see, read and export at most. */
  readOnly: z.boolean(),
  /** It may use these at most; null: all that its person may. */
  clusters: z.nullable(z.readonly(z.array(z.string()))),
});
export type Narrowing = z.infer<typeof narrowingSchema>;

export const newApiTokenSchema = z.strictObject({
  /** For people and the audit: which program has it. */
  name: z
    .string()
    .check(
      z.regex(
        /^[\p{L}\p{N}][\p{L}\p{N} ._:@/+-]{0,59}$/u,
        'a name has letters, digits, spaces and . _ : @ / + -, at most 60',
      ),
    ),
  days: z.int().check(z.minimum(1), z.maximum(365)),
  readOnly: z._default(z.boolean(), false),
  clusters: z.optional(
    z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.minLength(1), z.maxLength(50)),
  ),
});
export type NewApiToken = z.input<typeof newApiTokenSchema>;

/**
 * Why a token ended. `time`: its own end; `revoked`: by its person; `admin`: by an admin; `user_removed`, `password`: with
 * its local user, or because they were given another password.
 */
export const API_TOKEN_ENDS = ['time', 'revoked', 'admin', 'user_removed', 'password'] as const;
const apiTokenEndSchema = z.enum(API_TOKEN_ENDS);
export type ApiTokenEnd = z.infer<typeof apiTokenEndSchema>;

/** One token, without what opens anything. `id` names it. */
const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  ...narrowingSchema.shape,
  madeAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** The day of the last use, in UTC, and where it came from; null: it was never used. */
  used: z.nullable(z.object({ day: z.string(), address: z.string() })),
  /** Null: it can be used. */
  ended: z.nullable(apiTokenEndSchema),
  /** The provider must confirm its person’s groups before it works again: they sign in. */
  isWaiting: z.boolean(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;

/** A token that was just made. `text` is what opens, and is kept nowhere. */
export const madeApiTokenSchema = z.object({ token: apiTokenSchema, text: z.string() });
export type MadeApiToken = z.infer<typeof madeApiTokenSchema>;

export const apiTokensSchema = z.object({
  /** Open ones first, then those that ended in the last 30 days; the newest first. */
  tokens: z.array(apiTokenSchema),
  /**
   * Why this person can make none; null: they can. `off`: nobody can; `oidc`: the configuration does not say how long the
   * groups of a provider count; `header`, `cassandra`: nobody could confirm the person while they are away.
   */
  whyNot: z.nullable(z.enum(['off', 'oidc', 'header', 'cassandra'])),
  longestDays: z.int(),
  /** Whether the person may see and end the tokens of others. */
  mayEndOthers: z.boolean(),
});
export type ApiTokens = z.infer<typeof apiTokensSchema>;

/** Everybody’s, for an admin: at most 500. */
export const peopleApiTokensSchema = z.object({
  people: z.array(
    z.object({
      /** Stable for one person, whatever the name is. */
      id: z.string(),
      name: z.string(),
      way: signInWaySchema,
      tokens: z.array(apiTokenSchema),
    }),
  ),
  hasMore: z.boolean(),
});
export type PeopleApiTokens = z.infer<typeof peopleApiTokensSchema>;
