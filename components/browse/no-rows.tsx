import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { insertExample } from '@/lib/browse/insert-example';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import { clustersQuery } from '@/lib/client/queries';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { useTable } from './use-table';

interface NoRowsProps {
  place: TablePlace;
  shape: TableShape | undefined;
  filtered: boolean;
}

/** Everything was read, and there are no rows in it. */
export default function NoRows({ place, shape, filtered }: NoRowsProps) {
  if (filtered) {
    return <EmptyState title="No rows match">Change a filter or remove one. Text values match exactly.</EmptyState>;
  }
  return <EmptyTable place={place} shape={shape} />;
}

function EmptyTable({ place, shape }: Omit<NoRowsProps, 'filtered'>) {
  const { data } = useQuery(clustersQuery());
  const isReadOnly = data?.clusters.find(({ name }) => name === place.cluster)?.readOnly ?? true;
  const lacks = useTable(place)?.lacks;
  const example = shape === undefined || isReadOnly || lacks?.includes('write') ? null : insertExample(place, shape);
  if (example === null) return <EmptyState title="This table is empty">It was read to the end.</EmptyState>;
  return (
    <EmptyState
      title="This table is empty"
      action={
        <LinkButton href={pagePath.query(place.cluster, { keyspace: place.keyspace, statement: example })}>
          Write an INSERT
        </LinkButton>
      }
    >
      It was read to the end. To add a row, start from an INSERT with example values: Query opens it and runs nothing.
    </EmptyState>
  );
}
