import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import { Panel } from '@/components/ui/panel';
import type { TablePlace } from '@/lib/client/place';
import { sampleQuery } from '@/lib/client/table-queries';
import type { Sample } from '@/lib/contract/stats';
import { plural } from '@/lib/text/format';

const SampleTable = lazy(() => import('./sample-table'));

/** The shape of the data, from the first rows of some partitions; read only on request. */
export function SamplePanel({ cluster, keyspace, table }: TablePlace) {
  const query = useQuery(sampleQuery(cluster, keyspace, table));
  const { data } = query;
  return (
    <Panel
      title="Sample"
      flush={data !== undefined}
      note={
        data === undefined ? 'reads the first row of up to 192 partitions, at 24 places on the ring' : sampleWords(data)
      }
      actions={
        <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
          {data === undefined ? 'Read a sample' : 'Read another'}
        </Button>
      }
    >
      {query.error !== null && (
        <FailureState
          className="m-4"
          title="The sample could not be read"
          error={query.error}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {data === undefined ? (
        query.error === null && (
          <p className="text-muted text-sm">
            Shows which columns have values, and some of those. It looks at some partitions and does not measure the
            table.
          </p>
        )
      ) : (
        <Later>
          <SampleTable sample={data} table={table} />
        </Later>
      )}
    </Panel>
  );
}

/** What the sample covers, so that nobody takes it for the whole table. */
function sampleWords({ partitions, places, failed, emptyPlaces }: Sample): string {
  const missing = failed === 0 ? '' : `, ${failed} of which did not answer`;
  const empty = emptyPlaces === 0 ? '' : `, ${emptyPlaces} of which are empty`;
  return `the first row of ${plural(partitions, 'partition')} at ${plural(places, 'place')} of the ring${missing}${empty}`;
}
