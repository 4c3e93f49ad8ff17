'use client';

import { useQuery } from '@tanstack/react-query';
import NoSuchTable from '@/components/shell/no-such-table';
import { TableHead } from '@/components/table-head/table-head';
import { LinkButton } from '@/components/ui/link-button';
import { Gaps } from '@/components/ui/notice';
import { PAGE_PANELS } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import { tableDetailsQuery } from '@/lib/client/table-queries';
import type { Keyspace, Table } from '@/lib/contract/schema';
import { plural } from '@/lib/text/format';
import { ColumnTable } from './column-table';
import { DdlPanel } from './ddl-panel';
import { IndexTable } from './index-table';
import { TableLink } from './names';
import { PropertiesPanel } from './properties-panel';
import { SchemaFailure } from './schema-failure';
import { SchemaPage } from './schema-page';
import { SchemaSkeleton } from './schema-skeleton';
import { viewsOf } from './table-parts';
import { useKeyspace } from './use-keyspace';

/** A table's schema: columns with their marks, indexes, views, properties and DDL. */
export function TableSchemaView({ cluster, keyspace: keyspaceName, table: name }: TablePlace) {
  const { query, keyspace, gaps } = useKeyspace(cluster, keyspaceName);
  const table = keyspace?.tables.find((candidate) => candidate.name === name);
  const place = { cluster, keyspace: keyspaceName, table: name };
  return (
    <SchemaPage
      head={
        <TableHead
          place={place}
          keyspace={keyspace ?? undefined}
          table={table}
          tab="Schema"
          exportLink={
            <LinkButton size="sm" href={pagePath.exports(cluster, { keyspace: keyspaceName, table: name })}>
              Export
            </LinkButton>
          }
        />
      }
    >
      <SchemaFailure query={query} />
      <Gaps gaps={gaps} />
      {query.data !== undefined && table === undefined && <NoSuchTable {...place} hasKeyspace={keyspace !== null} />}
      {keyspace !== undefined && keyspace !== null && table !== undefined && (
        <Contents cluster={cluster} keyspace={keyspace} table={table} />
      )}
      {query.isPending && <SchemaSkeleton />}
    </SchemaPage>
  );
}

function Contents({ cluster, keyspace, table }: { cluster: string; keyspace: Keyspace; table: Table }) {
  const views = viewsOf(keyspace, table.name);
  const isStored = table.kind !== 'virtual';
  const details = useQuery({ ...tableDetailsQuery(cluster, keyspace.name, table.name), enabled: isStored });
  return (
    <>
      {table.comment !== '' && (
        <p className="text-muted">
          <Shown text={table.comment} as="text" />
        </p>
      )}
      {table.baseTable !== null && (
        <p>
          A materialized view of{' '}
          <TableLink cluster={cluster} keyspace={keyspace.name} table={table.baseTable} to="schema" />.
        </p>
      )}
      <div className={PAGE_PANELS}>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel
            title="Columns"
            note={plural(table.columns.length, 'column')}
            actions={
              table.kind !== 'virtual' && <FindKey cluster={cluster} keyspace={keyspace.name} table={table.name} />
            }
            flush
          >
            <ColumnTable table={table} />
          </Panel>
          {table.indexes.length > 0 && (
            <Panel title="Indexes" flush>
              <IndexTable table={table.name} indexes={table.indexes} states={details.data?.indexes} />
            </Panel>
          )}
          {views.length > 0 && (
            <Panel title="Materialized views">
              <ul className="space-y-1">
                {views.map(({ name }) => (
                  <li key={name}>
                    <TableLink cluster={cluster} keyspace={keyspace.name} table={name} to="schema" />
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <DdlPanel cluster={cluster} keyspace={keyspace.name} table={table.name} />
        </div>
        {isStored && <PropertiesPanel cluster={cluster} keyspace={keyspace.name} table={table.name} />}
      </div>
    </>
  );
}

function FindKey({ cluster, keyspace, table }: TablePlace) {
  return (
    <LinkButton href={pagePath.ring(cluster, { keyspace, table })} size="sm" variant="ghost">
      Find a key on the ring
    </LinkButton>
  );
}
