import { Table2 } from 'lucide-react';
import { useMemo } from 'react';
import { LongLink } from '@/components/results/long-link';
import type { ResultPlace } from '@/components/results/place';
import { pagePath } from '@/lib/client/paths';
import type { Keyspace, Table } from '@/lib/contract/schema';
import { tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { whereFilters } from '@/lib/cql/where-filters';
import type { Step } from '@/lib/workbench/run';

interface TableLinkProps {
  step: Step;
  keyspaces: readonly Keyspace[];
  table: Table | undefined;
  place: ResultPlace;
}

/** The table of a SELECT with its WHERE as filters, where filters can say the same. */
export default function TableLink({ step, table, place, keyspaces }: TableLinkProps) {
  const { cluster, keyspace } = place;
  const href = useMemo(() => {
    if (keyspace === null || table === undefined || step.classification.isWrite) return null;
    const found = whereFilters(step.text, tableShape(table, keyspace, udtLookup(keyspaces)));
    return found === null ? null : pagePath.table(cluster, keyspace, table.name, found);
  }, [cluster, keyspace, table, keyspaces, step]);
  if (href === null) return null;
  return (
    <LongLink variant="ghost" href={href} title="The table’s page, filtered as this statement is">
      <Table2 size={12} aria-hidden="true" />
      Open in table
    </LongLink>
  );
}
