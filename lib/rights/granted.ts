import * as z from 'zod/mini';
import { askerSchema } from '@/lib/contract/asker';
import { grantSchema, rightLimitsSchema } from '@/lib/contract/rights';
import { columnMaskIn } from './masks';
import type { PersonRights, RightPlace } from './rules';

/** Whose work a job is, and their rights when it was started, which hold until it has ended. */
export const grantedSchema = z.object({
  asker: askerSchema,
  rights: z.object({
    rules: z.array(z.object({ ...grantSchema.shape, role: z.string(), limits: z._default(rightLimitsSchema, {}) })),
  }),
});
export type Granted = z.infer<typeof grantedSchema>;

/** Whether other columns may be masked now than then, whatever the table. */
export function mayMaskMore(then: PersonRights, now: PersonRights): boolean {
  return now.rules.some(({ masks }) => masks.length > 0) && rulesText(then) !== rulesText(now);
}

/** The same for the same rules, in whichever order a file or the configuration names their parts. */
function rulesText({ rules }: PersonRights): string {
  const parts = rules.map(({ role, clusters, keyspaces, tables, verbs, masks }) => {
    return [role, clusters, keyspaces, tables, verbs, masks.map(({ columns, as }) => [columns, as])];
  });
  return JSON.stringify(parts);
}

/**
 * The first column that is masked by the rights of now and was shown by those of then; null: there is none, so that what was
 * read then may be seen now.
 * @param places a table, and for a view its table
 * @param columns of the table, by name
 */
export function newlyMasked(
  then: PersonRights,
  now: PersonRights,
  places: readonly RightPlace[],
  columns: readonly string[],
): string | null {
  const isShown = (name: string) => columnMaskIn(then, places, name) === null;
  return columns.find((name) => isShown(name) && columnMaskIn(now, places, name) !== null) ?? null;
}
