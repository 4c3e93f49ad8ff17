import { useQuery } from '@tanstack/react-query';
import { CqlText } from '@/components/results/cql/cql-text';
import { FailureState } from '@/components/shell/failure-state';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { describeQuery } from '@/lib/client/queries';
import { addIfNotExists } from '@/lib/cql/if-not-exists';

/** The server's own DESCRIBE of a keyspace or a table, to read and copy. */
export function DdlPanel({ cluster, keyspace, table }: { cluster: string; keyspace: string; table?: string }) {
  const query = useQuery(describeQuery(cluster, keyspace, table));
  const { data } = query;
  return (
    <Panel
      title="DDL"
      flush
      note={data === undefined ? undefined : `DESCRIBE from ${data.coordinator}`}
      actions={data === undefined ? undefined : <DdlActions ddl={data.ddl} />}
    >
      {query.error !== null && (
        <FailureState
          className="m-4"
          title="The DDL could not be read"
          error={query.error}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {data !== undefined && <CqlText cql={data.ddl} />}
      {data === undefined && query.error === null && <DdlSkeleton />}
    </Panel>
  );
}

function DdlActions({ ddl }: { ddl: string }) {
  const repeatable = addIfNotExists(ddl);
  return (
    <>
      <CopyButton text={ddl} label="Copy the DDL">
        Copy
      </CopyButton>
      {repeatable !== ddl && (
        <CopyButton text={repeatable} label="Copy the DDL with IF NOT EXISTS">
          Copy with IF NOT EXISTS
        </CopyButton>
      )}
    </>
  );
}

function DdlSkeleton() {
  return (
    <Loading label="Reading the DDL">
      <div className="space-y-2 p-4">
        <Skeleton className="h-4 w-64" />
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-4 w-56" />
        <Skeleton className="h-4 w-40" />
      </div>
    </Loading>
  );
}
