import * as z from 'zod/mini';
import { nameSchema } from './common';
import {
  MOST_STATEMENT_CHARACTERS,
  SAVED_DESCRIPTION_CHARACTERS,
  SAVED_NAME_CHARACTERS,
  SAVED_PARAMETERS,
  SAVED_PATH_CHARACTERS,
} from './limits';

/**
 * A statement that is kept on the server as a file. Its path is folders and a name, joined by `/`, without `.cql`; one that
 * only its person sees begins with `private:/`.
 */
const savedPathSchema = z.string().check(z.minLength(1), z.maxLength(SAVED_PATH_CHARACTERS));

/** The hash of a file's bytes: whoever changes the file says which version they have seen. */
const versionSchema = z.string().check(z.regex(/^[\w-]{22}$/, 'a version is the one that a response gave'));

const oneLine = (most: number) =>
  z.string().check(z.maxLength(most), z.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line'));

/** A marker of the statement, `:name`: its CQL type and the text to begin with, where the file says them. */
const savedParameterSchema = z.strictObject({
  name: oneLine(SAVED_NAME_CHARACTERS).check(z.regex(/^\w+$/, 'letters, digits and _')),
  type: z.nullable(oneLine(SAVED_PATH_CHARACTERS)),
  value: z.nullable(oneLine(SAVED_DESCRIPTION_CHARACTERS)),
});
export type SavedParameter = z.infer<typeof savedParameterSchema>;

/** What a saved statement says beside its text. */
const aboutShape = {
  cluster: z.nullable(oneLine(SAVED_NAME_CHARACTERS)),
  keyspace: z.nullable(nameSchema),
  description: z.nullable(oneLine(SAVED_DESCRIPTION_CHARACTERS)),
  parameters: z.array(savedParameterSchema).check(z.maxLength(SAVED_PARAMETERS)),
};

export const savedStatementSchema = z.object({
  path: z.string(),
  version: z.string(),
  text: z.string(),
  cluster: z.nullable(z.string()),
  keyspace: z.nullable(z.string()),
  description: z.nullable(z.string()),
  parameters: z.array(savedParameterSchema),
  modifiedAt: z.string(),
  /** What is wrong with the file, in words for people. */
  faults: z.array(z.string()),
});
export type SavedStatement = z.infer<typeof savedStatementSchema>;

/** A statement as it was written. */
export const writtenStatementSchema = z.object({
  ...savedStatementSchema.shape,
  /** Passwords of roles were left out: no file has them. */
  isRedacted: z.boolean(),
});
export type WrittenStatement = z.infer<typeof writtenStatementSchema>;

const savedSummarySchema = z.object({
  path: z.string(),
  cluster: z.nullable(z.string()),
  keyspace: z.nullable(z.string()),
  description: z.nullable(z.string()),
  /** Its first line. */
  excerpt: z.string(),
  modifiedAt: z.string(),
  faults: z.array(z.string()),
});
export type SavedSummary = z.infer<typeof savedSummarySchema>;

export const savedListRequestSchema = z.strictObject({
  /** Words that must all occur in path, description, keyspace or the beginning of the text. */
  search: z.optional(z.string().check(z.maxLength(200))),
});
export const savedListResponseSchema = z.object({
  /** Where the files are, on the server. */
  directory: z.string(),
  statements: z.array(savedSummarySchema),
  /** There are more files than are listed. */
  hasMore: z.boolean(),
  /** Whether the person can keep statements for themselves. */
  mayBePrivate: z.boolean(),
  /** Whether the person may save and change those that are shared. */
  mayShare: z.boolean(),
});
export type SavedList = z.infer<typeof savedListResponseSchema>;

export const savedPlaceSchema = z.strictObject({ path: savedPathSchema });
export const savedVersionSchema = z.strictObject({ path: savedPathSchema, version: versionSchema });

const savedTextSchema = z.string().check(z.maxLength(MOST_STATEMENT_CHARACTERS));

export const saveRequestSchema = z.strictObject({
  path: savedPathSchema,
  text: savedTextSchema,
  ...aboutShape,
  /** The version that this replaces; null: there must be none yet. */
  version: z.nullable(versionSchema),
});
export type SaveRequest = z.infer<typeof saveRequestSchema>;

/** A whole file, whose header may be missing. */
export const importRequestSchema = z.strictObject({ path: savedPathSchema, text: savedTextSchema });

export const moveRequestSchema = z.strictObject({ path: savedPathSchema, to: savedPathSchema, version: versionSchema });

/** One file; all of them, as a tar, where no path is given. */
export const savedFilesRequestSchema = z.strictObject({ path: z.optional(savedPathSchema) });

/** A statement too long for an address, kept on the server for a link. */
export const keepTextRequestSchema = z.strictObject({
  text: z.string().check(z.minLength(1), z.maxLength(MOST_STATEMENT_CHARACTERS)),
  keyspace: z.nullable(nameSchema),
});
export const keptTextIdSchema = z.object({ id: z.string(), expiresAt: z.string() });
export const keptTextSchema = z.object({ text: z.string(), keyspace: z.nullable(z.string()), expiresAt: z.string() });
