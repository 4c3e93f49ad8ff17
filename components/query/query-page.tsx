'use client';

import { useQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { IconButton } from '@/components/ui/icon-button';
import { clustersQuery } from '@/lib/client/queries';
import { randomId } from '@/lib/client/random-id';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { DocumentAction } from '@/lib/workbench/documents';
import type { HistoryEntry } from '@/lib/workbench/history';
import { currentStep, type Run } from '@/lib/workbench/run';
import type { RunSession } from '@/lib/workbench/run-session';
import { DocumentTabs } from './documents/document-tabs';
import { useDocuments } from './documents/use-documents';
import { EditorPane } from './editor/editor-pane';
import { useErrorMarker } from './editor/use-error-marker';
import { useHistory } from './history/use-history';
import { RunResults } from './run/run-results';
import { useRun } from './run/use-run';

const ConfirmDialog = dynamic(() => import('./run/confirm-dialog'), { ssr: false });
const HistoryPanel = dynamic(() => import('./history/history-panel'), { ssr: false });

/** The editor above, its result below, the history beside them. */
export function QueryPage({ cluster }: { cluster: string }) {
  const { documents, active, kept, dispatch } = useDocuments(cluster);
  const { history, kept: historyKept, record } = useHistory(cluster);
  const place = useErrorMarker(active);
  const { session, state } = useRun(cluster, record);
  const [historyOpen, setHistoryOpen] = useState(false);
  const { data: clusters } = useQuery(clustersQuery());
  const summary = clusters?.clusters.find(({ name }) => name === cluster);
  const step = currentStep(state.run);
  const asking = step?.state.status === 'asking';
  // The dialog takes the focus before it can remember that the editor had it: give it back when it closes.
  const { focus } = place;
  useEffect(() => (asking ? focus : undefined), [asking, focus]);

  const { fill, fillSample } = useFilling(dispatch, active.keyspace, focus);
  return (
    <div className="relative flex min-h-0 flex-1">
      <h1 className="sr-only">Query</h1>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex border-line border-b bg-canvas">
          <DocumentTabs documents={documents} activeId={active.id} dispatch={dispatch} />
          {!kept && <p className="self-center px-2 text-warn text-xs">This browser will not remember these tabs.</p>}
          <HistoryButton pressed={historyOpen} onPress={() => setHistoryOpen((open) => !open)} />
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
          result={<RunResults cluster={cluster} state={state} errorPlace={place} onFill={fillSample} />}
        />
      </div>
      {historyOpen && (
        <div className="w-80 shrink-0 border-line border-l max-[900px]:absolute max-[900px]:inset-y-0 max-[900px]:right-0 max-[900px]:z-10 max-[900px]:shadow-float">
          <HistoryPanel
            history={history}
            kept={historyKept}
            onFill={fill}
            onClose={() => setHistoryOpen(false)}
            dispatch={record}
          />
        </div>
      )}
      {asking && <Question run={state.run} cluster={summary} session={session} />}
    </div>
  );
}

/** What puts a statement into the editor; nothing of it runs. */
function useFilling(dispatch: (action: DocumentAction) => void, keyspace: string | null, focus: () => void) {
  const fill = useCallback(
    (from: Pick<HistoryEntry, 'statement' | 'keyspace'>) =>
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

function HistoryButton({ pressed, onPress }: { pressed: boolean; onPress: () => void }) {
  return (
    <IconButton className="mr-1 ml-auto self-center" size="sm" label="History" aria-pressed={pressed} onClick={onPress}>
      <HistoryIcon size={16} aria-hidden="true" />
    </IconButton>
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
  run: Run | null;
  cluster: ClusterSummary | undefined;
  session: RunSession;
}

/** Asks before a statement that changes something. */
function Question({ run, cluster, session }: QuestionProps) {
  const step = currentStep(run);
  if (run === null || step === undefined) return null;
  return (
    <ConfirmDialog
      key={step.id}
      step={step}
      place={placeIn(run.steps, step)}
      keyspace={run.settings.keyspace}
      cluster={cluster}
      onConfirm={(name) => session.confirm(step.id, name)}
      onDecline={() => session.decline(step.id)}
    />
  );
}

/** `2 of 5` among several. */
function placeIn<T>(steps: readonly T[], step: T): string | null {
  return steps.length === 1 ? null : `${steps.indexOf(step) + 1} of ${steps.length}`;
}
