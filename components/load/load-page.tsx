'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { TableHead } from '@/components/table-head/table-head';
import { Later } from '@/components/ui/later';
import { Notice } from '@/components/ui/notice';
import { PAGE_BODY } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import type { TablePlace } from '@/lib/client/place';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import type { Table } from '@/lib/contract/schema';

const LoadView = lazy(() => import('./load-view'));

/** Files loaded into one table. */
export function LoadPage(place: TablePlace) {
  const { cluster, keyspace, table } = place;
  const clusters = useQuery(clustersQuery());
  const schema = useQuery(schemaQuery(cluster));
  const found = schema.data?.keyspaces.find(({ name }) => name === keyspace);
  const target = found?.tables.find(({ name }) => name === table);
  const isReadOnly = clusters.data?.clusters.find(({ name }) => name === cluster)?.readOnly;
  return (
    <>
      <TableHead place={place} keyspace={found} table={target} tab="Load" exportLink={null} />
      <div className={`${PAGE_BODY} pt-1`}>
        {schema.error !== null && schema.data === undefined ? (
          <FailureState
            title="Could not read the schema"
            error={schema.error}
            onRetry={() => void schema.refetch()}
            retrying={schema.isFetching}
          />
        ) : schema.data === undefined || isReadOnly === undefined ? (
          <Skeleton className="h-40" />
        ) : (
          <Contents place={place} target={target} isReadOnly={isReadOnly} />
        )}
      </div>
    </>
  );
}

function Contents({
  place,
  target,
  isReadOnly,
}: {
  place: TablePlace;
  target: Table | undefined;
  isReadOnly: boolean;
}) {
  const refusal = refusalOf(target, isReadOnly);
  if (refusal !== null) return <Notice title="Nothing can be loaded here">{refusal}</Notice>;
  return (
    <Later fallback={<Skeleton className="h-40" />}>
      <LoadView place={place} />
    </Later>
  );
}

/** Why nothing can be loaded, and what to do; null: it can. */
function refusalOf(target: Table | undefined, isReadOnly: boolean): string | null {
  if (target === undefined) return 'This table is not in the schema: it may have been dropped.';
  if (target.kind === 'view') return 'Cassandra writes the rows of a materialized view. Load them into its base table.';
  if (target.kind === 'virtual') return 'This is a virtual table: a node makes its rows as they are read.';
  if (target.lacks?.includes('write')) return `It needs write on ${target.name}, and no role gives you that.`;
  if (isReadOnly) {
    return 'This cluster is read-only here. "writes": true in the configuration of Ringside allows changes.';
  }
  return null;
}
