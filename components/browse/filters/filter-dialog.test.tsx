import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { schemaQuery, sizesQuery } from '@/lib/client/queries';
import type { TableSize } from '@/lib/contract/schema';
import { PLACE, SHAPE } from './filter-bar.states';
import FilterDialog from './filter-dialog';

const ASKED = '2001-01-09T00:00:00.000Z';

/** The dialog over a table of this size, as nodes estimate it; undefined: they have not. */
function dialogOf(size: Partial<TableSize> | undefined, onAgree: () => void = () => undefined) {
  const client = new QueryClient();
  client.setQueryData(schemaQuery(PLACE.cluster).queryKey, {
    keyspaces: [
      {
        name: PLACE.keyspace,
        system: false,
        virtual: false,
        durableWrites: true,
        replication: { class: 'NetworkTopologyStrategy', dc1: '3' },
        tables: [],
        types: [],
        functions: [],
      },
    ],
    asOf: ASKED,
    gaps: [],
  });
  const tables =
    size === undefined
      ? []
      : [{ table: PLACE.table, partitions: 0, bytes: 0, meanPartitionBytes: 0, diskMebibytes: null, ...size }];
  client.setQueryData(sizesQuery(PLACE.cluster).queryKey, {
    keyspaces: [{ keyspace: PLACE.keyspace, tables }],
    asOf: ASKED,
    source: 'system.size_estimates',
    nodesAsked: 3,
    nodesAnswered: 3,
    gaps: [],
  });
  const view = {
    filters: [{ column: 'delay', operator: '>', value: 60 } as const],
    columns: null,
    reversed: false,
    filtering: false,
  };
  return (
    <QueryClientProvider client={client}>
      <FilterDialog place={PLACE} shape={SHAPE} view={view} onClose={() => undefined} onAgree={onAgree} />
    </QueryClientProvider>
  );
}

const dialog = page.getByRole('dialog', { name: 'Read with ALLOW FILTERING?' });

describe('the question before filtering', () => {
  it('shows the statement and the estimate, where it fits the disk', async () => {
    render(dialogOf({ partitions: 5_000, bytes: 40_000_000, diskMebibytes: 60 }));
    await expect.element(dialog).toHaveTextContent('delay > 60 ALLOW FILTERING');
    await expect.element(dialog).toHaveTextContent(/~5,000 partitions, ~38(\.\d+)? MiB uncompressed/);
    await expect.element(dialog).not.toHaveTextContent('unreliable');
  });

  it('says that an estimate which does not fit the disk is unreliable, and why, and shows the disk', async () => {
    render(dialogOf({ partitions: 128, bytes: 300_000_000, diskMebibytes: 6 }));
    await expect.element(dialog).toHaveTextContent('~128 partitions');
    await expect.element(dialog.getByText('unreliable', { exact: true })).toBeVisible();
    await expect.element(dialog).toHaveTextContent(/does not fit 6\.00 MiB on disk on all nodes together/);
    await expect.element(dialog).toHaveTextContent('few partitions look like many');
    await expect.element(dialog).not.toHaveTextContent('uncompressed');
  });

  it('claims no size where nodes have estimated none, and agrees only by its button', async () => {
    const onAgree = vi.fn();
    render(dialogOf(undefined, onAgree));
    await expect.element(dialog).not.toHaveTextContent('The table has');
    await userEvent.click(dialog.getByRole('button', { name: 'Read with filtering' }));
    expect(onAgree).toHaveBeenCalledTimes(1);
  });
});
