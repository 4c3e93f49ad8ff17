'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { Bookmark, History as HistoryIcon, Save } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ComponentProps, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { useAskBeforeLeaving } from '@/lib/client/ask-before-leaving';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import { randomId } from '@/lib/client/random-id';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { changeSettings } from '@/lib/workbench/change-words';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import { currentStep, type Run, settingsOf } from '@/lib/workbench/run';
import type { RunSession } from '@/lib/workbench/run-session';
import { confirmedRequest } from '@/lib/workbench/step-request';
import { DocumentTabs } from './documents/document-tabs';
import { useDocuments } from './documents/use-documents';
import { EditorPane } from './editor/editor-pane';
import { useErrorMarker } from './editor/use-error-marker';
import { RunResults } from './run/run-results';
import { useRun } from './run/use-run';
import type { Side } from './saved/saving-host';
import type { Saving } from './saved/use-saving';
import { TracesButton } from './trace/traces-button';

const ConfirmDialog = dynamic(() => import('./run/confirm-dialog'), { ssr: false });
const RunAge = dynamic(() => import('./script/run-age'), { ssr: false });
const ScriptDialog = dynamic(() => import('./script/script-dialog'), { ssr: false });
const FilesDialog = dynamic(() => import('./script/files-dialog'), { ssr: false });
const HistoryPanel = dynamic(() => import('./history/history-panel'), { ssr: false });
const SavedPanel = dynamic(() => import('./saved/saved-panel'), { ssr: false });
const SavingHost = dynamic(() => import('./saved/saving-host'), { ssr: false });

/** The editor above, its result below, the history or the saved statements beside them. */
export function QueryPage({ cluster }: { cluster: string }) {
  const { documents, active, kept, dispatch } = useDocuments(cluster);
  const place = useErrorMarker(active);
  const { session, state } = useRun(cluster);
  const [side, setSide] = useState<Side | null>(null);
  const { saving, canSave, setCanSave } = useLaterSaving();
  const summary = useQuery(clustersQuery()).data?.clusters.find(({ name }) => name === cluster);
  const step = currentStep(state.run);
  const asking = step?.state.status === 'asking' || (state.run?.question ?? null) !== null;
  useAskBeforeLeaving(step?.state.status === 'running' && step.classification.isWrite);
  // The dialog takes the focus before it can remember that the editor had it: give it back when it closes.
  const { focus } = place;
  useEffect(() => (asking ? focus : undefined), [asking, focus]);

  const { fill, fillSample } = useFilling(dispatch, active.keyspace, focus);
  return (
    <div className="relative flex min-h-0 flex-1">
      <h1 className="sr-only">Query</h1>
      {/* On a phone the panel covers all of it, so nothing of it can be reached by keys or read out. */}
      <div className={clsx('flex min-w-0 flex-1 flex-col', side !== null && 'max-sm:invisible')}>
        <div className="flex border-line border-b bg-canvas">
          <DocumentTabs
            documents={documents}
            activeId={active.id}
            dispatch={dispatch}
            onRename={(document, index) => saving.current?.rename(document, index)}
          />
          {!kept && <p className="self-center px-2 text-warn text-xs">{NOT_KEPT}</p>}
          <TracesButton cluster={cluster} />
          <SideButtons saving={saving} canSave={canSave} side={side} onSide={setSide} />
        </div>
        <Halves
          editor={
            <EditorPane
              cluster={cluster}
              summary={summary}
              active={active}
              running={step?.state.status === 'running'}
              session={session}
              dispatch={dispatch}
              onReady={place.setEditor}
            />
          }
          result={<Results {...{ cluster, session, state, active }} errorPlace={place} onFill={fillSample} />}
        />
      </div>
      {side !== null && <BesideEditor {...{ cluster, side, saving }} onFill={fill} onClose={() => setSide(null)} />}
      <SavingHost
        cluster={cluster}
        active={active}
        dispatch={dispatch}
        handle={saving}
        onReady={setCanSave}
        onSide={setSide}
      />
      {asking && <Question name={cluster} run={state.run} cluster={summary} session={session} />}
    </div>
  );
}

interface BesideEditorProps {
  cluster: string;
  side: Side;
  saving: RefObject<Saving | null>;
  onFill: ComponentProps<typeof HistoryPanel>['onFill'];
  onClose: () => void;
}

/** The history or the saved statements; on a phone over all of the page. */
function BesideEditor({ cluster, side, saving, onFill, onClose }: BesideEditorProps) {
  return (
    <div className="w-80 shrink-0 border-line border-l max-[900px]:absolute max-[900px]:inset-y-0 max-[900px]:right-0 max-[900px]:z-10 max-[900px]:shadow-float max-sm:w-full">
      {side === 'history' ? (
        <HistoryPanel cluster={cluster} onFill={onFill} onClose={onClose} />
      ) : (
        <SavedPanel {...actionsOf(saving)} onClose={onClose} />
      )}
    </div>
  );
}

/**
 * Ctrl S or ⌘S anywhere on the page, where the browser would save the page itself. What saves comes after the editor: keys
 * that were pressed before are answered then.
 */
