import 'server-only';
import { z } from 'zod';
import { sparkRequestSchema } from '@/lib/contract/spark';

/** What a job keeps: the request, with all that must not differ between two looks at it. */
export const sparkWorkSchema = z.object({
  request: sparkRequestSchema,
  master: z.string(),
  /** The text of the script, as it was planned. */
  script: z.string(),
  /** Write time of all rows, in microseconds. */
  timestampMicros: z.number().int(),
});
export type SparkWork = z.output<typeof sparkWorkSchema>;
