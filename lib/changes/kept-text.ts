import * as z from 'zod/mini';
import { jsonText, parseJson } from '@/lib/contract/json';
import { MUTATION_CHANGES } from '@/lib/contract/limits';
import { type RowChange, rowChangeSchema } from '@/lib/contract/mutations';
import type { EditTable } from '@/lib/edit/table';

/** Changes as a browser keeps them. Whoever uses the browser can write there, so they are checked when they are read. */
const keptSchema = z.strictObject({
  version: z.literal(1),
  /** Of the table when they were made, as {@link definitionOf} says it. */
  definition: z.string(),
  changes: z.array(rowChangeSchema).check(z.minLength(1), z.maxLength(MUTATION_CHANGES)),
});

export interface KeptChanges {
  readonly definition: string;
  readonly changes: readonly RowChange[];
}

export function keptText(kept: KeptChanges): string {
  return jsonText({ version: 1, ...kept });
}

/** Undefined for a text that is none of ours. */
export function keptChanges(text: string | null): KeptChanges | undefined {
  return text === null ? undefined : z.safeParse(keptSchema, parseJson(text)).data;
}

/** The same only while the table, its columns and their types are: a change made for another table is not for this one. */
export function definitionOf({ shape }: EditTable, id: string | null): string {
  return JSON.stringify([id, shape.partitionKey, shape.clusteringKey, shape.columns]);
}
