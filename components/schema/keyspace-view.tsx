'use client';

import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Gaps } from '@/components/ui/notice';
import { PAGE_HEAD, PAGE_PANELS } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import { replicationInWords } from '@/lib/cluster/replication-words';
import type { Keyspace } from '@/lib/contract/schema';
import { plural } from '@/lib/text/format';
import { DdlPanel } from './ddl-panel';
import { FunctionList } from './function-list';
import { SchemaFailure } from './schema-failure';
import { SchemaPage } from './schema-page';
import { SchemaSkeleton } from './schema-skeleton';
import { TableList } from './table-list';
import { TypeList } from './type-list';
import { useKeyspace } from './use-keyspace';

/** A keyspace: how it is replicated, and everything in it. */
export function KeyspaceView({ cluster, keyspace: name }: { cluster: string; keyspace: string }) {
  const { query, keyspace, gaps } = useKeyspace(cluster, name);
  return (
    <SchemaPage head={<Heading cluster={cluster} name={name} keyspace={keyspace ?? undefined} />}>
      <SchemaFailure query={query} />
      <Gaps gaps={gaps} />
      {keyspace === null && <NoSuchKeyspace cluster={cluster} name={name} />}
      {keyspace !== undefined && keyspace !== null && <Contents cluster={cluster} keyspace={keyspace} />}
      {query.isPending && <SchemaSkeleton />}
    </SchemaPage>
  );
}

function Heading({ cluster, name, keyspace }: { cluster: string; name: string; keyspace: Keyspace | undefined }) {
  return (
    <header className={PAGE_HEAD}>
      <h1 className="min-w-0 break-all font-semibold text-base">
        <span className="sr-only">Keyspace </span>
        <Shown text={name} as="name" />
      </h1>
      {keyspace?.virtual === true && <Badge>virtual</Badge>}
      {keyspace?.system === true && !keyspace.virtual && <Badge>system</Badge>}
      {keyspace !== undefined && !keyspace.virtual && (
        <LinkButton href={pagePath.ring(cluster, { keyspace: name })} size="sm" className="ml-auto">
          On the ring
        </LinkButton>
      )}
    </header>
  );
}

function Contents({ cluster, keyspace }: { cluster: string; keyspace: Keyspace }) {
  return (
    <>
      <Panel title="Replication">
        <p>{replicationInWords(keyspace.replication)}</p>
        {!keyspace.virtual && <DurableWrites on={keyspace.durableWrites} />}
      </Panel>
      <TableList cluster={cluster} keyspace={keyspace} />
      <div className={PAGE_PANELS}>
        {keyspace.types.length > 0 && (
          <Panel title="User-defined types" note={plural(keyspace.types.length, 'type')} flush>
            <TypeList keyspace={keyspace.name} types={keyspace.types} />
          </Panel>
        )}
        {keyspace.functions.length > 0 && (
          <Panel title="Functions and aggregates" flush>
            <FunctionList keyspace={keyspace.name} functions={keyspace.functions} />
          </Panel>
        )}
        <DdlPanel cluster={cluster} keyspace={keyspace.name} />
      </div>
    </>
  );
}

function DurableWrites({ on }: { on: boolean }) {
  return on ? (
    <p className="text-muted">Durable writes: on. Every write goes to the commit log first.</p>
  ) : (
    <p className="text-warn">Durable writes: off. A node that stops loses the writes it has not flushed to disk.</p>
  );
}

function NoSuchKeyspace({ cluster, name }: { cluster: string; name: string }) {
  return (
    <EmptyState
      title={`There is no keyspace ${name}`}
      action={<LinkButton href={pagePath.overview(cluster)}>Go to the overview</LinkButton>}
    >
      It may have been dropped. Check the case of its name too: quoted names are case-sensitive.
    </EmptyState>
  );
}
