'use client';

import { useQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { IconButton } from '@/components/ui/icon-button';
import { clustersQuery } from '@/lib/client/queries';
import { randomId } from '@/lib/client/random-id';
import type { HistoryEntry } from '@/lib/workbench/history';
import { currentStep } from '@/lib/workbench/run';
import { DocumentTabs } from './documents/document-tabs';
import { useDocuments } from './documents/use-documents';
import { EditorPane } from './editor/editor-pane';
import { useErrorPlace } from './editor/use-error-place';
import { useHistory } from './history/use-history';
import { RunResults } from './run/run-results';
import { useRun } from './run/use-run';

const ConfirmDialog = dynamic(() => import('./run/confirm-dialog'), { ssr: false });
const HistoryPanel = dynamic(() => import('./history/history-panel'), { ssr: false });

/** Editor above, result below, history at the side. */
export function QueryPage({ cluster }: { cluster: string }) {
  const { documents, active, kept, dispatch } = useDocuments(cluster);
  const { history, kept: historyKept, record } = useHistory(cluster);
  const place = useErrorPlace(active);
  const { session, state } = useRun(cluster, record, place.onEnd);
  const [historyOpen, setHistoryOpen] = useState(false);
  const { data: clusters } = useQuery(clustersQuery());
  const summary = clusters?.clusters.find(({ name }) => name === cluster);
  const step = currentStep(state.run);
  const asking = step?.state.status === 'asking';
  // The dialog took the focus from the editor before it could remember whose it was.
  const { focus } = place;
  useEffect(() => (asking ? focus : undefined), [asking, focus]);

  const fill = useCallback(
    ({ statement, keyspace }: HistoryEntry) => dispatch({ type: 'fill', id: randomId(), text: statement, keyspace }),
    [dispatch],
  );
  return (
    <div className="relative flex min-h-0 flex-1">
      <h1 className="sr-only">Query</h1>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex border-line border-b bg-canvas">
          <DocumentTabs documents={documents} activeId={active.id} dispatch={dispatch} />
          {!kept && <p className="self-center px-2 text-warn text-xs">This browser does not keep the tabs.</p>}
          <IconButton
            className="mr-1 ml-auto self-center"
            size="sm"
            label="History"
            aria-pressed={historyOpen}
            onClick={() => setHistoryOpen((open) => !open)}
          >
            <HistoryIcon size={16} aria-hidden="true" />
          </IconButton>
        </div>
        <Group orientation="vertical" className="min-h-0 flex-1">
          <Panel id="query-editor" defaultSize="38%" minSize={120} className="flex flex-col">
            <EditorPane
              cluster={cluster}
              summary={summary}
              active={active}
              running={step?.state.status === 'running'}
              session={session}
              dispatch={dispatch}
              onReady={place.setEditor}
            />
          </Panel>
          <Separator
            aria-label="Divide editor and result"
            className="h-1 bg-line focus-visible:bg-accent data-[separator=active]:bg-accent data-[separator=hover]:bg-accent"
          />
          <Panel id="query-result" minSize={100}>
            <RunResults cluster={cluster} state={state} onShowError={place.goTo} />
          </Panel>
        </Group>
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
      {state.run !== null && step !== undefined && asking && (
        <ConfirmDialog
          key={step.id}
          step={step}
          place={placeIn(state.run.steps, step)}
          keyspace={state.run.settings.keyspace}
          cluster={summary}
          onConfirm={(name) => session.confirm(step.id, name)}
          onDecline={() => session.decline(step.id)}
        />
      )}
    </div>
  );
}

/** `2 of 5` among several. */
function placeIn<T>(steps: readonly T[], step: T): string | null {
  return steps.length === 1 ? null : `${steps.indexOf(step) + 1} of ${steps.length}`;
}
