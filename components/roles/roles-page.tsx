'use client';

import { useQuery } from '@tanstack/react-query';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { PAGE_BODY } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { rolesQuery } from '@/lib/client/roles';
import { useSearchState } from '@/lib/client/use-search-state';
import { readRolesAddress, writeRolesAddress } from '@/lib/cluster/roles-address';
import { RolesView } from './roles-view';

const ROLES = { read: readRolesAddress, write: writeRolesAddress };

/** Cassandra's roles: who has whom, who may do what, and the statements that change it. */
export function RolesPage({ cluster }: { cluster: string }) {
  const { data, error, isFetching, refetch } = useQuery(rolesQuery(cluster));
  const [address, write] = useSearchState(ROLES);
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Roles</h1>
        {data !== undefined && (
          <div className="ml-auto flex items-center gap-3">
            <p className="text-faint text-xs">
              <ReadNote asOf={data.asOf} error={error} />
            </p>
            <Button size="sm" busy={isFetching} onClick={() => refetch()}>
              Refresh
            </Button>
          </div>
        )}
      </header>
      {data === undefined && error !== null && (
        <FailureState
          title="The roles could not be read"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Listing the roles">
          <Skeleton className="h-64" />
        </Loading>
      )}
      {data !== undefined && <RolesView cluster={cluster} data={data} address={address} onChange={write} />}
    </div>
  );
}
