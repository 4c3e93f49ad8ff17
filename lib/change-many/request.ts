import { z } from 'zod';
import { filtersSchema } from '@/lib/contract/filters';
import { jsonObjectSchema } from '@/lib/contract/json-schemas';
import { mutationOptionsSchema } from '@/lib/contract/mutations';

/** Which rows a job changes. */
const rowsSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('filters'), filters: filtersSchema, allowFiltering: z.boolean() }),
  /** What follows a SELECT of the whole table, as CQL. */
  z.object({ from: z.literal('clause'), clause: z.string() }),
  /** What an earlier job left in its directory. */
  z.object({ from: z.literal('job'), directory: z.string(), take: z.enum(['undo', 'failed']) }),
]);

const deedSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('set'), values: jsonObjectSchema }),
  z.object({ do: z.literal('delete') }),
  /** Each row's change is in the file. */
  z.object({ do: z.literal('again') }),
]);

/** A reviewed change of many rows, as its job's file keeps it. */
export const manyRequestSchema = z.object({
  keyspace: z.string(),
  table: z.string(),
  rows: rowsSchema,
  deed: deedSchema,
  options: mutationOptionsSchema,
  rowsPerSecond: z.number().int().nullable(),
  /** `none`: the journal does not keep the values that were there. */
  journal: z.enum(['values', 'none']),
  /** Of the table when it was reviewed: the job runs only while it is the same. */
  tableVersion: z.string(),
  /** As it was shown. */
  statement: z.string(),
  read: z.string(),
});
export type ManyRequest = z.output<typeof manyRequestSchema>;
