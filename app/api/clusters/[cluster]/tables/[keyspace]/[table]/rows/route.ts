import type { z } from 'zod';
import { getCluster } from '@/lib/cassandra/registry';
import { openTable } from '@/lib/cassandra/table-read';
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
  { cluster, keyspace, table }: Params,
  rows: z.output<typeof rowsRequestSchema>,
) {
  const startedAt = performance.now();
  const read = await openTable(getCluster(cluster), { keyspace, table }, rows, request.signal);
  return rowStreamResponse(read, startedAt);
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
