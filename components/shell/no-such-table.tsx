import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';

interface NoSuchTableProps {
  cluster: string;
  keyspace: string;
  table: string;
  /** The keyspace is there, and has no such table. */
  hasKeyspace: boolean;
}

/** The address names a table that the schema does not have. */
export default function NoSuchTable({ cluster, keyspace, table, hasKeyspace }: NoSuchTableProps) {
  return (
    <EmptyState
      title={hasKeyspace ? `There is no table ${table} in ${keyspace}` : `There is no keyspace ${keyspace}`}
      action={<LinkButton href={pagePath.overview(cluster)}>Go to the overview</LinkButton>}
    >
      It may have been dropped or renamed. Check the case of its name too: quoted names are case-sensitive.
      {hasKeyspace && (
        <>
          {' '}
          <Link href={pagePath.keyspace(cluster, keyspace)} className="text-accent underline">
            See everything in {keyspace}
          </Link>
        </>
      )}
    </EmptyState>
  );
}
