import { useQuery } from '@tanstack/react-query';
import { FailureState } from '@/components/shell/failure-state';
import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { tableDetailsQuery } from '@/lib/client/table-queries';
import { type PropertyFact, propertyFacts } from '@/lib/cluster/table-properties';
import { plural } from '@/lib/text/format';

/** The properties of a table, their defaults, and what each means. */
export function PropertiesPanel({ cluster, keyspace, table }: { cluster: string; keyspace: string; table: string }) {
  const query = useQuery(tableDetailsQuery(cluster, keyspace, table));
  const facts = query.data === undefined ? [] : propertyFacts(query.data.properties);
  const different = facts.filter(({ differs }) => differs).length;
  return (
    <Panel
      title="Properties"
      flush
      note={query.data === undefined ? undefined : `${plural(different, 'differs', 'differ')} from the defaults`}
    >
      {query.error !== null && (
        <FailureState
          className="m-4"
          title="The properties could not be read"
          error={query.error}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {query.data !== undefined && (
        <DataTable
          caption={`Properties of ${table}`}
          rows={facts}
          rowKey={({ name }) => name}
          columns={[
            {
              id: 'name',
              header: 'Property',
              rowHeader: true,
              className: 'whitespace-normal! align-top',
              cell: NameCell,
            },
            { id: 'value', header: 'Value', mono: true, className: WRAPPED, cell: ({ value }) => shownValue(value) },
            {
              id: 'usual',
              header: 'Default',
              mono: true,
              className: `${WRAPPED} text-faint`,
              cell: ({ usual }) => shownValue(usual),
            },
          ]}
        />
      )}
      {query.isPending && (
        <Loading label="Reading the properties">
          <div className="space-y-2 p-4">
            <Skeleton className="h-4 w-72" />
            <Skeleton className="h-4 w-64" />
            <Skeleton className="h-4 w-80" />
          </div>
        </Loading>
      )}
    </Panel>
  );
}

const WRAPPED = 'whitespace-normal! min-w-20 max-w-64 wrap-anywhere align-top';

/** What a property means stands under its name, so that a narrow screen shows both. */
function NameCell({ name, differs, consequence }: PropertyFact) {
  return (
    <>
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <code className="wrap-anywhere text-xs">{name}</code>
        {differs && <Badge tone="accent">set</Badge>}
      </span>
      <span className="block max-w-[80ch] font-normal text-faint text-xs">{consequence}</span>
    </>
  );
}

function shownValue(text: string): string {
  return text === '' ? '‘’' : text;
}
