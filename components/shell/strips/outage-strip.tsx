'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Later } from '@/components/ui/later';
import { stateQuery } from '@/lib/client/queries';
import type { Connection } from '@/lib/cluster/connection';
import { ConnectionStrip } from './connection-strip';

const OwnCassandraNotice = lazy(() => import('./own-cassandra-notice'));

type OutageStripProps = { cluster: string; connection: Connection; goodAtMs: number | null };

/** Why the cluster is out of reach: the Cassandra of `npm start` has ended, which it can start again, or anything else. */
export function OutageStrip({ cluster, connection, goodAtMs }: OutageStripProps) {
  const own = useQuery(stateQuery()).data?.own;
  if (own?.cluster !== cluster || connection.state === 'server-lost') {
    return <ConnectionStrip connection={connection} goodAtMs={goodAtMs} />;
  }
  return (
    <div role="status">
      <Later>
        <OwnCassandraNotice own={own} />
      </Later>
    </div>
  );
}
