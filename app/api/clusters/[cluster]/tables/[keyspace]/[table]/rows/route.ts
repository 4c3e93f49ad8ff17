import type { z } from 'zod';
import { getCluster } from '@/lib/cassandra/client/registry';
import { openTable } from '@/lib/cassandra/read/table-read';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { jsonParameter, parseInput, readBody, route } from '@/lib/http/respond';
import { rowStreamResponse } from '@/lib/http/row-stream';

export { HEAD } from '@/lib/http/head';

type Params = { cluster: string; keyspace: string; table: string };

export const GET = route(async (request, params: Params) => answer(request, params, fromSearch(new URL(request.url))));

export const POST = route(async (request, params: Params) =>
  answer(request, params, await readBody(rowsRequestSchema, request)),
);

async function answer(
  request: Request,
  { cluster: name, keyspace, table }: Params,
  rows: z.output<typeof rowsRequestSchema>,
) {
  const cluster = getCluster(name);
  const reader = cluster.reads.reader();
  const read = openTable(cluster, { keyspace, table }, rows, request.signal, reader);
  return rowStreamResponse(read, reader.waitsFor, request.signal);
}

/** `filters` and `columns` as JSON, numbers as digits, the rest as text. */
function fromSearch({ searchParams }: URL): z.output<typeof rowsRequestSchema> {
  const { filters: _filters, columns: _columns, reversed, ...rest } = Object.fromEntries(searchParams);
  const numbers = ['pageRows', 'firstPageRows', 'maxPages', 'timeoutMs'].flatMap((name) =>
    rest[name] ? [[name, Number(rest[name])]] : [],
  );
  return parseInput(rowsRequestSchema, {
    ...rest,
    ...Object.fromEntries(numbers),
    ...(reversed === undefined ? {} : { reversed: reversed === 'true' }),
    filters: jsonParameter(searchParams, 'filters'),
    columns: jsonParameter(searchParams, 'columns'),
  });
}
