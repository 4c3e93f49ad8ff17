'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import { Shown } from '@/components/ui/shown';
import { openChangeStore } from '@/lib/changes/open-store';
import { errorText } from '@/lib/client/error-text';
import { pagePath } from '@/lib/client/paths';
import { schemaQuery } from '@/lib/client/queries';
import type { ApprovalUndo as Undo } from '@/lib/contract/approvals';
import type { Keyspace } from '@/lib/contract/schema';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { plural } from '@/lib/text/format';

interface ApprovalUndoProps {
  cluster: string;
  undo: Undo;
}

/** Puts the inverse of a run among the changes that wait on its table's page, where it is reviewed and asked for like any. */
export default function ApprovalUndo({ cluster, undo }: ApprovalUndoProps) {
  const { keyspace, table, changes, left } = undo;
  const keyspaces = useQuery(schemaQuery(cluster)).data?.keyspaces;
  const put = useMutation({ mutationFn: (known: readonly Keyspace[]) => putUndo(cluster, undo, known) });
  if (put.isSuccess) {
    return (
      <div className="flex flex-wrap items-center gap-2 text-sm" role="status">
        <p>
          {plural(changes.length, 'change')} {changes.length === 1 ? 'waits' : 'wait'} for review on the page of{' '}
          <Shown text={table} as="name" />: nothing is undone yet.
        </p>
        <LinkButton size="sm" href={pagePath.table(cluster, keyspace, table)}>
          Review them
        </LinkButton>
      </div>
    );
  }
  return (
    <div className="space-y-1">
      {put.error !== null && <ErrorState title="Nothing is prepared" {...errorText(put.error)} />}
      <Button
        disabled={keyspaces === undefined}
        busy={put.isPending}
        onClick={() => keyspaces !== undefined && put.mutate(keyspaces)}
      >
        Undo what was applied…
      </Button>
      {left > 0 && <p className="text-muted text-xs">{plural(left, 'change')} cannot be undone.</p>}
    </div>
  );
}

/** @throws EditError, MutationError, ValueError where changes that wait already do not fit: these stay as they are */
async function putUndo(cluster: string, undo: Undo, keyspaces: readonly Keyspace[]): Promise<void> {
  const { keyspace, table, changes } = undo;
  const shape = schemaLookup(keyspaces).table(keyspace, table);
  if (shape === undefined) throw new Error(`${keyspace}.${table} is not in the schema: it may have been dropped.`);
  const tables = keyspaces.find(({ name }) => name === keyspace)?.tables;
  const id = tables?.find(({ name }) => name === table)?.id ?? null;
  const store = await openChangeStore({ cluster, keyspace, table }, { keyspace, table, shape }, id);
  store.act({ do: 'changes', changes });
}
