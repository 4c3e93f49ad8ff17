import type { ResultSource } from '@/components/results/source';
import { apiPath } from '@/lib/client/paths';
import type { RowsRequest } from '@/lib/contract/reads';
import type { BrowseAddress } from './browse-address';

/** The request behind a view of a table. Two views that read the same have the same key. */
export function browseSource(
  place: { cluster: string; keyspace: string; table: string },
  { filters, columns, reversed, pageRows, from }: BrowseAddress,
): ResultSource {
  const body = {
    ...(filters.length === 0
      ? {}
      : { filters: filters.map(({ column, operator, value }) => ({ column, operator, value })) }),
    ...(columns === null ? {} : { columns: [...columns] }),
    ...(reversed ? { reversed } : {}),
    ...(pageRows === null ? {} : { pageRows }),
  } satisfies RowsRequest;
  const path = apiPath.rows(place.cluster, place.keyspace, place.table);
  return {
    key: JSON.stringify([path, body, from]),
    label: `${place.keyspace}.${place.table}`,
    path,
    body,
    ...(from === null ? {} : { start: { kind: 'token', token: from } }),
    repeatable: true,
  };
}

/** The token from which to read so that the partition at `token` is among the rows, whole. */
export function tokenBefore(token: string): string {
  const least = -(2n ** 63n);
  const value = BigInt(token);
  return String(value > least ? value - 1n : least);
}
