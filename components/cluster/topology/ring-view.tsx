'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Age } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { Later } from '@/components/ui/later';
import { Gaps, Notice } from '@/components/ui/notice';
import { PAGE_BODY } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { Skeleton } from '@/components/ui/skeleton';
import type { TablePlace } from '@/lib/client/place';
import { schemaQuery } from '@/lib/client/queries';
import { topologyQuery } from '@/lib/client/topology-query';
import { keyTablesOf } from '@/lib/cluster/key-tables';
import { placedKeyspaces } from '@/lib/cluster/keyspaces';
import type { Keyspace } from '@/lib/contract/schema';
import type { ReplicasResponse, TopologyResponse } from '@/lib/contract/topology';
import type { Arc } from '@/lib/ring/arcs';
import { FoundPlace } from './found-key';
import { KeyFinder } from './key-finder';
import { KeyspaceChooser } from './keyspace-chooser';
import { RingBoard } from './ring-board';
import { RingSkeleton } from './ring-skeleton';
import { type FoundKey, useFoundKey } from './use-found-key';
import { useRingState } from './use-ring-state';

const PlaceFacts = lazy(() => import('@/components/token-ring/place-facts'));

/** The ring of a cluster: who owns which tokens, the state of each node, and where a key lives. */
export function RingView({ cluster }: { cluster: string }) {
  const [state, setState] = useRingState();
  const schema = useQuery(schemaQuery(cluster));
  const keyspaces = schema.data?.keyspaces ?? [];
  const keyspace = state.keyspace ?? placedKeyspaces(keyspaces).own[0];
  const isMissing = schema.data !== undefined && keyspaces.every(({ name }) => name !== keyspace);
  const topology = useQuery({
    ...topologyQuery(cluster, isMissing ? undefined : keyspace),
    // The schema says which keyspace to ask for; without one the ring is shown as well.
    enabled: keyspace !== undefined || !schema.isPending,
    placeholderData: keepPreviousData,
  });
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Ring</h1>
        <KeyspaceChooser
          keyspaces={keyspaces}
          keyspace={keyspace}
          onChoose={(name) => setState({ keyspace: name, table: null, key: [] })}
        />
        {topology.data !== undefined && <AsOf topology={topology.data} stale={topology.isPlaceholderData} />}
      </header>
      <Failure what="The ring" query={topology} />
      {topology.error === null && <Failure what="The schema" query={schema} />}
      {topology.data !== undefined ? (
        <Ring
          cluster={cluster}
          topology={topology.data}
          keyspace={keyspaces.find(({ name }) => name === keyspace)}
          missing={isMissing ? keyspace : undefined}
        />
      ) : (
        topology.error === null && <RingSkeleton />
      )}
    </div>
  );
}

type RingProps = {
  cluster: string;
  topology: TopologyResponse;
  keyspace: Keyspace | undefined;
  /** The name of a keyspace that is not in the schema. */
  missing: string | undefined;
};

function Ring({ cluster, topology, keyspace, missing }: RingProps) {
  const [state, setState] = useRingState();
  const tables = keyspace === undefined ? [] : keyTablesOf(keyspace);
  const table = state.table === null ? tables[0] : tables.find(({ name }) => name === state.table);
  const found = useFoundKey(cluster, keyspace?.name, table, state.key);
  return (
    <>
      <Gaps gaps={topology.gaps} />
      <RingBoard
        cluster={cluster}
        topology={topology}
        found={found.place}
        facts={found.place !== undefined && <KeyFacts cluster={cluster} found={found} place={found.place} />}
        rangeFacts={(range, replicas) =>
          keyspace !== undefined &&
          table !== undefined && (
            <RangeFacts
              place={{ cluster, keyspace: keyspace.name, table: table.name }}
              range={range}
              replicas={replicas}
            />
          )
        }
        finder={(look, down) =>
          keyspace === undefined ? (
            <NoKeyspace missing={missing} />
          ) : (
            <>
              <KeyFinder
                keyspace={keyspace}
                table={state.table}
                texts={state.key}
                found={found}
                onChooseTable={(name) => setState({ keyspace: keyspace.name, table: name, key: [] })}
                onFind={(key) => setState({ keyspace: keyspace.name, table: table?.name ?? null, key })}
              />
              <FoundPlace place={found.place} look={look} down={down} />
            </>
          )
        }
      />
    </>
  );
}

type KeyFactsProps = { cluster: string; found: FoundKey; place: ReplicasResponse };

function KeyFacts({ cluster, found: { asked }, place }: KeyFactsProps) {
  return (
    <Panel title="What its replicas have" note={<Shown text={`${asked.keyspace}.${asked.table}`} as="text" />}>
      <Later fallback={<Skeleton className="h-24" />}>
        <PlaceFacts
          key={place.token}
          place={{ cluster, keyspace: asked.keyspace, table: asked.table }}
          token={place.token}
          replicas={place.replicas}
          partition={asked.key}
        />
      </Later>
    </Panel>
  );
}

type RangeFactsProps = { place: TablePlace; range: Arc; replicas: readonly string[] };

/** Neighbouring ranges of one primary share their replicas, but not their repairs: the last of them is looked up. */
function RangeFacts({ place, range, replicas }: RangeFactsProps) {
  const token = String(range.to);
  const end = range.ranges > 1 ? `the last of ${range.ranges} ranges, up to` : 'the range up to';
  return (
    <Panel
      title="What the replicas of this range have"
      note={<Shown text={`${place.keyspace}.${place.table}, ${end} ${token}`} as="text" />}
    >
      <Later fallback={<Skeleton className="h-24" />}>
        <PlaceFacts key={token} place={place} token={token} replicas={replicas} />
      </Later>
    </Panel>
  );
}

function NoKeyspace({ missing }: { missing: string | undefined }) {
  return missing === undefined ? (
    <p className="text-muted text-sm">Choose a keyspace first: its replication decides where a key lives.</p>
  ) : (
    <Notice tone="warn">This cluster has no keyspace {missing}.</Notice>
  );
}

function AsOf({ topology, stale }: { topology: TopologyResponse; stale: boolean }) {
  return (
    <p className="ml-auto text-faint text-xs" aria-busy={stale}>
      {stale ? 'Reading…' : <Age asOf={topology.asOf} />}
    </p>
  );
}

type FailureProps = {
  what: string;
  query: { error: Error | null; data: unknown; isFetching: boolean; refetch: () => unknown };
};

/** What was read earlier stays in view below, with its age. */
function Failure({ what, query: { error, data, isFetching, refetch } }: FailureProps) {
  if (error === null) return null;
  const title = data === undefined ? `${what} could not be read` : `${what} could not be refreshed`;
  return <FailureState title={title} error={error} onRetry={() => refetch()} retrying={isFetching} />;
}
