import { isSignificant, tokenize } from './lexer';
import { TokenReader } from './token-reader';

/**
 * The LIMIT of a SELECT, not of PER PARTITION: its number, from the statement or the value of its bind marker.
 * Null without one; `unknown` if it cannot be determined.
 * @param params the encoded values of the bind markers; null when there are none
 */
export function rowLimit(statement: string, params: readonly (Uint8Array | null)[] | null): number | 'unknown' | null {
  const reader = new TokenReader(tokenize(statement).filter(isSignificant));
  while (!reader.done) {
    if (reader.takeWords('PER', 'PARTITION', 'LIMIT')) continue;
    if (!reader.takeWords('LIMIT')) {
      if (!reader.skipGroup()) return 'unknown';
      continue;
    }
    const value = reader.peek();
    if (value?.kind === 'number' && /^\d+$/.test(value.text)) return Number(value.text);
    const binds = reader.tokens.slice(0, reader.at).filter(({ kind }) => kind === 'bind').length;
    const bytes = value?.kind === 'bind' ? params?.[binds] : undefined;
    if (bytes?.length !== 4) return 'unknown';
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0);
  }
  return null;
}

/**
 * The most rows to request for a page after the first. If a LIMIT fits into one page, Cassandra skips paging and ignores the
 * paging state (`SelectStatement.canSkipPaging`), so it would return the first rows again.
 * @param limit from {@link rowLimit}
 * @param pageRows as the reader wants them; if the limit is unknown they must not grow from page to page
 */
export function laterPageRows(limit: number | 'unknown' | null, pageRows: number): number {
  return typeof limit === 'number' ? Math.max(1, Math.min(pageRows, limit - 1)) : pageRows;
}
