import * as z from 'zod/mini';

/** What jobs that copy and compare have come to: every page knows jobs, so this is apart from the requests. */

/** What a comparison has found so far, in the ranges that are compared to their end. */
export const comparedSchema = z.object({
  sourceRows: z.int(),
  targetRows: z.int(),
  /** On both sides, with the same values. */
  equal: z.int(),
  /** In the source alone. */
  missing: z.int(),
  /** In the target alone. */
  extra: z.int(),
  /** On both sides, with other values. */
  different: z.int(),
  /** Differences in the file; the others are only counted. */
  kept: z.int(),
});
export type Compared = z.infer<typeof comparedSchema>;

/** Rows that are not the same on both sides. */
export function differenceCount({ missing, extra, different }: Compared): number {
  return missing + extra + different;
}

const foundRangeSchema = z.object({ from: z.string(), to: z.string(), written: z.int(), found: z.int() });
export type FoundRange = z.infer<typeof foundRangeSchema>;

/** What was found in the target when all rows were written. */
const readBackSchema = z.object({
  /** `range`: in each token range of the source; `table`: in the whole target, whose keys are others. */
  by: z.enum(['range', 'table']),
  written: z.int(),
  found: z.int(),
  /** Ranges with fewer rows than were written there. */
  lacking: z.int(),
  /** The first of them. */
  ranges: z.array(foundRangeSchema),
});
export type ReadBack = z.infer<typeof readBackSchema>;

/** How the rows of a copy ended so far. */
export const copiedSchema = z.object({
  read: z.int(),
  applied: z.int(),
  /** Certainly not written; they are in the file of failed rows. */
  refused: z.int(),
  /** May have been written; they are in that file as well. */
  unknown: z.int(),
  /** Partitions with static values alone, for which the target has no columns. */
  skipped: z.int(),
  /** Cells whose elements had several write times or TTLs, and have the newest write time now. */
  merged: z.int(),
  /** Null: not checked yet, or not wanted. */
  readBack: z.nullable(readBackSchema),
  /** The values of both tables, where that was asked for. */
  compared: z.nullable(comparedSchema),
});
export type Copied = z.infer<typeof copiedSchema>;
