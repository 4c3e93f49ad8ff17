import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { reloadHistory } from '@/lib/client/history';
import { clusterKey } from '@/lib/client/queries';
import { type OnStepEnd, RunSession, type SessionState } from '@/lib/workbench/run-session';

/** Runs whose reads go on although their page was left, by cluster: the page takes them back. */
const left = new Map<string, RunSession>();

/** The run of this page. Leaving the page stops what is being read, except for reads to the end. */
export function useRun(cluster: string): { session: RunSession; state: SessionState } {
  const client = useQueryClient();
  const handler = useRef<OnStepEnd>(() => undefined);
  useEffect(() => {
    handler.current = (_run, _step, { outcome }) => {
      // The server has written it down.
      reloadHistory(client, cluster);
      // Tables were added, dropped or changed: reload what the page knows about the cluster.
      if (outcome === 'schema_change') void client.invalidateQueries({ queryKey: clusterKey(cluster) });
    };
  }, [client, cluster]);
  const [session] = useState(() => left.get(cluster) ?? new RunSession(cluster, (...end) => handler.current(...end)));
  useEffect(() => {
    left.delete(cluster);
    session.enter((...end) => handler.current(...end));
    // A statement that is run should not wait for code.
    session.prepare().catch(() => undefined);
    return () => {
      if (session.leave()) left.set(cluster, session);
    };
  }, [session, cluster]);
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  return { session, state };
}
