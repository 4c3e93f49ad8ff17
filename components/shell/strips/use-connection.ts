'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { clusterKey, stateQuery } from '@/lib/client/queries';
import { type Connection, connectionOf, isLost } from '@/lib/cluster/connection';

/**
 * Watches a cluster's health. When a lost cluster comes back, everything shown of it is reloaded.
 * `goodAtMs`: when it last answered; null before that.
 */
export function useConnection(cluster: string): { connection: Connection; goodAtMs: number | null } {
  const client = useQueryClient();
  const { data, error, dataUpdatedAt } = useQuery(stateQuery());
  const connection = connectionOf(cluster, data, error);
  const [goodAtMs, setGoodAtMs] = useState<number | null>(null);
  const wasLost = useRef(false);
  const lost = isLost(connection);
  const connected = connection.state === 'connected';

  useEffect(() => {
    if (connected) setGoodAtMs(dataUpdatedAt);
  }, [connected, dataUpdatedAt]);

  useEffect(() => {
    if (lost) wasLost.current = true;
    if (!connected || !wasLost.current) return;
    wasLost.current = false;
    void client.invalidateQueries({ queryKey: clusterKey(cluster) });
  }, [lost, connected, client, cluster]);

  return { connection, goodAtMs };
}
