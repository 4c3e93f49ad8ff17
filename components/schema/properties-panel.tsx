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
            { id: 'name', header: 'Property', rowHeader: true, mono: true, cell: NameCell },
            { id: 'value', header: 'Value', mono: true, cell: ({ value }) => <Wrapped text={value} /> },
            {
              id: 'usual',
              header: 'Default',
              mono: true,
              className: 'text-faint',
              cell: ({ usual }) => <Wrapped text={usual} />,
            },
            {
              id: 'consequence',
              header: 'What it means',
              cell: ({ consequence }) => <span className="block min-w-72 whitespace-normal">{consequence}</span>,
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

function NameCell({ name, differs }: PropertyFact) {
  return (
    <span className="inline-flex items-center gap-2">
      {name}
      {differs && <Badge tone="accent">set</Badge>}
    </span>
  );
}

function Wrapped({ text }: { text: string }) {
  return <span className="block max-w-64 whitespace-normal break-words">{text === '' ? '‘’' : text}</span>;
}
