import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from './place';

/** The address names a table that the schema does not have. */
export default function NoSuchTable({ cluster, keyspace, table }: TablePlace) {
  return (
    <EmptyState
      title={`There is no table ${table} in ${keyspace}`}
      action={<LinkButton href={pagePath.overview(cluster)}>To the overview</LinkButton>}
    >
      It may have been dropped or renamed.
    </EmptyState>
  );
}
