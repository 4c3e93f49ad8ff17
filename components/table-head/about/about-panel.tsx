import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Age } from '@/components/shell/age';
import { DiskSize } from '@/components/ui/disk-size';
import { Estimate } from '@/components/ui/estimate';
import { shown } from '@/components/ui/shown';
import { summaryOf } from '@/lib/browse/summary';
import type { TablePlace } from '@/lib/client/place';
import { tableStatsQuery } from '@/lib/client/table-queries';
import { replicationInWords } from '@/lib/cluster/replication-words';
import { propertyFacts } from '@/lib/cluster/table-properties';
import type { Keyspace, Table } from '@/lib/contract/schema';
import type { TableDetails } from '@/lib/contract/stats';
import { formatBytes, plural } from '@/lib/text/format';
import { useTableAbout } from './use-table-about';

interface AboutPanelProps {
  place: TablePlace;
  keyspace: Keyspace;
  table: Table;
}

/** What is known of a table without reading its rows; nodes are asked for their stats only while it is open. */
export function AboutPanel({ place, keyspace, table }: AboutPanelProps) {
  const { details, properties } = useTableAbout(place);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-2">
      <Fact name="Comment">{table.comment === '' ? <Unknown>none</Unknown> : table.comment}</Fact>
      <Fact name="Replication">{replicationInWords(keyspace.replication)}</Fact>
      <Sizes place={place} />
      {properties === undefined ? (
        <Fact name="Properties">
          <Unknown>{details.error === null ? '…' : `not known: ${details.error.message}`}</Unknown>
        </Fact>
      ) : (
        <Properties properties={properties} />
      )}
      <Activity place={place} />
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{shown(children)}</dd>
    </>
  );
}

function Unknown({ children }: { children: ReactNode }) {
  return <span className="text-faint">{children}</span>;
}

function Sizes({ place }: { place: TablePlace }) {
  const { size, sizes, unreliable } = useTableAbout(place);
  const stats = useQuery(tableStatsQuery(place.cluster, place.keyspace, place.table));
  return (
    <>
      <Fact name="On disk">
        {stats.data === undefined ? (
          <Unknown>{stats.error === null ? '…' : `not known: ${stats.error.message}`}</Unknown>
        ) : (
          <>
            <DiskSize mebibytes={summaryOf(stats.data.nodes).diskMebibytes} unknown="not known" />{' '}
            <Unknown>all replicas together</Unknown>
          </>
        )}
      </Fact>
      <Fact name="Estimate">
        {size === undefined || size.partitions === 0 ? (
          <Unknown>{sizes.isPending ? '…' : 'none yet: nodes estimate a table some minutes after a flush'}</Unknown>
        ) : (
          <>
            ~{plural(size.partitions, 'partition')},{' '}
            <Estimate value={size.bytes} format={formatBytes} unknown="unknown" unreliable={unreliable} /> for one copy,
            uncompressed <Unknown>{sizes.data !== undefined && <Age asOf={sizes.data.asOf} />}</Unknown>
          </>
        )}
      </Fact>
    </>
  );
}

const SHOWN_PROPERTIES = { default_time_to_live: 'Default TTL', compaction: 'Compaction' } as const;

function Properties({ properties }: { properties: TableDetails['properties'] }) {
  const facts = propertyFacts(properties);
  return Object.entries(SHOWN_PROPERTIES).map(([property, name]) => {
    const fact = facts.find((one) => one.name === property);
    if (fact === undefined) return null;
    return (
      <Fact key={property} name={name}>
        {fact.value !== '0' && (
          <span className="block font-mono text-xs">
            {property === 'default_time_to_live' ? `${fact.value} s` : fact.value}
          </span>
        )}
        <span className="text-muted">{fact.consequence}</span>
      </Fact>
    );
  });
}

/** Cassandra keeps the time of every cell and none of a table: what it counts is said instead. */
function Activity({ place: { cluster, keyspace, table } }: { place: TablePlace }) {
  const { data } = useQuery(tableStatsQuery(cluster, keyspace, table));
  const writes = data?.nodes.flatMap(({ localWrite }) => (localWrite === null ? [] : [localWrite])) ?? [];
  const count = writes.reduce((sum, write) => sum + BigInt(write.count), 0n);
  return (
    <Fact name="Last write">
      Cassandra does not record it for a table. The age lens shows the write times of rows.
      {writes.length > 0 && (
        <span className="block text-muted">
          Since {writes.length === 1 ? 'its node' : `its ${writes.length} nodes`} started:{' '}
          {count.toLocaleString('en-US')} {count === 1n ? 'write' : 'writes'} to replicas.
        </span>
      )}
    </Fact>
  );
}
