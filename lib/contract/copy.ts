import * as z from 'zod/mini';
import { consistencySchema, nameSchema, timeoutMsSchema } from './common';
import { targetTableSchema } from './compare';
import { filtersSchema } from './filters';
import { MOST_STATEMENT_CHARACTERS } from './limits';
import { scanLimitsSchema } from './scans';
import { mappingSchema } from './transforms';

/**
 * Rows copied into a table of the same or another cluster: POST …/copy says what would be read, created and written, which
 * writes nothing, and POST …/copy/start makes a job of it. The cluster of the address has the source.
 */

/** What is checked when all rows are written. `count`: rows found in the target; `compare`: every value that was copied as it is. */
const VERIFICATIONS = ['none', 'count', 'compare'] as const;

export const copyRequestSchema = z
  .strictObject({
    keyspace: z.optional(nameSchema),
    table: z.optional(nameSchema),
    /** A SELECT instead of a table. */
    statement: z.optional(z.string().check(z.maxLength(MOST_STATEMENT_CHARACTERS))),
    filters: z.optional(filtersSchema),
    allowFiltering: z.optional(z.boolean()),
    /** The rows that an earlier copy could not write, as its file has them. */
    again: z.optional(z.strictObject({ job: z.uuid() })),
    target: targetTableSchema,
    /** Creates the target if it is not there, from the source's schema. */
    create: z._default(z.boolean(), false),
    /** Default: every column into the column of its name; for failed rows, as the earlier copy did. */
    mapping: z.optional(mappingSchema),
    keepTtl: z._default(z.boolean(), false),
    keepWriteTime: z._default(z.boolean(), false),
    /** `leave`: a null writes nothing; `delete`: it writes a tombstone. */
    nulls: z._default(z.enum(['leave', 'delete']), 'leave'),
    verify: z._default(z.enum(VERIFICATIONS), 'count'),
    rowsPerSecond: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
    /** Of reading the source. */
    limits: z.optional(scanLimitsSchema),
    consistency: z.optional(consistencySchema),
    targetConsistency: z.optional(consistencySchema),
    timeoutMs: z.optional(timeoutMsSchema),
  })
  .check(
    z.refine(
      ({ keyspace, table, statement, again }) =>
        [keyspace !== undefined && table !== undefined, statement !== undefined, again !== undefined].filter(Boolean)
          .length === 1,
      'a copy needs either keyspace and table, or a statement, or the job whose failed rows are copied again',
    ),
  );
export type CopyRequest = z.input<typeof copyRequestSchema>;

export const copyPlanSchema = z.object({
  /** Starts the job, once. */
  token: z.string(),
  expiresAt: z.string(),
  /** What must be typed to start it; null: nothing. */
  confirmName: z.nullable(z.string()),
  /** The SELECT, or the file that is read. */
  read: z.string(),
  /** What is run first, exactly; empty where the target is there. */
  create: z.array(z.string()),
  /** What writes a row, with `?` for its values. */
  write: z.string(),
  mapping: mappingSchema,
  /** Fields that can be mapped, with their types. */
  fields: z.array(z.object({ name: z.string(), type: z.string() })),
  /** Columns of the source that are not copied, and of the target that stay without a value. */
  left: z.array(z.object({ name: z.string(), why: z.string() })),
  /** Of the whole source table, by the nodes’ estimates; null: unknown. */
  estimate: z.nullable(z.object({ bytes: z.number(), partitions: z.number() })),
  notes: z.array(z.string()),
  consistency: consistencySchema,
  targetConsistency: consistencySchema,
});
export type CopyPlan = z.infer<typeof copyPlanSchema>;

export const copyStartSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The name that the plan asks for. */
  confirmName: z.optional(z.string()),
});
