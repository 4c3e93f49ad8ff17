import { openStream, type Row } from '@/lib/client/stream';
import { addressOf } from '@/lib/contract/endpoint';
import { query } from '@/lib/contract/endpoints/statements';
import type { QueryRequest } from '@/lib/contract/reads';

/**
 * Every row of a statement that has few.
 * @throws Error with the server's own words when it failed, also on the way
 */
export async function readAll(cluster: string, request: QueryRequest, signal: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const event of openStream(addressOf(query.post, { cluster }), { ...request, maxPages: 0 }, { signal })) {
    if (event.kind === 'rows') rows.push(...event.rows);
    if (event.kind === 'error') throw new Error(event.error.message);
  }
  return rows;
}
