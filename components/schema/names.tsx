import Link from 'next/link';
import { Fragment } from 'react';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import type { TableColumn } from '@/lib/contract/schema';

const LINK = 'font-mono text-xs text-accent hover:underline';

type TableLinkProps = { cluster: string; keyspace: string; table: string; to?: 'rows' | 'schema' };

/** A table's name as a link to its rows or its schema. */
export function TableLink({ cluster, keyspace, table, to = 'rows' }: TableLinkProps) {
  const href =
    to === 'rows' ? pagePath.table(cluster, keyspace, table) : pagePath.tableSchema(cluster, keyspace, table);
  return (
    <Link href={href} className={LINK}>
      <Shown text={table} as="name" />
    </Link>
  );
}

/** Column names in the order of a key; descending clustering columns are marked. */
export function ColumnNames({ columns }: { columns: readonly TableColumn[] }) {
  if (columns.length === 0) return <span className="text-faint">none</span>;
  return (
    <span className="font-mono text-xs">
      {columns.map(({ name, clusteringOrder }, index) => (
        <Fragment key={name}>
          {index > 0 && ', '}
          <Shown text={name} as="name" />
          {clusteringOrder === 'desc' && ' ↓'}
        </Fragment>
      ))}
    </span>
  );
}
