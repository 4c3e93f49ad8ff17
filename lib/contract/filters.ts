import * as z from 'zod/mini';
import { columnNameSchema } from './common';
import { FILTER_OPERATORS } from './filter-operators';
import { jsonValueSchema } from './json-schemas';
import { FILTERS } from './limits';

/** SAI returns at most this many rows by similarity. */
export const MOST_SIMILAR_ROWS = 1_000;

const filterSchema = z.strictObject({
  column: columnNameSchema,
  /** `(column, …tuple) > …`: the clustering columns after `column` that are compared together with it. */
  tuple: z.exactOptional(z.array(columnNameSchema).check(z.minLength(1), z.maxLength(FILTERS - 1))),
  operator: z.enum(FILTER_OPERATORS),
  /** `column[key] = …`: an entry of a map. In the JSON form of its keys. */
  key: z.exactOptional(jsonValueSchema),
  /**
   * In the column's JSON form; for IN an array of such values, for a tuple an array with a value for each column, for
   * `TOKEN …` the token as text.
   */
  value: jsonValueSchema,
  /** `ANN OF`: maximum rows; default 100. */
  limit: z.exactOptional(z.int().check(z.minimum(1), z.maximum(MOST_SIMILAR_ROWS))),
});
export type Filter = z.infer<typeof filterSchema>;
export const filtersSchema = z.array(filterSchema).check(z.maxLength(FILTERS));
