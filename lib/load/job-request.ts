import 'server-only';
import { z } from 'zod';
import { loadOptionsSchema } from '@/lib/contract/load';
import { bindOptionsSchema, sourceOptionsSchema } from '@/lib/contract/load-sources';

/** A file that is read, as it was when the load was reviewed. */
const inputFileSchema = z.object({
  /** For people. */
  name: z.string(),
  path: z.string(),
  bytes: z.number().int(),
  modifiedMs: z.number(),
  /** What a manifest says of it; null: nothing does. */
  sha256: z.string().nullable(),
});
export type InputFile = z.output<typeof inputFileSchema>;

/** Where a load's records come from. */
const inputSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('files'), files: z.array(inputFileSchema) }),
  /** An upload, which the job takes into its directory when it begins. */
  z.object({ from: z.literal('upload'), id: z.string(), name: z.string(), bytes: z.number().int() }),
  /** Standard input: it can be read once. */
  z.object({ from: z.literal('stdin') }),
]);
export type LoadInput = z.output<typeof inputSchema>;

/** A reviewed load, as its job's file keeps it. */
export const loadJobRequestSchema = z.object({
  keyspace: z.string(),
  table: z.string(),
  input: inputSchema,
  source: sourceOptionsSchema,
  bind: bindOptionsSchema,
  options: loadOptionsSchema,
  /** Of the table when it was reviewed: the job runs only while it is the same. */
  tableVersion: z.string(),
  /** What runs for each row, as it was shown. */
  statement: z.string(),
});
export type LoadJobRequest = z.output<typeof loadJobRequestSchema>;
