import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { clusterKey } from '@/lib/client/queries';
import type { HistoryAction } from '@/lib/workbench/history';
import { type OnStepEnd, RunSession, type SessionState } from '@/lib/workbench/run-session';

/** The run of this page. Leaving the page stops what is being read. */
export function useRun(
  cluster: string,
  record: (action: HistoryAction) => void,
): { session: RunSession; state: SessionState } {
  const client = useQueryClient();
  const handler = useRef<OnStepEnd>(() => undefined);
  useEffect(() => {
    handler.current = (run, step, end, startedAt) => {
      const { outcome, rows, elapsedMs, error } = end;
      const message = error === undefined ? {} : { message: error.message };
      const { id, text } = step;
      const { keyspace } = run.settings;
      const entry = { id, statement: text, keyspace, at: startedAt, outcome, rows, elapsedMs, ...message };
      record({ type: 'record', entry });
      // Tables were added, dropped or changed: reload what the page knows about the cluster.
      if (outcome === 'schema_change') void client.invalidateQueries({ queryKey: clusterKey(cluster) });
    };
  }, [client, cluster, record]);
  const [session] = useState(() => new RunSession(cluster, (...end) => handler.current(...end)));
  useEffect(() => () => session.dispose(), [session]);
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  return { session, state };
}
