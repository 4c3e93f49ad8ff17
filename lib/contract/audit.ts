import * as z from 'zod/mini';
import { errorCodeSchema } from './errors';

/** Who did what, as lines that are only ever added to. */

/** `audit` in the configuration file. */
export const auditConfigSchema = z.strictObject({
  to: z._default(z.enum(['file', 'stdout', 'both']), 'file'),
  /** The file that is written; those set aside stand beside it. In the data folder otherwise. */
  file: z.optional(
    z.string().check(z.refine((path) => path.endsWith('.ndjson'), 'the name of the file must end in .ndjson')),
  ),
  /** The file is set aside when it is this large. */
  fileMb: z._default(z.int().check(z.minimum(1), z.maximum(4_096)), 64),
  /** Files that are kept, the one that is written among them. */
  files: z._default(z.int().check(z.minimum(2), z.maximum(1_000)), 20),
  /** What was written is on the disk before it counts as written: `fdatasync` after each batch of lines. */
  sync: z._default(z.boolean(), true),
  /** Values in statements. Passwords are never kept. */
  literals: z._default(z.enum(['keep', 'redact']), 'keep'),
  /** Values of bind markers, and everything in a request that may be one. */
  parameters: z._default(z.enum(['keep', 'redact']), 'redact'),
  /** While it cannot be written. Absent: writes are refused where people sign in. */
  ifFailing: z.optional(z.enum(['refuse_writes', 'go_on'])),
});
export type AuditConfig = z.infer<typeof auditConfigSchema>;

/**
 * `request`: one that was answered; `begun`: one that may write, before anything is sent; `statement`: one of several that a
 * request ran; `session`: one that ended by
 * itself; `token`: an API token that its person did not revoke; `pass`: an emergency pass that ended; `job`: a step of a job; `server`: it started or stopped; `configuration`: its file was taken or refused while the
 * server runs; `lost`: lines that are missing here.
 */
const AUDIT_EVENTS = [
  'request',
  'begun',
  'statement',
  'session',
  'token',
  'pass',
  'job',
  'server',
  'configuration',
  'lost',
] as const;

/**
 * `done`: answered, or all rows were sent; `stopped`: its reader left, or somebody ended it; `refused`: Ringside or
 * Cassandra did not allow it; `failed`: anything else.
 */
