import { z } from 'zod';
import type { Truncations } from '@/lib/cassandra/nodes/truncations';
import type { compareRequestSchema } from '@/lib/contract/compare';
import { comparedSchema } from '@/lib/contract/move-counts';
import { checkpointSchema } from '@/lib/jobs/work-state';

/** A comparison with its defaults filled in, as its job's file keeps it. */
export type CompareWork = z.output<typeof compareRequestSchema>;

const truncationsSchema: z.ZodType<Truncations> = z.record(z.string(), z.string());
const token = z.string().regex(/^-?\d{1,19}$/);

/** How far a comparison has got: whole token ranges, and what was found in them. */
export const compareStateSchema = checkpointSchema.extend({
  /** From, to, and whether it is compared to its end. */
  ranges: z.array(z.tuple([token, token, z.boolean()])),
  truncations: z.object({ source: truncationsSchema, target: truncationsSchema }),
  counts: comparedSchema,
  /** Of the file of differences. */
  file: z.object({ bytes: z.number().int(), lines: z.number().int() }),
});
export type CompareState = z.output<typeof compareStateSchema>;
