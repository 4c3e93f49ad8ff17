import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { reloadHistory } from '@/lib/client/history';
import { clusterKey } from '@/lib/client/queries';
import { isScript } from '@/lib/workbench/run';
import { RunSession, type SessionEvents, type SessionState } from '@/lib/workbench/run-session';

/** Runs that the page takes back when it is shown again, by cluster: their reads go on, or they are scripts stopped midway. */
const left = new Map<string, RunSession>();

const NOBODY: SessionEvents = { onStepEnd: () => undefined, onRunEnd: () => undefined };

/** The run of this page. Leaving the page stops what is being read, except for reads to the end. */
export function useRun(cluster: string): { session: RunSession; state: SessionState } {
  const client = useQueryClient();
  const handlers = useRef<SessionEvents>(NOBODY);
  useEffect(() => {
    const reload = (changesSchema: boolean) => {
      // The server has written it down.
      reloadHistory(client, cluster);
      // Tables were added, dropped or changed: reload what the page knows about the cluster.
      if (changesSchema) void client.invalidateQueries({ queryKey: clusterKey(cluster) });
    };
    handlers.current = {
      onStepEnd: (run, _step, { outcome }) => {
        if (!isScript(run)) reload(outcome === 'schema_change');
      },
      // Of many statements once, not after each.
      onRunEnd: (run) => {
        if (!isScript(run)) return;
        reload(run.steps.some(({ state }) => state.status === 'ended' && state.outcome === 'schema_change'));
      },
    };
  }, [client, cluster]);
  const [session] = useState(() => left.get(cluster) ?? new RunSession(cluster, NOBODY));
  useEffect(() => {
    left.delete(cluster);
    session.enter({
      onStepEnd: (...end) => handlers.current.onStepEnd(...end),
      onRunEnd: (run) => handlers.current.onRunEnd(run),
    });
    // A statement that is run should not wait for code.
    session.prepare().catch(() => undefined);
    return () => {
      if (session.leave()) left.set(cluster, session);
    };
  }, [session, cluster]);
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  return { session, state };
}
