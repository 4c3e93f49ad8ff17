import * as z from 'zod/mini';
import { DEFAULT_TIMEOUT_MS, defaultConsistencySchema, nameSchema, timeoutMsSchema } from './common';
import { jsonObjectSchema, jsonValueSchema } from './json-schemas';
import { UPLOAD_BYTES } from './limits';
import { bindOptionsSchema, csvSourceSchema, sourceOptionsSchema } from './load-sources';
import { mappingSchema } from './transforms';

/**
 * Files loaded into a table: a file is uploaded in pieces or is on the server, POST …/load/preview shows what its first
 * records become, POST …/load/dry-run reads all of it and writes nothing, and POST …/load/start makes a job of it.
 */

/** A file that is uploaded; nothing of it is in memory. */
export const newUploadSchema = z.strictObject({
  /** The file's name, for people; its ending may say the format. */
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  bytes: z.int().check(z.minimum(0), z.maximum(UPLOAD_BYTES)),
});

export const uploadSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Of the whole file. */
  bytes: z.int(),
  /** How many have arrived. Complete when they are as many as `bytes`. */
  received: z.int(),
  createdAt: z.string(),
});
export type Upload = z.infer<typeof uploadSchema>;
export const uploadsSchema = z.object({ uploads: z.array(uploadSchema) });

/** Where a piece of a file begins: it must be `received`. The body is the piece, at most 16 MiB. */
export const uploadPieceSchema = z.strictObject({ at: z.int().check(z.minimum(0)) });

/** A directory below those that the configuration allows; without a path, those themselves. */
export const loadFilesRequestSchema = z.strictObject({ path: z.optional(z.string().check(z.maxLength(4_096))) });
export const loadFilesSchema = z.object({
  /** Null: the entries are the allowed directories. */
  path: z.nullable(z.string()),
  entries: z.array(
    z.object({
      name: z.string(),
      /** To ask for, or to load. */
      path: z.string(),
      kind: z.enum(['file', 'directory']),
      /** Of a file. */
      bytes: z.nullable(z.int()),
      modifiedAt: z.nullable(z.string()),
    }),
  ),
  /** There are more, which are left out. */
  isCut: z.boolean(),
});
export type LoadFiles = z.infer<typeof loadFilesSchema>;

/** Where the records come from. */
const loadFromSchema = z.union([
  z.strictObject({ upload: z.uuid() }),
  /** A file on the server, or a directory, whose files are read in the order of their names. */
  z.strictObject({ path: z.string().check(z.minLength(1), z.maxLength(4_096)) }),
  /** What an export of this server wrote, or the records that a load could not write. */
  z.strictObject({ job: z.uuid() }),
]);
export type LoadFrom = z.infer<typeof loadFromSchema>;

/** When a load gives up: it can be resumed with other limits only as another load. */
const failureLimitsSchema = z.strictObject({
  /** Rows that may fail; null: any number. */
  rows: z._default(z.nullable(z.int().check(z.minimum(0))), 100),
  /** Share of the rows so far that may fail, from the thousandth on; null: any. */
  share: z._default(z.nullable(z.number().check(z.minimum(0), z.maximum(1))), null),
});

export const loadOptionsSchema = z.strictObject({
  consistency: z._default(defaultConsistencySchema, 'LOCAL_QUORUM'),
  timeoutMs: z._default(timeoutMsSchema, DEFAULT_TIMEOUT_MS),
  /** The most rows a second; null: as fast as the cluster takes them. */
  rowsPerSecond: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(1_000_000))), null),
  maxFailures: z._default(failureLimitsSchema, failureLimitsSchema.parse({})),
  /** Rows read back afterwards, at the level they were written: some of them, all of them, or none. */
  verify: z._default(z.enum(['none', 'sample', 'full']), 'sample'),
});
export type LoadOptions = z.output<typeof loadOptionsSchema>;

const targetShape = { keyspace: nameSchema, table: nameSchema, from: loadFromSchema };

const csvShape = csvSourceSchema.shape;
const sourceShape = sourceOptionsSchema.shape;
const bindShape = bindOptionsSchema.shape;

/** How the file is read, as far as a person says; the rest is found out, so there are no defaults. */
const givenSourceSchema = z.strictObject({
  format: z.optional(sourceShape.format),
  compression: z.optional(sourceShape.compression.def.innerType),
  csv: z.optional(
    z.strictObject({
      delimiter: z.optional(csvShape.delimiter.def.innerType),
      quote: z.optional(csvShape.quote.def.innerType),
      escape: z.optional(csvShape.escape.def.innerType),
      header: z.optional(csvShape.header.def.innerType),
      encoding: z.optional(csvShape.encoding.def.innerType),
      nullText: z.optional(csvShape.nullText.def.innerType),
      formulaSafe: z.optional(csvShape.formulaSafe.def.innerType),
    }),
  ),
  limits: z.optional(sourceShape.limits.def.innerType),
});
/** How records become rows; without a mapping it is guessed from the names. */
const givenBindSchema = z.strictObject({
  mapping: z.optional(mappingSchema),
  ttl: bindShape.ttl,
  timestamp: bindShape.timestamp,
  nulls: z.optional(bindShape.nulls.def.innerType),
  emptyText: z.optional(bindShape.emptyText.def.innerType),
});

