import { tokenize } from '@/lib/cql/lexer';

const VALUES: ReadonlySet<string> = new Set(['string', 'number', 'duration', 'uuid', 'blob', 'error']);

/** A running statement without its values: somebody else's, which may hold what only they may see. */
export function maskedTask(task: string): string {
  return tokenize(task)
    .map(({ kind, text }) => (kind === 'comment' ? '' : VALUES.has(kind) ? '?' : text))
    .join('');
}
