'use client';

import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';
import type { StepState } from '@/lib/workbench/run';

interface StepNoteProps {
  cluster: string;
  state: Extract<StepState, { status: 'noted' }>;
}

/** What a command of cqlsh came to: a setting of the script, or where Ringside does the same. */
export default function StepNote({ cluster, state: { note, copies } }: StepNoteProps) {
  const keyspace = copies?.table.keyspace;
  if (copies === undefined || copies.direction === 'FROM') return <EmptyState title="Not sent">{note}</EmptyState>;
  const from = { table: copies.table.name, columns: copies.columns, ...(keyspace === undefined ? {} : { keyspace }) };
  return (
    <EmptyState
      title="Not sent"
      action={
        <LinkButton variant="secondary" href={pagePath.exports(cluster, from)}>
          Fill in the export form
        </LinkButton>
      }
    >
      {note}
    </EmptyState>
  );
}