export const loadPreviewRequestSchema = z.strictObject({
  ...targetShape,
  source: z.optional(givenSourceSchema),
  bind: z.optional(givenBindSchema),
  options: z.optional(loadOptionsSchema),
});
export type LoadPreviewRequest = z.input<typeof loadPreviewRequestSchema>;

/** A load with everything decided. */
export const loadRequestSchema = z.strictObject({
  ...targetShape,
  source: sourceOptionsSchema,
  bind: bindOptionsSchema,
  options: z._default(loadOptionsSchema, loadOptionsSchema.parse({})),
});
export type LoadRequest = z.output<typeof loadRequestSchema>;

/** Why a record does not become a row, or was not written. */
const loadProblemSchema = z.object({
  /** Of the record, from 1. */
  number: z.int(),
  /** Where in the file, from 1; null where the format has none. */
  line: z.nullable(z.int()),
  /** The character of that line; null: the record as a whole. */
  character: z.nullable(z.int()),
  /** Of the table; null: none is concerned. */
  column: z.nullable(z.string()),
  field: z.nullable(z.string()),
  /** What is there, cut short. */
  value: z.nullable(z.string()),
  /** What is wrong, what was expected and what to do. */
  message: z.string(),
});
export type LoadProblem = z.infer<typeof loadProblemSchema>;

const previewRecordSchema = z.object({
  number: z.int(),
  line: z.nullable(z.int()),
  /** As the file has them, by the preview's `fields`; absent ones are null. */
  fields: z.array(z.nullable(jsonValueSchema)),
  /** The values that would be written, by column in their JSON form; a column that is left as it is, is not there. */
  row: z.nullable(jsonObjectSchema),
  problem: z.nullable(loadProblemSchema),
});

/** An option that was found out from the name or the first bytes, and why it is so. */
const guessSchema = z.object({ option: z.string(), value: z.string(), reason: z.string() });
export type OptionGuess = z.infer<typeof guessSchema>;

/** The first records of a file, read and typed by the code that loads them. Nothing is written. */
export const loadPreviewSchema = z.object({
  /** Starts the load of exactly this request, once. Null: it cannot be started yet, see `problem`. */
  token: z.nullable(z.string()),
  expiresAt: z.string(),
  /** What must be typed to start it; null: nothing. */
  confirmName: z.nullable(z.string()),
  /** Why it cannot be started as it is, such as a key column without a field. */
  problem: z.nullable(z.string()),
  /** With everything found out or guessed; null: the mapping is not complete. */
  request: z.nullable(loadRequestSchema),
  source: sourceOptionsSchema,
  /** What of `source` was not given. */
  guesses: z.array(guessSchema),
  /** As given or guessed; may lack columns of the key. */
  mapping: z.array(mappingSchema.def.element),
  /** What runs for each row. */
  statement: z.nullable(z.string()),
  files: z.array(z.object({ name: z.string(), bytes: z.nullable(z.int()) })),
  /** Names of the fields of the first records. */
  fields: z.array(z.string()),
  columns: z.array(
    z.object({
      name: z.string(),
      /** As CQL writes it. */
      type: z.string(),
      kind: z.enum(['partition_key', 'clustering', 'static', 'regular']),
    }),
  ),
  records: z.array(previewRecordSchema),
  /** What a load of this file does that a person should know. */
  notes: z.array(z.string()),
});
export type LoadPreview = z.infer<typeof loadPreviewSchema>;

const dryCountsSchema = z.object({
  records: z.int(),
  /** Of them, those that are rows of the table. */
  good: z.int(),
  bad: z.int(),
  /** Rows whose key an earlier row of the file has too: the later one is what remains. At least so many. */
  duplicates: z.int(),
  /** False: the file has more keys than can be remembered, so there may be more duplicates. */
  allKeysCompared: z.boolean(),
  bytes: z.int(),
  /** Of all files; null where it is not known. */
  totalBytes: z.nullable(z.int()),
  elapsedMs: z.number(),
});
export type DryCounts = z.infer<typeof dryCountsSchema>;

/** A file, unless there is one only, and the line in it; the number of the record where the format has no lines. */
const placeSchema = z.object({ file: z.nullable(z.string()), at: z.int() });

/** A row with the key of an earlier one, which it replaces. */
const duplicateSchema = z.object({
  /** The key's columns with their values, cut short. */
  key: z.string(),
  later: placeSchema,
  earlier: placeSchema,
});
export type LoadDuplicate = z.infer<typeof duplicateSchema>;

/** A line of a dry run: the first thousand problems and the first hundred duplicates are listed, all are counted. */
export const loadDryRunLineSchema = z.union([
  z.object({ problems: z.array(loadProblemSchema) }),
  z.object({ duplicates: z.array(duplicateSchema) }),
  z.object({ progress: dryCountsSchema }),
  z.object({
    end: z.object({
      outcome: z.enum(['complete', 'failed']),
      /** Why it could not be read to its end. */
      message: z.nullable(z.string()),
      counts: dryCountsSchema,
      /** Of the input, hex; null unless it was read to its end. */
      sha256: z.nullable(z.string()),
    }),
  }),
]);
export type LoadDryRunLine = z.infer<typeof loadDryRunLineSchema>;

export const loadStartSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The name that the preview asks for. */
  confirmName: z.optional(z.string()),
});
