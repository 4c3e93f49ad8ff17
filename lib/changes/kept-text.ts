import * as z from 'zod/mini';
import { jsonText, parseJson } from '@/lib/contract/json';
import { MUTATION_CHANGES } from '@/lib/contract/limits';
import { type RowChange, rowChangeSchema } from '@/lib/contract/mutations';
import { ENDING_CHARACTERS, type Endings } from '@/lib/edit/ending';
import type { EditTable } from '@/lib/edit/table';

/** How the last run of a change ended, by the index of the change. */
const endingSchema = z.strictObject({
  change: z.int(),
  outcome: z.enum(['not_applied', 'refused', 'not_sent', 'unknown', 'half']),
  message: z.string().check(z.maxLength(ENDING_CHARACTERS)),
  at: z.iso.datetime(),
  run: z.optional(
    z.strictObject({
      token: z.string().check(z.minLength(1), z.maxLength(200)),
      statements: z.array(z.int().check(z.minimum(0))).check(z.minLength(1), z.maxLength(2 * MUTATION_CHANGES)),
    }),
  ),
});

/** Changes as a browser keeps them. Whoever uses the browser can write there, so they are checked when they are read. */
const keptSchema = z.strictObject({
  version: z.literal(1),
  /** Of the table when they were made, as {@link definitionOf} says it. */
  definition: z.string(),
  changes: z.array(rowChangeSchema).check(z.minLength(1), z.maxLength(MUTATION_CHANGES)),
  endings: z.optional(z.array(endingSchema)),
});

export interface KeptChanges {
  readonly definition: string;
  readonly changes: readonly RowChange[];
  readonly endings: Endings;
}

export function keptText({ definition, changes, endings }: KeptChanges): string {
  const ended = changes.flatMap((change, index) => {
    const ending = endings.get(change);
    return ending === undefined ? [] : [{ change: index, ...ending }];
  });
  return jsonText({ version: 1, definition, changes, ...(ended.length === 0 ? {} : { endings: ended }) });
}

/** Undefined for a text that is none of ours. */
export function keptChanges(text: string | null): KeptChanges | undefined {
  const kept = text === null ? undefined : z.safeParse(keptSchema, parseJson(text)).data;
  if (kept === undefined) return undefined;
  const endings = (kept.endings ?? []).flatMap(({ change, ...ending }) => {
    const ended = kept.changes[change];
    return ended === undefined ? [] : [[ended, ending] as const];
  });
  return { definition: kept.definition, changes: kept.changes, endings: new Map(endings) };
}

/** The same only while the table, its columns and their types are: a change made for another table is not for this one. */
export function definitionOf({ shape }: EditTable, id: string | null): string {
  // A mask says something of the person, and not of the table.
  const columns = shape.columns.map(({ masked: _masked, ...column }) => column);
  return JSON.stringify([id, shape.partitionKey, shape.clusteringKey, columns]);
}
