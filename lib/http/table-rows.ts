import 'server-only';
import { openTable } from '@/lib/cassandra/read/table-read';
import type { rows } from '@/lib/contract/endpoints';
import type { RequestContext } from './route';
import { rowStreamResponse } from './row-stream';

/**
 * The rows of a table as NDJSON, for a request in an address or a body.
 * @throws Failure when the first page fails
 */
export function tableRowsResponse({
  cluster,
  params: { keyspace, table },
  input,
  principal,
  rights,
  signal,
}: RequestContext<(typeof rows)['get' | 'post']>): Promise<Response> {
  const reader = cluster.reads.reader();
  const read = openTable(cluster, { keyspace, table }, input, principal, signal, reader, rights);
  return rowStreamResponse(read, reader.waitsFor, signal);
}
