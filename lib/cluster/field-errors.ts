import type { ApiError } from '@/lib/contract/errors';

/**
 * The column that the error of a refused key belongs to: the one that its message starts with (`day: expected a date`,
 * `tags[2]: …`), or the only column. Empty if it belongs to none; then it is shown below all fields.
 */
export function fieldErrorsOf(error: ApiError, columns: readonly string[]): Map<string, string> {
  if (error.code !== 'invalid_request') return new Map();
  const named = columns
    .filter((column) => error.message.startsWith(column) && /^[:[.]/.test(error.message.slice(column.length)))
    // Both `a` and `a.b` can be names: the longer one is meant.
    .sort((a, b) => b.length - a.length)[0];
  const column = named ?? (columns.length === 1 ? columns[0] : undefined);
  if (column === undefined) return new Map();
  // The field shows its column.
  const message = error.message.startsWith(`${column}: `) ? error.message.slice(column.length + 2) : error.message;
  return new Map([[column, [message, error.hint].filter((part) => part !== undefined).join(' ')]]);
}
