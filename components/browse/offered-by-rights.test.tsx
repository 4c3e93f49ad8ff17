import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import type { SchemaResponse } from '@/lib/contract/schema';
import { ChangeManyButton } from './change-many-button';
import { PLACE, SHAPE } from './filters/filter-bar.states';
import { MoveButton } from './move-button';
import NoRows from './no-rows';

const ADDRESS = { filters: [], columns: null, reversed: false, filtering: false } as never;

/** What is offered for the rows of a table to somebody who lacks these rights on it. */
function offersTo(lacks: string[] | undefined) {
  const client = new QueryClient();
  client.setQueryData(clustersQuery().queryKey, {
    clusters: [
      { ...{ name: PLACE.cluster, label: 'x', colour: null, readOnly: false, consistency: 'ONE', pageRows: 100 } },
    ],
  });
  const table: SchemaResponse['keyspaces'][number]['tables'][number] = {
    ...{ name: PLACE.table, id: null, kind: 'table', baseTable: null, comment: '', columns: [], indexes: [] },
    ...(lacks === undefined ? {} : { lacks }),
  };
  const keyspace = { system: false, virtual: false, durableWrites: true, replication: {}, types: [], functions: [] };
  client.setQueryData(schemaQuery(PLACE.cluster).queryKey, {
    keyspaces: [{ name: PLACE.keyspace, ...keyspace, tables: [table] }],
    asOf: '2001-01-09T00:00:00.000Z',
    gaps: [],
  });
  return (
    <QueryClientProvider client={client}>
      <ChangeManyButton place={PLACE} shape={SHAPE} address={ADDRESS} />
      <MoveButton place={PLACE} shape={SHAPE} address={ADDRESS} />
      <NoRows place={PLACE} shape={SHAPE} filtered={false} />
    </QueryClientProvider>
  );
}

const offers = () => [
  page.getByRole('button', { name: 'Change rows like these…' }).elements().length,
  page.getByRole('button', { name: 'Copy or compare…' }).elements().length,
  page.getByRole('link', { name: 'Write an INSERT' }).elements().length,
];

describe('what is offered for the rows of a table', () => {
  it.each<[string, string[] | undefined, number[]]>([
    ['where nobody signs in', undefined, [1, 1, 1]],
    ['to an editor', ['ddl'], [1, 1, 1]],
    ['to an analyst', ['write', 'ddl'], [0, 1, 0]],
    ['to somebody who may write but not take rows away', ['export'], [1, 0, 1]],
    ['to a viewer', ['read', 'export', 'write', 'ddl'], [0, 0, 0]],
  ])('%s', async (_, lacks, expected) => {
    render(offersTo(lacks));
    await expect.element(page.getByText('This table is empty')).toBeVisible();
    expect(offers()).toEqual(expected);
  });
});