function useLaterSaving() {
  const saving = useRef<Saving>(null);
  const [canSave, setCanSave] = useState(false);
  const wasPressed = useRef(false);
  useEffect(() => {
    if (canSave && wasPressed.current) {
      wasPressed.current = false;
      saving.current?.save();
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPressed('save', event)) return;
      event.preventDefault();
      if (canSave) saving.current?.save();
      else wasPressed.current = true;
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [canSave]);
  return { saving, canSave, setCanSave };
}

/** What puts a statement into the editor; nothing of it runs. */
function useFilling(dispatch: (action: DocumentAction) => void, keyspace: string | null, focus: () => void) {
  const fill = useCallback(
    (from: { readonly statement: string; readonly keyspace: string | null }) =>
      dispatch({ type: 'fill', id: randomId(), text: from.statement, keyspace: from.keyspace }),
    [dispatch],
  );
  const fillSample = useCallback(
    (statement: string) => {
      fill({ statement, keyspace });
      focus();
    },
    [fill, keyspace, focus],
  );
  return { fill, fillSample };
}

const NOT_KEPT = 'This browser’s storage is full or turned off: save these statements, or a reload loses them.';

interface ResultsProps extends Omit<ComponentProps<typeof RunResults>, 'documentText'> {
  active: QueryDocument;
}

/** The results of the run, and whether they are of what the editor has now. */
function Results({ active, ...props }: ResultsProps) {
  const documentText = useLatestText(active.text);
  const { run } = props.state;
  return (
    <div className="flex h-full min-h-0 flex-col">
      {run !== null && <RunAge run={run} active={active} />}
      <RunResults {...props} documentText={documentText} />
    </div>
  );
}

/** The editor's text, for what is done later: results are not drawn again for each key press. */
function useLatestText(text: string): () => string {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  return useCallback(() => latest.current, []);
}

function actionsOf(saving: RefObject<Saving | null>) {
  return {
    onOpen: (path: string) => saving.current?.open(path),
    onMove: (path: string) => saving.current?.move(path),
    onRemove: (path: string) => saving.current?.remove(path),
    onDownload: (path: string | null) => saving.current?.download(path),
    onImport: (files: readonly File[]) => saving.current?.importFiles(files),
  };
}

interface SideButtonsProps {
  saving: RefObject<Saving | null>;
  /** Its code is here. */
  canSave: boolean;
  side: Side | null;
  onSide: (side: Side | null) => void;
}

function SideButtons({ saving, canSave, side, onSide }: SideButtonsProps) {
  const toggle = (which: Side) => () => onSide(side === which ? null : which);
  return (
    <div className="mr-1 flex shrink-0 items-center">
      <IconButton size="sm" label="Save" keys="save" disabled={!canSave} onClick={() => saving.current?.save()}>
        <Save size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="Saved statements" aria-pressed={side === 'saved'} onClick={toggle('saved')}>
        <Bookmark size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="History" aria-pressed={side === 'history'} onClick={toggle('history')}>
        <HistoryIcon size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** One above the other, with a divider to drag. */
function Halves({ editor, result }: { editor: ReactNode; result: ReactNode }) {
  return (
    <Group orientation="vertical" className="min-h-0 flex-1">
      <Panel id="query-editor" defaultSize="38%" minSize={120} className="flex flex-col">
        {editor}
      </Panel>
      <Separator
        aria-label="Resize editor and result"
        className="h-1 bg-line focus-visible:bg-accent data-[separator=active]:bg-accent data-[separator=hover]:bg-accent"
      />
      <Panel id="query-result" minSize={100}>
        {result}
      </Panel>
    </Group>
  );
}

interface QuestionProps {
  name: string;
  run: Run | null;
  cluster: ClusterSummary | undefined;
  session: RunSession;
}

/** Asks before a statement, or a script, that changes something, and for the files that a script reads. */
function Question({ name, run, cluster, session }: QuestionProps) {
  const { data: schema } = useQuery(schemaQuery(name));
  const step = currentStep(run);
  const refuse = () => session.refuse();
  const keyspaces = schema?.keyspaces ?? [];
  if (run?.question === 'files') {
    return (
      <FilesDialog
        run={run}
        onOpen={(files) => void session.open(files, schema && schemaLookup(schema.keyspaces))}
        onRefuse={refuse}
      />
    );
  }
  if (run?.question === 'writes') {
    return <ScriptDialog {...{ run, cluster, keyspaces }} onAgree={() => session.agree()} onRefuse={refuse} />;
  }
  if (run === null || step === undefined) return null;
  const settings = settingsOf(run, step);
  return (
    <ConfirmDialog
      key={step.id}
      step={step}
      place={placeIn(run.steps, step)}
      keyspace={settings.keyspace}
      cluster={cluster}
      keyspaces={keyspaces}
      settings={changeSettings(settings, cluster)}
      requestOf={(typed) => confirmedRequest(run, step, typed)}
      onConfirm={(typed) => session.confirm(step.id, typed)}
      onDecline={() => session.decline(step.id)}
    />
  );
}

/** `2 of 5` among several. */
function placeIn<T>(steps: readonly T[], step: T): string | null {
  return steps.length === 1 ? null : `${steps.indexOf(step) + 1} of ${steps.length}`;
}
