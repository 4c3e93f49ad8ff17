import * as z from 'zod/mini';
import { tokenSchema } from './common';
import { EXPORT_FORMATS, type FormatOptions } from './export-formats';
import { type TransferState, transferShape } from './transfers';

/** The response header of a download with the export's id; its progress is at `/api/exports/{id}`. */
export const EXPORT_ID_HEADER = 'x-ringside-export';

export const exportFormatSchema = z.enum(EXPORT_FORMATS);

/** `zstd` only if the server's runtime has it. Parquet compresses inside the file. */
export const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const;
export const compressionSchema = z.enum(COMPRESSIONS);
export type Compression = z.infer<typeof compressionSchema>;

export const csvOptionsSchema = z.strictObject({
  delimiter: z._default(z.enum([',', ';', '\t', '|']), ','),
  header: z._default(z.boolean(), true),
  /** The text for null, by default nothing. Empty text is always `""`. */
  nullText: z._default(z.string().check(z.maxLength(40)), ''),
  /** Put ' before text that a spreadsheet would run as a formula. */
  formulaSafe: z._default(z.boolean(), false),
});

export const parquetOptionsSchema = z.strictObject({
  /** `text`, or the scale of every decimal, with 0 for varints: a value that does not fit fails, never rounds. */
  decimal: z._default(z.union([z.literal('text'), z.int().check(z.minimum(0), z.maximum(38))]), 'text'),
  varint: z._default(z.enum(['text', 'decimal']), 'text'),
  compression: z._default(z.enum(['none', 'snappy', 'gzip']), 'snappy'),
});

/** A request's fields with the options of its format: all optional, as only those of its own format are used. */
export const formatOptionsShape = {
  csv: z.optional(csvOptionsSchema),
  parquet: z.optional(parquetOptionsSchema),
} satisfies Readonly<Record<FormatOptions, unknown>>;

/** The page keeps the options of all formats, to send those of the chosen one. */
export const pageFormatOptionsShape = {
  // The page's CSV is mostly opened in a spreadsheet; programs use the terminal or the API, which write text as it is.
  csv: z._default(csvOptionsSchema, csvOptionsSchema.parse({ formulaSafe: true })),
  parquet: z._default(parquetOptionsSchema, parquetOptionsSchema.parse({})),
} satisfies Readonly<Record<FormatOptions, unknown>>;

/** TTL and write time of every regular column that has them, as columns `ttl(name)` and `writetime(name)`. */
export const extraColumnsSchema = z.strictObject({
  ttl: z._default(z.boolean(), false),
  writetime: z._default(z.boolean(), false),
});

/**
 * `running` → one of the others, which are final. `complete` only once the last byte was handed to the connection;
 * `stopped`: by a person or because the client left; `failed`: see `error`.
 */
export const EXPORT_STATES = ['running', 'complete', 'stopped', 'failed'] as const satisfies readonly TransferState[];

export const exportProgressSchema = z.object({
  ...transferShape,
  format: exportFormatSchema,
  compression: compressionSchema,
  fileName: z.string(),
  state: z.enum(EXPORT_STATES),
  pages: z.int(),
  ringFraction: z.nullable(z.number()),
  token: z.nullable(tokenSchema),
  startedAt: z.string(),
  /** Of the file, hex; only when complete, and not of a download that was resumed. */
  sha256: z.nullable(z.string()),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

export const exportsResponseSchema = z.object({
  exports: z.array(exportProgressSchema),
  /** What this server can compress with. */
  compressions: z.array(compressionSchema),
});
/** One line of `GET /api/exports/{id}` (NDJSON): the progress now, until it has ended. */
export const exportProgressLineSchema = exportProgressSchema;

/**
 * A resumable download is requested with this `accept`: frames of a type byte, a length (unsigned 32-bit, big endian) and
 * that many bytes. `F`: bytes of the file. `C`: a checkpoint (UTF-8) for exactly the file's bytes so far. `E`: an ApiError
 * as JSON, the last frame of a failed download. `Z`: `{rows, bytes}` as JSON, the last frame of a complete one. A stream
 * that ends without `E` or `Z` was cut off.
 */
export const FRAMED_TYPE = 'application/x-ringside-frames';

/** A request for a download that is too long for an address: kept for a minute, for one download. */
export const heldExportSchema = z.object({ id: z.string() });
