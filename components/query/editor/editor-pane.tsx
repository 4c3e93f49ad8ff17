'use client';

import { useQuery } from '@tanstack/react-query';
import { AlignLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { IconButton } from '@/components/ui/icon-button';
import { Skeleton } from '@/components/ui/skeleton';
import { fitsAddress, pagePath } from '@/lib/client/paths';
import { schemaQuery } from '@/lib/client/queries';
import { useRelease } from '@/lib/client/use-release';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { isReadOnlyStatement } from '@/lib/cql/classifier';
import { type SchemaLookup, schemaLookup } from '@/lib/cql/schema-lookup';
import type { CompletionKnowledge } from '@/lib/workbench/completion';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import type { RunSession } from '@/lib/workbench/run-session';
import type { EditorFocus } from '@/lib/workbench/runnable';
import { type Runnable, runnableAll, runnableAt } from '@/lib/workbench/runnable';
import { SNIPPET_NAMES } from '@/lib/workbench/snippet-names';
import { useParameters } from '../parameters/use-parameters';
import { CostLine } from '../run/cost-line';
import { RunBar } from '../run/run-bar';
import { type RunOptions, useRunOptions } from '../run/use-run-options';
import { exportPath, linkTo } from '../saved/use-link';
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

/** The editor, with the cost of its statement and the choices for a run below. */
export function EditorPane({ dispatch, onReady, ...props }: EditorPaneProps) {
  const { cluster, summary, active, running, session } = props;
  const [options, setOptions] = useRunOptions(cluster);
  const [focus, setFocus] = useState<EditorFocus | null>(null);
  const editor = useRef<EditorHandle>(null);
  const { id, text, keyspace } = active;
  const readOnly = summary?.readOnly ?? false;
  const runnable = useMemo(() => runnableAt(text, focus, readOnly), [text, focus, readOnly]);
  const { knowledge, keyspaces, lookup } = useKnowledge(cluster, keyspace);

  const inPlace = runnable.place?.text ?? '';
  const { panel, withValues } = useParameters({ cluster, summary, active, options, dispatch, text: inPlace });
  const { run, stop } = useRunning(editor, { active, running, session, readOnly, options, withValues, lookup });
  return (
    <>
      <div id="query-text" className="relative min-h-16 flex-1">
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
        <FormatButton onPress={() => editor.current?.format()} />
      </div>
      {panel}
      <CostLine
        {...{ cluster, runnable, keyspace, lookup }}
        onFix={({ strays }) => editor.current?.replace(strays)}
        onHint={(hint) => editor.current?.showHint(hint)}
      />
      <RunBar
        summary={summary}
        keyspaces={keyspaces}
        keyspace={keyspace}
        options={options}
        runnable={runnable}
        session={session}
        running={running}
        link={() => linkTo(cluster, active, runnable.place?.text ?? text)}
        {...exportOf(cluster, runnable, keyspace)}
        onKeyspace={(next) => dispatch({ type: 'keyspace', id, keyspace: next })}
        onOptions={setOptions}
        onRun={() => run(runnable)}
        onStop={stop}
      />
    </>
  );
}

function FormatButton({ onPress }: { onPress: () => void }) {
  return (
    <IconButton
      className="absolute right-2 bottom-1"
      size="sm"
      label="Format the statement"
      keys="format"
      onClick={onPress}
    >
      <AlignLeft size={14} aria-hidden="true" />
    </IconButton>
  );
}

interface RunningOptions extends Pick<EditorPaneProps, 'active' | 'running' | 'session'> {
  readOnly: boolean;
  options: RunOptions;
  withValues: ReturnType<typeof useParameters>['withValues'];
  lookup: SchemaLookup | undefined;
}

/** Runs statements of the document, one run at a time, and stops them; also by the palette. */
function useRunning(editor: RefObject<EditorHandle | null>, options: RunningOptions) {
  const { active, running, session, readOnly, options: chosen, withValues, lookup } = options;
  const { id, text, keyspace } = active;
  const run = useCallback(
    (what: Runnable) => {
      const { place } = what;
      if (running || place === null || what.blocked !== null) return;
      editor.current?.showError(null);
      withValues(place.text, (bound) =>
        session.start(place, id, { ...chosen, keyspace, ...(bound === undefined ? {} : { bound }) }, lookup),
      );
    },
    [editor, running, session, id, chosen, keyspace, withValues, lookup],
  );
  const stop = useCallback(() => session.stop(), [session]);
  useQueryCommands(
    useCallback(() => run(runnableAll(text, readOnly)), [run, text, readOnly]),
    stop,
  );
  useWritingCommands(editor);
  return { run, stop };
}

/** What completion knows of the cluster, and the names of its keyspaces. */
function useKnowledge(cluster: string, keyspace: string | null) {
  const { data: schema } = useQuery(schemaQuery(cluster));
  const release = useRelease(cluster);
  const knowledge = useMemo(
    (): CompletionKnowledge => ({ schema: schema ?? { keyspaces: [] }, keyspace: keyspace ?? undefined, release }),
    [schema, keyspace, release],
  );
  const keyspaces = useMemo(() => (schema?.keyspaces ?? []).map(({ name }) => name), [schema]);
  const lookup = useMemo(() => schema && schemaLookup(schema.keyspaces), [schema]);
  return { knowledge, keyspaces, lookup };
}

/** Where a statement that reads is exported; one that no address can hold is kept on the server first. */
function exportOf(cluster: string, { place, count }: Runnable, keyspace: string | null) {
  if (place === null || count !== 1 || !isReadOnlyStatement(place.text)) return { exportHref: null };
  const exportHref = pagePath.exports(cluster, { statement: place.text, ...(keyspace === null ? {} : { keyspace }) });
  if (fitsAddress(exportHref)) return { exportHref };
  return { exportHref: null, longExport: () => exportPath(cluster, place.text, keyspace) };
}

/** What writes in the editor, by the palette. */
function useWritingCommands(editor: RefObject<EditorHandle | null>): void {
  useOfferCommands(
    useMemo((): Command[] => {
      const format = () => editor.current?.format();
      const snippets = SNIPPET_NAMES.map(([id, name]): Command => {
        const run = () => editor.current?.insertSnippet(id);
        return { id: `query-snippet-${id}`, label: `Snippet: ${name}`, group: 'page', run };
      });
      return [
        { id: 'query-format', label: 'Format the statement', group: 'page', keys: 'format', run: format },
        ...snippets,
      ];
    }, [editor]),
  );
}

function useQueryCommands(runAll: () => void, stop: () => void): void {
  useOfferCommands(
    useMemo(
      (): Command[] => [
        { id: 'query-run-all', label: 'Run all statements in this tab', group: 'page', run: runAll },
        { id: 'query-stop', label: 'Stop the running statement', group: 'page', run: stop },
      ],
      [runAll, stop],
    ),
  );
}