export const AUDIT_OUTCOMES = ['begun', 'done', 'stopped', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Why a session ended that its person did not end. */
const SESSION_ENDS = ['time', 'user_removed', 'password', 'provider', 'role', 'admin'] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/** One line. A field is absent where it does not apply. */
export const auditEntrySchema = z.object({
  id: z.string(),
  /** When it began, ISO 8601 UTC. */
  time: z.string(),
  event: z.enum(AUDIT_EVENTS),
  /** The name; null where nobody had signed in. */
  person: z.nullable(z.string()),
  /** Stable for one person, whatever the name is. */
  personId: z.optional(z.string()),
  /** How they signed in: `local`, `oidc`, `header`. */
  way: z.optional(z.string()),
  /** The API token that the request came with, or that ended. */
  token: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** The API token that the request made or ended, and whose it is. */
  ofToken: z.optional(z.object({ id: z.string(), name: z.string(), person: z.string() })),
  /** Who somebody tried to sign in as. */
  attempted: z.optional(z.string()),
  address: z.optional(z.string()),
  requestId: z.optional(z.string()),
  cluster: z.optional(z.string()),
  /** As docs/api.md has it: `POST /api/clusters/{cluster}/query`. */
  endpoint: z.optional(z.string()),
  /** The names in the path but the cluster's. */
  names: z.optional(z.record(z.string(), z.string())),
  /** `keyspace.table`, as far as the request names them. */
  tables: z.optional(z.array(z.string())),
  statement: z.optional(z.string()),
  /** Of the whole statement, where only its beginning is kept. */
  statementCharacters: z.optional(z.int()),
  /** What was sent, without what may be a value. */
  input: z.optional(z.unknown()),
  consistency: z.optional(z.string()),
  /** Who coordinated it, the first twenty. */
  coordinators: z.optional(z.array(z.string())),
  rows: z.optional(z.int()),
  /** That were sent to the browser. */
  bytes: z.optional(z.int()),
  elapsedMs: z.optional(z.number()),
  outcome: z.enum(AUDIT_OUTCOMES),
  error: z.optional(errorCodeSchema),
  /** Of a change: `applied`, `not_applied`, `unknown`. */
  applied: z.optional(z.string()),
  /** The emergency pass that it ran by, or that ended. */
  pass: z.optional(z.object({ reason: z.string(), until: z.string() })),
  /** The change that it asked for, decided on or ran: its id, and what happened to it. */
  approval: z.optional(z.object({ id: z.string(), state: z.string(), asker: z.string() })),
  job: z.optional(
    z.object({
      id: z.string(),
      kind: z.string(),
      step: z.string(),
      title: z.string(),
      schedule: z.optional(z.string()),
    }),
  ),
  /** Of `server`: the version, and the SHA-256 of the configuration. */
  server: z.optional(z.object({ version: z.string(), configuration: z.nullable(z.string()) })),
  /** Of `session` and `token`; absent in lines of earlier versions, where it was the time. */
  ended: z.optional(z.enum(SESSION_ENDS)),
  /** Of `configuration`: the keys that differ from what was used before, never their values. */
  configuration: z.optional(z.object({ keys: z.array(z.string()) })),
  /** How many lines were not written, and why. */
  lost: z.optional(z.object({ lines: z.int(), since: z.string(), until: z.string(), why: z.string() })),
  /** Like this one, in the last minute, and not listed one by one. */
  more: z.optional(z.int()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const timeSchema = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'a time such as 2026-11-29T06:00:00Z'));

/** What lines are looked for; all of it must match. */
const auditFilterShape = {
  /** The whole name, or the id of a person. */
  person: z.optional(z.string().check(z.maxLength(300))),
  cluster: z.optional(z.string().check(z.maxLength(64))),
  /** `keyspace.table`, or a keyspace. */
  table: z.optional(z.string().check(z.maxLength(600))),
  outcome: z.optional(z.enum(AUDIT_OUTCOMES)),
  since: z.optional(timeSchema),
  until: z.optional(timeSchema),
  /** A text anywhere in the line, ignoring case. */
  text: z.optional(z.string().check(z.maxLength(200))),
};
export const auditFilterSchema = z.strictObject(auditFilterShape);
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditRequestSchema = z.strictObject({
  ...auditFilterShape,
  /** Where an earlier search ended: what is older. */
  before: z.optional(z.string().check(z.regex(/^\d{1,20}\.\d{1,16}$/, 'the place where an earlier search ended'))),
});
export type AuditRequest = z.infer<typeof auditRequestSchema>;

/** How the audit stands. */
const auditStandingSchema = z.object({
  to: z.enum(['file', 'stdout', 'both']),
  /** On the server; null: it goes to stdout alone, and cannot be searched here. */
  file: z.nullable(z.string()),
  /** Why it cannot be written now, and since when; null: it can. */
  failing: z.nullable(z.object({ since: z.string(), why: z.string() })),
  refusesWrites: z.boolean(),
  /** Since the server started. */
  lines: z.int(),
  lost: z.int(),
});
export type AuditStanding = z.infer<typeof auditStandingSchema>;

/** Newest first. `next`: where to search on; null: there is nothing older. */
export const auditResponseSchema = z.object({
  /** Null: nothing is audited. */
  standing: z.nullable(auditStandingSchema),
  entries: z.array(auditEntrySchema),
  next: z.nullable(z.string()),
});
export type AuditResponse = z.infer<typeof auditResponseSchema>;
