'use client';

import { useQuery } from '@tanstack/react-query';
import { AlignLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { memo, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { IconButton } from '@/components/ui/icon-button';
import { Skeleton } from '@/components/ui/skeleton';
import { tableLacks } from '@/lib/client/lacks';
import { fitsAddress, pagePath } from '@/lib/client/paths';
import { schemaQuery } from '@/lib/client/queries';
import { useRelease } from '@/lib/client/use-release';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { Classification } from '@/lib/contract/statements';
import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import type { RunSettings } from '@/lib/workbench/run';
import type { RunSession } from '@/lib/workbench/run-session';
import type { EditorFocus, Runnable } from '@/lib/workbench/runnable';
import { SNIPPET_NAMES } from '@/lib/workbench/snippet-names';
import { useParameters } from '../parameters/use-parameters';
import { CostLine } from '../run/cost-line';
import { RunBar } from '../run/run-bar';
import { type RunOptions, useRunOptions } from '../run/use-run-options';
import { exportPath, linkTo } from '../saved/use-link';
import { useScriptChoice } from '../script/script-choice';
import type { CqlEditorProps, EditorHandle } from './cql-editor';
import { type Analysis, classificationOf, useAnalysis } from './use-analysis';

const ScriptControls = dynamic(() => import('../script/script-controls'), { ssr: false });

const LOADING: Runnable = { place: null, count: 0, blocked: 'The editor is still loading.' };

interface EditorPaneProps {
  cluster: string;
  summary: ClusterSummary | undefined;
  active: QueryDocument;
  running: boolean;
  session: RunSession;
  dispatch: (action: DocumentAction) => void;
  onReady: (handle: EditorHandle | null) => void;
}

/** The editor, with the cost of its statement and the choices for a run below. What a run reports does not draw it again. */
export const EditorPane = memo(function EditorPane({ dispatch, onReady, ...props }: EditorPaneProps) {
  const { cluster, summary, active, running, session } = props;
  const [options, setOptions] = useRunOptions(cluster);
  const [focus, setFocus] = useState<EditorFocus | null>(null);
  const editor = useRef<EditorHandle>(null);
  const { id, text, keyspace } = active;
  const analysis = useAnalysis(cluster, keyspace);
  const { schema, completion, keyspaces } = useKnowledge(cluster, keyspace);
  const found = useRunnable(analysis, { active, summary, schema, focus });
  const { at, classification, runnable } = found;
  const { run, stop, panel, controls } = useRuns(editor, { ...props, ...found, dispatch, options, analysis });
  return (
    <>
      <div id="query-text" className="relative min-h-16 flex-1">
        <LoadedEditor
          code={analysis.code}
          documentId={id}
          text={text}
          {...completion}
          onChange={(documentId, next) => dispatch({ type: 'edit', id: documentId, text: next })}
          onFocusChange={setFocus}
          onRun={(now, focusNow) => run(at(now, focusNow), now)}
          onReady={(handle) => {
            editor.current = handle;
            onReady(handle);
          }}
        />
        <FormatButton onPress={() => editor.current?.format()} />
      </div>
      {panel}
      <CostLine
        {...{ cluster, runnable }}
        classify={analysis.lookup && analysis.classify}
        onFix={({ strays }) => editor.current?.replace(strays)}
        onHint={(hint) => editor.current?.showHint(hint)}
      />
      <RunBar
        {...{ summary, keyspaces, keyspace, options, runnable, classification, session, running }}
        link={() => linkTo(cluster, active, runnable.place?.text ?? text)}
        {...exportOf(cluster, runnable, exportable(classification, schema, summary), keyspace)}
        onKeyspace={(next) => dispatch({ type: 'keyspace', id, keyspace: next })}
        onOptions={setOptions}
        onRun={() => run(runnable, text)}
        onStop={stop}
        script={controls}
      />
    </>
  );
});

function LoadedEditor({ code, ...props }: Pick<Analysis, 'code'> & CqlEditorProps) {
  return code === undefined ? <Skeleton className="m-3 h-24" /> : <code.CqlEditor {...props} />;
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

interface RunsOptions extends Omit<EditorPaneProps, 'onReady'> {
  /** What Run would run. */
  inPlace: string;
  /** Why nothing that writes runs; null: it may. */
  noWrites: string | null;
  may: (found: Runnable) => Runnable;
  options: RunOptions;
  analysis: Analysis;
}

/** Runs of statements, with the values of their parameters and the choices for scripts. */
function useRuns(editor: RefObject<EditorHandle | null>, props: RunsOptions) {
  const { cluster, active, running, session, dispatch, inPlace, noWrites, may, options, analysis } = props;
  const { panel, withValues } = useParameters({ ...props, text: inPlace });
  const script = useScriptChoice(cluster);
  const settings = { ...options, keyspace: active.keyspace, goesOn: script.choice.goesOn };
  const given = { active, running, session, noWrites, may, settings, withValues, analysis };
  const { run, runAll, stop } = useRunning(editor, given);
  const controls = <ScriptControls {...script} {...{ active, running, dispatch }} onRunAll={() => runAll?.()} />;
  return { run, stop, panel, controls };
}

interface RunningOptions extends Pick<EditorPaneProps, 'active' | 'running' | 'session'> {
  /** Why nothing that writes runs; null: it may. */
  noWrites: string | null;
  may: (found: Runnable) => Runnable;
  /** Chosen for the run; the values of bind markers come last. */
  settings: RunSettings;
  withValues: ReturnType<typeof useParameters>['withValues'];
  analysis: Analysis;
}

/** Runs statements of the document, one run at a time, and stops them; also by the palette. */
function useRunning(editor: RefObject<EditorHandle | null>, options: RunningOptions) {
  const { active, running, session, noWrites, may, settings, withValues, analysis } = options;
  const { code, lookup, arriving } = analysis;
  const { id, text } = active;
  const run = (what: Runnable, document: string) => {
    const { place } = what;
    if (running || place === null || what.blocked !== null) return;
    editor.current?.showError(null);
    const charactersAfter = document.length - place.start - place.text.length;
    withValues(place.text, (bound) => {
      const origin = { documentId: id, charactersAfter, schema: lookup ?? arriving() };
      void session.start(place, origin, { ...settings, ...(bound === undefined ? {} : { bound }) });
    });
  };
  const stop = useCallback(() => session.stop(), [session]);
  const runNow = code && (() => run(may(code.runnableAll(text, noWrites)), text));
  const latest = useRef(runNow);
  useEffect(() => {
    latest.current = runNow;
  });
  const canRun = code !== undefined;
  const runAll = useMemo(() => (canRun ? () => latest.current?.() : undefined), [canRun]);
  useQueryCommands(runAll, stop);
  useWritingCommands(editor);
  return { run, runAll, stop };
}

interface Finding extends Pick<EditorPaneProps, 'active' | 'summary'> {
  schema: SchemaResponse | undefined;
  focus: EditorFocus | null;
}

/** What Run would run, and what it is. */
function useRunnable(analysis: Analysis, { active: { text, keyspace }, summary, schema, focus }: Finding) {
  const { code } = analysis;
  const noWrites = code?.noWritesOn(summary) ?? null;
  const may = usePermitted(analysis, schema, keyspace);
  const found = useMemo(() => code?.runnableAt(text, focus, noWrites) ?? LOADING, [code, text, focus, noWrites]);
  const runnable = useMemo(() => may(found), [may, found]);
  const at = (now: string, focusNow: EditorFocus | null) => may(code?.runnableAt(now, focusNow, noWrites) ?? LOADING);
  const [classification, inPlace] = [classificationOf(analysis, found), runnable.place?.text ?? ''];
  return { noWrites, may, at, runnable, classification, inPlace };
}

/** What may run of what is found, by the rights on the table of its one statement. */
function usePermitted(analysis: Analysis, schema: SchemaResponse | undefined, keyspace: string | null) {
  return useCallback(
    (found: Runnable): Runnable =>
      analysis.code?.permitted(found, classificationOf(analysis, found), schema?.keyspaces ?? [], keyspace) ?? found,
    [analysis, schema, keyspace],
  );
}

/** What completion knows of the cluster, and the names of its keyspaces. */
function useKnowledge(cluster: string, keyspace: string | null) {
  const { data: schema, isLoading } = useQuery(schemaQuery(cluster));
  const release = useRelease(cluster);
  const knowledge = useMemo(
    (): CompletionKnowledge => ({ schema: schema ?? { keyspaces: [] }, keyspace: keyspace ?? undefined, release }),
    [schema, keyspace, release],
  );
  const keyspaces = useMemo(() => (schema?.keyspaces ?? []).map(({ name }) => name), [schema]);
  return { schema, completion: { knowledge, isSchemaArriving: isLoading }, keyspaces };
}

/** What may be exported: nothing where whoever looks may not take it away, as far as its text says which table that is. */
function exportable(
  classification: Classification | null,
  schema: SchemaResponse | undefined,
  summary: ClusterSummary | undefined,
): Classification | null {
  const table = classification?.table ?? null;
  if (summary?.lacks?.includes('export')) return null;
  return table !== null && tableLacks(schema?.keyspaces ?? [], table, 'export') ? null : classification;
}

/** Where a statement that reads is exported; one that no address can hold is kept on the server first. */
function exportOf(
  cluster: string,
  { place }: Runnable,
  classification: Classification | null,
  keyspace: string | null,
) {
  if (place === null || classification === null || classification.isWrite) return { exportHref: null };
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

/** Nothing is run before its analysis is loaded, so that is not offered before. */
function useQueryCommands(runAll: (() => void) | undefined, stop: () => void): void {
  useOfferCommands(
    useMemo((): Command[] => {
      const stops: Command = { id: 'query-stop', label: 'Stop the running statement', group: 'page', run: stop };
      if (runAll === undefined) return [stops];
      return [{ id: 'query-run-all', label: 'Run all statements in this tab', group: 'page', run: runAll }, stops];
    }, [runAll, stop]),
  );
}
