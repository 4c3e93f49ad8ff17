import * as z from 'zod/mini';
import { jsonObjectSchema } from './json-schemas';
import { sourceOptionsSchema } from './load-sources';
import { mappedColumnSchema } from './transforms';

/** A record of a file that is no row of the table, and why. */
const loadFailureSchema = z.object({
  /** Counts from 1. */
  record: z.int(),
  /** From 1; null where a format has no lines. */
  line: z.nullable(z.int()),
  /** The character of the line, from 1; null: the record as a whole. */
  character: z.nullable(z.int()),
  /** The column of the table and the field of the record; null: none in particular. */
  column: z.nullable(z.string()),
  field: z.nullable(z.string()),
  /** What is there, cut short. */
  value: z.nullable(z.string()),
  /** What is wrong, what was expected, and what to do. */
  reason: z.string(),
});
export type LoadFailure = z.infer<typeof loadFailureSchema>;

/** Why a file could not be read to its end. */
const fileErrorSchema = z.object({
  message: z.string(),
  hint: z.nullable(z.string()),
  line: z.nullable(z.int()),
  character: z.nullable(z.int()),
});

const mappingProblemSchema = z.object({ column: z.nullable(z.string()), problem: z.string() });

/** An option that was guessed from the first bytes, and why. */
const guessSchema = z.object({ option: z.string(), value: z.string(), reason: z.string() });
export type OptionGuess = z.infer<typeof guessSchema>;

/** The first records of a file, read and typed by the very code that loads them. Nothing is written. */
const loadPreviewSchema = z.object({
  options: sourceOptionsSchema,
  guesses: z.array(guessSchema),
  /** The fields of the records, in their order. */
  names: z.array(z.string()),
  /** As given, or by name: possibly none. */
  mapping: z.array(mappedColumnSchema),
  /** Why each column of a guessed mapping has its field. */
  reasons: z.array(z.object({ column: z.string(), reason: z.string() })),
  leftFields: z.array(z.string()),
  leftColumns: z.array(z.string()),
  mappingProblems: z.array(mappingProblemSchema),
  rows: z.array(
    z.object({
      record: z.int(),
      line: z.nullable(z.int()),
      /** Values in their JSON form by column; those that are left as they are, are missing. */
      values: jsonObjectSchema,
      ttlSeconds: z.nullable(z.int()),
      timestampMicros: z.nullable(z.string()),
    }),
  ),
  failures: z.array(loadFailureSchema),
  error: z.nullable(fileErrorSchema),
});
export type LoadPreview = z.infer<typeof loadPreviewSchema>;
