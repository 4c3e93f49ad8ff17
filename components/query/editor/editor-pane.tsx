'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useCallback, useMemo, useRef, useState } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { Skeleton } from '@/components/ui/skeleton';
import { pagePath } from '@/lib/client/paths';
import { schemaQuery } from '@/lib/client/queries';
import { useRelease } from '@/lib/client/use-release';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { isReadOnlyStatement } from '@/lib/cql/classifier';
import type { CompletionKnowledge } from '@/lib/workbench/completion';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import type { RunSession } from '@/lib/workbench/run-session';
import type { EditorFocus } from '@/lib/workbench/runnable';
import { type Runnable, runnableAll, runnableAt } from '@/lib/workbench/runnable';
import { RunBar } from '../run/run-bar';
import { useRunOptions } from '../run/use-run-options';
import type { EditorHandle } from './cql-editor';

const CqlEditor = dynamic(() => import('./cql-editor'), {
  ssr: false,
  loading: () => <Skeleton className="m-3 h-24" />,
});

interface EditorPaneProps {
  cluster: string;
  summary: ClusterSummary | undefined;
  active: QueryDocument;
  running: boolean;
  session: RunSession;
  dispatch: (action: DocumentAction) => void;
  onReady: (handle: EditorHandle | null) => void;
}

/** The editor with its one line of facts and choices below. */
export function EditorPane({ cluster, summary, active, running, session, dispatch, onReady }: EditorPaneProps) {
  const [options, setOptions] = useRunOptions(cluster);
  const [focus, setFocus] = useState<EditorFocus | null>(null);
  const editor = useRef<EditorHandle>(null);
  const { data: schema } = useQuery(schemaQuery(cluster));
  const release = useRelease(cluster);
  const { id, text, keyspace } = active;
  const readOnly = summary?.readOnly ?? false;
  const runnable = useMemo(() => runnableAt(text, focus, readOnly), [text, focus, readOnly]);
  const knowledge = useMemo(
    (): CompletionKnowledge => ({ schema: schema ?? { keyspaces: [] }, keyspace: keyspace ?? undefined, release }),
    [schema, keyspace, release],
  );
  const names = useMemo(() => (schema?.keyspaces ?? []).map(({ name }) => name), [schema]);

  const run = useCallback(
    (what: Runnable) => {
      if (running || what.place === null || what.blocked !== null) return;
      editor.current?.showError(null);
      session.start(what.place, id, { ...options, keyspace });
    },
    [running, session, id, options, keyspace],
  );
  useQueryCommands(
    useCallback(() => run(runnableAll(text, readOnly)), [run, text, readOnly]),
    useCallback(() => session.stop(), [session]),
  );
  return (
    <>
      <div id="query-text" className="min-h-0 flex-1">
        <CqlEditor
          documentId={id}
          text={text}
          knowledge={knowledge}
          onChange={(documentId, next) => dispatch({ type: 'edit', id: documentId, text: next })}
          onFocusChange={setFocus}
          onRun={(now, focusNow) => run(runnableAt(now, focusNow, readOnly))}
          onReady={(handle) => {
            editor.current = handle;
            onReady(handle);
          }}
        />
      </div>
      <RunBar
        cluster={cluster}
        summary={summary}
        keyspaces={names}
        keyspace={keyspace}
        options={options}
        runnable={runnable}
        running={running}
        link={() => linkTo(cluster, runnable.place?.text ?? text, keyspace)}
        exportHref={exportOf(cluster, runnable, keyspace)}
        onKeyspace={(next) => dispatch({ type: 'keyspace', id, keyspace: next })}
        onOptions={setOptions}
        onFix={({ strays }) => editor.current?.replace(strays)}
        onRun={() => run(runnable)}
        onStop={() => session.stop()}
      />
    </>
  );
}

/** An address that fills the editor with a statement, and runs nothing. */
function linkTo(cluster: string, statement: string, keyspace: string | null): string {
  const path = pagePath.query(cluster, { statement, ...(keyspace === null ? {} : { keyspace }) });
  return `${window.location.origin}${path}`;
}

/** The exports page filled with a statement, when it is one that reads. */
function exportOf(cluster: string, { place, count }: Runnable, keyspace: string | null): string | null {
  if (place === null || count !== 1 || !isReadOnlyStatement(place.text)) return null;
  return pagePath.exports(cluster, { statement: place.text, ...(keyspace === null ? {} : { keyspace }) });
}

function useQueryCommands(runAll: () => void, stop: () => void): void {
  useOfferCommands(
    useMemo(
      (): Command[] => [
        { id: 'query-run-all', label: 'Run all statements of this tab', group: 'page', run: runAll },
        { id: 'query-stop', label: 'Stop the statement that runs', group: 'page', run: stop },
      ],
      [runAll, stop],
    ),
  );
}
