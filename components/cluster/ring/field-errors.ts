import type { ApiError } from '@/lib/contract/errors';

/**
 * The columns that a refused key's error speaks of, with its text for each: the one column there is, else those whose
 * name the message or its detail begins a line with (`day: …`, `"Day" …`). Empty when it speaks of none.
 */
export function fieldErrorsOf(error: ApiError, columns: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  if (error.code !== 'invalid_request') return found;
  const said = [error.message, error.hint].filter((part) => part !== undefined).join(' ');
  if (columns.length === 1 && columns[0] !== undefined) return found.set(columns[0], said);
  const lines = [error.message, ...(error.detail ?? '').split('\n')];
  for (const column of columns) if (lines.some((line) => speaksOf(line, column))) found.set(column, said);
  return found;
}

/** The name as a word of its own, in whatever quotes: `day`, `“day”`, `key.day:`; never the `day` of `birthday`. */
function speaksOf(line: string, column: string): boolean {
  const escaped = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\p{L}\\p{N}_])${escaped}($|[^\\p{L}\\p{N}_])`, 'u').test(line);
}
