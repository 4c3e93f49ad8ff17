import { z } from 'zod';
import { consistencySchema, timeoutMsSchema } from '@/lib/contract/common';
import { filtersSchema } from '@/lib/contract/filters';
import { copiedSchema } from '@/lib/contract/move-counts';
import { scanLimitsSchema } from '@/lib/contract/scans';
import { mappingSchema } from '@/lib/contract/transforms';
import { checkpointSchema } from '@/lib/jobs/work-state';

/** Where rows come from. */
const sourceSchema = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('table'),
    keyspace: z.string(),
    table: z.string(),
    filters: filtersSchema,
    allowFiltering: z.boolean(),
  }),
  z.object({ from: z.literal('statement'), statement: z.string() }),
  /** The failed rows in an earlier job's directory. */
  z.object({ from: z.literal('job'), directory: z.string() }),
]);
export type SourceWork = z.output<typeof sourceSchema>;

/** A reviewed copy, as its job's file keeps it. */
export const copyWorkSchema = z.object({
  source: sourceSchema,
  target: z.object({ cluster: z.string(), keyspace: z.string(), table: z.string() }),
  mapping: mappingSchema,
  /** Run first, once; empty where the target was there. */
  create: z.array(z.string()),
  /** Of the target when it was reviewed; null where it is created. */
  targetVersion: z.string().nullable(),
  nulls: z.enum(['leave', 'delete']),
  verify: z.enum(['none', 'count', 'compare']),
  rowsPerSecond: z.number().int().nullable(),
  limits: z.optional(scanLimitsSchema),
  consistency: consistencySchema,
  targetConsistency: consistencySchema,
  timeoutMs: timeoutMsSchema,
  /** As they were shown. */
  read: z.string(),
  write: z.string(),
});
export type CopyWork = z.output<typeof copyWorkSchema>;

const count = z.number().int();
const token = z.string().regex(/^-?\d{1,19}$/);

/** How far a copy has got. Rows after the checkpoint may be written already, and are written again with the same times. */
export const copyStateSchema = checkpointSchema.extend({
  /** Write time of what has no other, in microseconds. */
  micros: z.string().regex(/^\d+$/),
  /** How often the job was started: each run writes lists a little later. */
  runs: count,
  phase: z.enum(['create', 'write', 'verify']),
  /** The scan's checkpoint, or the bytes read of a file of failed rows. */
  scan: z.string().nullable(),
  line: count,
  counts: copiedSchema,
  /** From, to, rows written, and rows found in the target (null: not read back yet). */
  ranges: z.array(z.tuple([token, token, count, count.nullable()])),
  failed: z.object({ bytes: count, lines: count }),
});
export type CopyState = z.output<typeof copyStateSchema>;
