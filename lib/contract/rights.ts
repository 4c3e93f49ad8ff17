import * as z from 'zod/mini';
import { groupNameSchema, signInWaySchema } from './sign-in';

/** Who may do what, as the configuration says it. */

/**
 * `see`: that it exists, its schema and sizes; `read`: its rows; `export`: take them away; `write`: change and load them;
 * `ddl`: change the schema; `approve`: let others do that where a cluster wants a second person; `operate`: nodes, traces,
 * other people's running work; `admin`: roles, clusters, audit.
 */
export const VERBS = ['see', 'read', 'export', 'write', 'ddl', 'approve', 'operate', 'admin'] as const;
const verbSchema = z.enum(VERBS);
export type Verb = z.infer<typeof verbSchema>;

/** What changes something in Cassandra. */
export const CHANGING = ['write', 'ddl', 'admin'] as const satisfies readonly Verb[];
export type Changing = (typeof CHANGING)[number];

/** Ready-made roles, each with what it may do. */
export const READY_MADE = {
  viewer: ['see'],
  analyst: ['see', 'read', 'export'],
  editor: ['see', 'read', 'export', 'write'],
  operator: ['see', 'operate'],
  admin: VERBS,
} as const satisfies Readonly<Record<string, readonly Verb[]>>;
const readyMadeSchema = z.enum(['viewer', 'analyst', 'editor', 'operator', 'admin']);

/** A name in which `*` stands for any letters, none included. Letters count as written. */
const globSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(256), z.regex(/^[^*]*(\*[^*]*){0,8}$/, 'a name has at most eight stars'));
const globsSchema = z.array(globSchema).check(z.minLength(1), z.maxLength(1_000));

/** How the value of a masked column is shown. */
const maskSchema = z.strictObject({
  columns: globsSchema,
  /** Absent: `•••`. `null`: as if there were no value. */
  as: z._default(z.enum(['dots', 'null']), 'dots'),
});
export type Mask = z.infer<typeof maskSchema>;

/** What a role gives for some tables. */
export const grantSchema = z.strictObject({
  clusters: z._default(globsSchema, ['*']),
  keyspaces: z._default(globsSchema, ['*']),
  tables: z._default(globsSchema, ['*']),
  verbs: z.array(verbSchema).check(z.minLength(1)),
  masks: z._default(z.array(maskSchema), []),
});
export type Grant = z.infer<typeof grantSchema>;

/** The most that one person may read and write with a role, on each cluster. */
export const rightLimitsSchema = z.strictObject({
  /** That one statement, download or job gives. */
  rows: z.optional(z.int().check(z.minimum(1))),
  /** Over all reads together, and over all jobs that write. */
  rowsPerSecond: z.optional(z.int().check(z.minimum(1))),
  /** Reads, downloads and jobs at the same time. */
  reads: z.optional(z.int().check(z.minimum(1))),
  /** From the first rows that a statement, download or count asks for to its end. */
  statementSeconds: z.optional(z.int().check(z.minimum(1))),
});
export type RightLimits = z.infer<typeof rightLimitsSchema>;

/** One person, or all who are in a group. */
const subjectSchema = z.union([
  z.strictObject({ user: z.string().check(z.minLength(1)), way: z.optional(signInWaySchema) }),
  z.strictObject({ group: groupNameSchema, way: z.optional(signInWaySchema) }),
  /** Everybody who has signed in, in any way or this one. */
  z.strictObject({ everybody: z.literal(true), way: z.optional(signInWaySchema) }),
]);
export type Subject = z.infer<typeof subjectSchema>;

/** `roles` in the configuration file. */
export const roleConfigSchema = z
  .strictObject({
    name: z
      .string()
      .check(z.regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'a role’s name has only lower-case letters, digits, - and _')),
    subjects: z.array(subjectSchema).check(z.minLength(1)),
    /** A ready-made role, for the tables that are named beside it. */
    as: z.optional(readyMadeSchema),
    clusters: z.optional(globsSchema),
    keyspaces: z.optional(globsSchema),
    tables: z.optional(globsSchema),
    masks: z.optional(z.array(maskSchema)),
    /** What it gives, written out. */
    allow: z._default(z.array(grantSchema), []),
    limits: z._default(rightLimitsSchema, {}),
  })
  .check(
    z.refine(({ as, allow }) => as !== undefined || allow.length > 0, 'a role needs as, or allow'),
    z.refine(
      ({ as, ...beside }) =>
        as !== undefined || ['clusters', 'keyspaces', 'tables', 'masks'].every((key) => !(key in beside)),
      'clusters, keyspaces, tables and masks of a role belong to as; in allow they stand in each entry',
    ),
  );
export type RoleConfig = z.infer<typeof roleConfigSchema>;
