import * as z from 'zod/mini';
import { nameSchema } from './common';
import { rightLimitsSchema, VERBS } from './rights';
import { signInWaySchema } from './sign-in';

/** What a person may do, and by which rule. */

const verbSchema = z.enum(VERBS);

/** What is asked about; without a table all of the keyspace, without a keyspace all of the cluster. */
const placeShape = { keyspace: z.optional(nameSchema), table: z.optional(nameSchema) };
export const ownRightsRequestSchema = z.strictObject(placeShape);
export type OwnRightsRequest = z.infer<typeof ownRightsRequestSchema>;

/** Somebody else. `groups` is absent: those that a local user of this name has; without any for others. */
export const personRightsRequestSchema = z.strictObject({
  ...placeShape,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  way: signInWaySchema,
  groups: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(100))),
});
export type PersonRightsRequest = z.infer<typeof personRightsRequestSchema>;

/** One grant of a role: what it gives, and for which names. */
const shownRuleSchema = z.object({
  role: z.string(),
  clusters: z.array(z.string()),
  keyspaces: z.array(z.string()),
  tables: z.array(z.string()),
  verbs: z.array(verbSchema),
  /** Columns that it masks, in all its masks. */
  masked: z.array(z.string()),
  /** Of its role. */
  limits: rightLimitsSchema,
});
export type ShownRule = z.infer<typeof shownRuleSchema>;

/** What is missing. It may be for another table than was asked about: a view shows the rows of its table. */
const missingRightSchema = z.object({
  verb: verbSchema,
  keyspace: z.nullable(z.string()),
  table: z.nullable(z.string()),
  /** The right is there, but columns are masked. */
  isMasked: z.boolean(),
});
export type MissingRight = z.infer<typeof missingRightSchema>;

/** The most that a person may read or write somewhere, and the role that decides it. */
const shownLimitSchema = z.object({
  kind: z.enum(['rows', 'rowsPerSecond', 'reads', 'statementSeconds']),
  most: z.int(),
  role: z.string(),
});
export type ShownLimit = z.infer<typeof shownLimitSchema>;

/** One verb. With neither a rule nor something missing nobody signs in, so that it is allowed. */
const verbAnswerSchema = z.object({
  verb: verbSchema,
  /** `operate` and `admin` are for a whole cluster, whatever table is asked about. */
  of: z.enum(['place', 'cluster']),
  /** What allows it everywhere in the place. */
  rule: z.nullable(shownRuleSchema),
  missing: z.nullable(missingRightSchema),
  /** What allows it for a part of the place. */
  partly: z.nullable(shownRuleSchema),
  /** What limits it, where it is allowed. */
  limits: z.array(shownLimitSchema),
});
export type VerbAnswer = z.infer<typeof verbAnswerSchema>;

export const rightsAnswerSchema = z.object({
  /** Null where nobody signs in. */
  person: z.nullable(z.object({ name: z.string(), way: signInWaySchema, groups: z.array(z.string()) })),
  verbs: z.array(verbAnswerSchema),
  /** All that the person's roles give on this cluster. */
  rules: z.array(shownRuleSchema),
  /** Nobody can change anything on this cluster through Ringside, whatever their roles. */
  isReadOnly: z.boolean(),
  /** Whether the person who asks may ask about others. */
  mayAskOfOthers: z.boolean(),
});
export type RightsAnswer = z.infer<typeof rightsAnswerSchema>;
