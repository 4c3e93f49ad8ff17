import * as z from 'zod/mini';
import { jsonValueSchema } from './json';

export const FILTER_OPERATORS = ['=', 'IN', '<', '<=', '>', '>=', 'CONTAINS', 'CONTAINS KEY'] as const;
export const filterSchema = z.strictObject({
  column: z.string().check(z.minLength(1)),
  operator: z.enum(FILTER_OPERATORS),
  /** In the column's JSON form; for IN an array of such values. */
  value: jsonValueSchema,
});
export type Filter = z.infer<typeof filterSchema>;
export const filtersSchema = z.array(filterSchema).check(z.maxLength(64));
