import * as z from 'zod/mini';
import { isJson } from './json';
import { MOST_STATEMENT_CHARACTERS } from './limits';

/** Jobs that repeat: when, for whom, what is kept of their files, and how the last runs ended. */

const NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const nameOf = (what: string) =>
  z.string().check(z.regex(NAME, `the name of a ${what} has only lower-case letters, digits, - and _`));

/** It names a person's schedule everywhere: in addresses, at the prompt, and as its file. */
export const scheduleNameSchema = nameOf('schedule');
export const webhookNameSchema = nameOf('webhook');

const PATTERN_CHARACTERS = 200;
const ZONE_CHARACTERS = 64;

/** When a schedule runs: a cron pattern, read on the clocks of a time zone. The server checks both. */
const whenShape = {
  /** Five fields, or six with seconds first, or a name such as `@daily`. */
  pattern: z.string().check(z.minLength(1), z.maxLength(PATTERN_CHARACTERS)),
  /** An IANA name such as `Europe/Berlin`. */
  timeZone: z.string().check(z.minLength(1), z.maxLength(ZONE_CHARACTERS)),
};
export const whenSchema = z.strictObject(whenShape);
export type When = z.infer<typeof whenSchema>;

/** A run is kept while one of the limits keeps it; null: no such limit. Without any, all runs are kept. */
const keepSchema = z.strictObject({
  runs: z.nullable(z.int().check(z.minimum(1), z.maximum(400))),
  days: z.nullable(z.int().check(z.minimum(1), z.maximum(3_650))),
});
export type Keep = z.infer<typeof keepSchema>;

const ownShape = { ...whenShape, keep: keepSchema, webhook: z.nullable(webhookNameSchema) };

const requestSchema = z.unknown().check(z.refine(isJson, 'expected JSON'));

/** Of jobs that write: what a person has seen of them. */
const confirmSchema = z.strictObject({
  /** Exactly as the plan shows it. */
  statement: z.string().check(z.maxLength(2 * MOST_STATEMENT_CHARACTERS)),
  /** The name that the plan asks for. */
  name: z.optional(z.string()),
});

const repeatedShape = {
  /** The kind of its jobs: `export`, `load` or `copy`. */
  kind: z.string().check(z.minLength(1), z.maxLength(40)),
  /** What every run is asked to do, as the kind takes it. */
  request: requestSchema,
};

/** `POST /api/clusters/{cluster}/schedules/plan`. */
export const schedulePlanRequestSchema = z.strictObject(repeatedShape);

/** What the runs of a schedule would do. Nothing is kept or written. */
export const schedulePlanSchema = z.object({
  title: z.string(),
  /** Everything that a run sends. */
  statement: z.string(),
  /** The statement must be confirmed, because it writes. */
  isWrite: z.boolean(),
  /** What must be typed to confirm it; null: nothing. */
  confirmName: z.nullable(z.string()),
  notes: z.array(z.string()),
});
export type SchedulePlan = z.infer<typeof schedulePlanSchema>;

/** `POST /api/clusters/{cluster}/schedules`. */
export const newScheduleSchema = z.strictObject({
  name: scheduleNameSchema,
  ...repeatedShape,
  ...ownShape,
  confirm: z.optional(confirmSchema),
});
export type NewSchedule = z.input<typeof newScheduleSchema>;

/** `POST /api/schedules/{name}`. `run`: now, whether paused or not. */
export const scheduleActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['pause', 'resume', 'run']) }),
  z.strictObject({
    action: z.literal('change'),
    ...ownShape,
    /** Absent: what it repeats stays. Its kind and cluster always do. */
    request: z.optional(requestSchema),
    confirm: z.optional(confirmSchema),
  }),
]);
export type ScheduleAction = z.infer<typeof scheduleActionSchema>;

/**
 * `running`, `paused`, `complete`, `failed`, `cancelled` as its job; `failed` also when no job could be started. `skipped`:
 * the run before was still going. `missed`: Ringside was not running then, or the clock was set forward.
 */
const SCHEDULE_STATES = ['running', 'paused', 'complete', 'failed', 'cancelled', 'skipped', 'missed'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

export const scheduleRunSchema = z.object({
  id: z.string(),
  /** When it was due, or a person started it. ISO 8601 UTC, as all times here. */
  at: z.string(),
  by: z.enum(['time', 'person']),
  state: z.enum(SCHEDULE_STATES),
  /** How many in a row were skipped. */
  times: z.int(),
  /** Null: there is no job, or its files are removed. */
  jobId: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  rows: z.int(),
  bytes: z.int(),
  /** Of a run that writes: rows that are not in the table, or not as they were written. */
  failedRows: z._default(z.int(), 0),
  /** Why it failed, was skipped or missed, or what of it did. */
  message: z.nullable(z.string()),
  /** Earlier runs whose files were removed after this one. */
  removed: z.int(),
  /** What became of its report; null: there is no webhook, or it is on its way. */
  hook: z.nullable(z.object({ isDelivered: z.boolean(), message: z.nullable(z.string()) })),
});
export type ScheduleRun = z.infer<typeof scheduleRunSchema>;

export const scheduleSchema = z.object({
  /** Of its jobs too; another schedule of this name has another. */
  id: z.string(),
  name: scheduleNameSchema,
  cluster: z.string(),
  kind: z.string(),
  /** What is moved, for people, and the statement that moves it. */
  title: z.string(),
  statement: z.string(),
  /** As the kind takes it, with everything decided. */
  request: z.unknown(),
  ...ownShape,
  isPaused: z.boolean(),
  createdAt: z.string(),
  /** Null: it is paused, or never comes again. */
  nextAt: z.nullable(z.string()),
  /** The last ones, newest first. */
  runs: z.array(scheduleRunSchema),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const schedulesResponseSchema = z.object({
  schedules: z.array(scheduleSchema),
  /** The names of the configured webhooks. */
  webhooks: z.array(z.string()),
  /** Why no schedule runs in this process; null: they do. */
  standstill: z.nullable(z.string()),
});
export type SchedulesResponse = z.infer<typeof schedulesResponseSchema>;

/** The next times of a pattern, ISO 8601 UTC; fewer, or none, if there are no more. */
export const nextTimesSchema = z.object({ times: z.array(z.string()) });
