import type { ApiError } from '@/lib/contract/errors';

/**
 * Where the error of a refused key belongs: at the column that its message begins with (`day: expected a date`,
 * `tags[2]: …`), or at the one column there is. Empty when it belongs to none; then it stands below them all.
 */
export function fieldErrorsOf(error: ApiError, columns: readonly string[]): Map<string, string> {
  if (error.code !== 'invalid_request') return new Map();
  const named = columns
    .filter((column) => error.message.startsWith(column) && /^[:[.]/.test(error.message.slice(column.length)))
    // Of `a` and `a.b`, both of which can be names, the longer one is meant.
    .sort((a, b) => b.length - a.length)[0];
  const column = named ?? (columns.length === 1 ? columns[0] : undefined);
  if (column === undefined) return new Map();
  // The field says its column itself.
  const message = error.message.startsWith(`${column}: `) ? error.message.slice(column.length + 2) : error.message;
  return new Map([[column, [message, error.hint].filter((part) => part !== undefined).join(' ')]]);
}
