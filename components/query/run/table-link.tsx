import { Table2 } from 'lucide-react';
import { useMemo } from 'react';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';
import { tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { whereFilters } from '@/lib/cql/where-filters';
import type { StepResultProps } from './step-result';

/** The table of a SELECT with its WHERE as filters, where filters can say the same. */
export default function TableLink({ step, table, place, keyspaces }: StepResultProps) {
  const { cluster, keyspace } = place;
  const href = useMemo(() => {
    if (keyspace === null || table === undefined || step.classification.isWrite) return null;
    const found = whereFilters(step.text, tableShape(table, keyspace, udtLookup(keyspaces)));
    return found === null ? null : pagePath.table(cluster, keyspace, table.name, found);
  }, [cluster, keyspace, table, keyspaces, step]);
  if (href === null) return null;
  return (
    <LinkButton size="sm" variant="ghost" href={href} title="The table’s page, filtered as this statement is">
      <Table2 size={12} aria-hidden="true" />
      Open in table
    </LinkButton>
  );
}
