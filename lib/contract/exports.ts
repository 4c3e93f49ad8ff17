import * as z from 'zod/mini';
import { tokenSchema } from './common';
import { apiErrorSchema } from './errors';

/** The header that names an export in the download's answer; its progress is at `/api/exports/{id}`. */
export const EXPORT_ID_HEADER = 'x-ringside-export';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export const exportFormatSchema = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/**
 * `running` → one of the others, for good. `complete` is said only when the last byte was handed to the connection;
 * `stopped`: by a person or because the reader went away; `failed`: see `error`.
 */
export const EXPORT_STATES = ['running', 'complete', 'stopped', 'failed'] as const;

export const exportProgressSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  /** What is exported, for people: `flights.by_origin_day` or the statement. */
  title: z.string(),
  statement: z.string(),
  format: exportFormatSchema,
  fileName: z.string(),
  state: z.enum(EXPORT_STATES),
  rows: z.int(),
  /** Bytes of the file so far. */
  bytes: z.int(),
  pages: z.int(),
  ringFraction: z.nullable(z.number()),
  token: z.nullable(tokenSchema),
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  elapsedMs: z.number(),
  /** Of the file, hex; only when complete. */
  sha256: z.nullable(z.string()),
  error: z.nullable(apiErrorSchema),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

export const exportsResponseSchema = z.object({ exports: z.array(exportProgressSchema) });
/** One line of `GET /api/exports/{id}` (NDJSON): the progress now, until it has ended. */
export const exportProgressLineSchema = exportProgressSchema;
