'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { lazy, memo, Suspense, useEffect, useState } from 'react';
import type { ResultPlace } from '@/components/results/place';
import { ResultSkeleton } from '@/components/results/rows/result-skeleton';
import { Badge, type Tone } from '@/components/ui/badge';
import { OffersCommands } from '@/components/ui/commands';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { schemaQuery } from '@/lib/client/queries';
import type { SchemaResponse, Table } from '@/lib/contract/schema';
import type { ResultReader } from '@/lib/reader/result-reader';
import { documentTitle } from '@/lib/workbench/documents';
import { haltSummary, type Run, type Step, type StepState } from '@/lib/workbench/run';
import type { SessionState } from '@/lib/workbench/run-session';

/** No result stands there before a statement was run: it comes while that is written. */
const loadStepResult = () => import('./step-result');
const StepResult = lazy(() => loadStepResult().then((step) => ({ default: step.StepResult })));

interface RunResultsProps {
  cluster: string;
  state: SessionState;
  onShowError: (step: Step) => void;
}

/** The results of a run: one for each statement, in tabs when there are several. */
export const RunResults = memo(function RunResults({ cluster, state: { run, readers }, onShowError }: RunResultsProps) {
  const { data: schema } = useQuery(schemaQuery(cluster));
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => void loadStepResult(), []);
  if (run === null) {
    return (
      <EmptyState title="No result yet">
        ⌘↵ or Ctrl ↵ runs the statement at the cursor, or what is selected. Its cost stands under the editor before it
        runs.
      </EmptyState>
    );
  }
  const front = run.steps.find(({ id }) => id === picked) ?? frontStep(run);
  const halt = haltSummary(run);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {run.steps.length > 1 && <ResultTabs run={run} front={front} onPick={setPicked} />}
      {halt !== undefined && (
        <Notice tone="warn" className="m-2 shrink-0">
          {halt}
        </Notice>
      )}
      {run.steps.map((step) => (
        <div
          key={step.id}
          id={`result-${step.id}`}
          {...(run.steps.length > 1 ? { role: 'tabpanel', 'aria-labelledby': `tab-${step.id}` } : {})}
          hidden={step.id !== front?.id}
          className={clsx('min-h-0 flex-1', step.id === front?.id && 'flex flex-col')}
        >
          <OffersCommands value={step.id === front?.id}>
            <StepView
              step={step}
              reader={readers.get(step.id)}
              table={tableOf(schema, step)}
              place={placeOf(cluster, step)}
              onShowError={onShowError}
            />
          </OffersCommands>
        </div>
      ))}
    </div>
  );
});

interface StepViewProps {
  step: Step;
  reader: ResultReader | undefined;
  table: Table | undefined;
  place: ResultPlace;
  onShowError: (step: Step) => void;
}

function StepView({ step, reader, table, place, onShowError }: StepViewProps) {
  const { state } = step;
  switch (state.status) {
    case 'waiting':
      return <EmptyState title="Waits for the statements before it" />;
    case 'asking':
      return <EmptyState title="Waits for your confirmation" />;
    case 'not_run':
      return <EmptyState title="Did not run">{state.reason}</EmptyState>;
    case 'running':
    case 'ended':
      if (reader === undefined) return null;
      return (
        <Suspense fallback={<ResultSkeleton />}>
          <StepResult step={step} reader={reader} table={table} place={place} onShowError={onShowError} />
        </Suspense>
      );
    default:
      return state satisfies never;
  }
}

interface ResultTabsProps {
  run: Run;
  front: Step | undefined;
  onPick: (stepId: string) => void;
}

function ResultTabs({ run, front, onPick }: ResultTabsProps) {
  const move = (by: number) => {
    const index = run.steps.findIndex(({ id }) => id === front?.id);
    const next = run.steps.at((index + by) % run.steps.length);
    if (next === undefined) return;
    onPick(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label="Results"
      className="thin-scrollbar flex h-8 shrink-0 overflow-x-auto border-line border-b bg-canvas"
    >
      {run.steps.map((step, index) => (
        <button
          key={step.id}
          type="button"
          role="tab"
          id={`tab-${step.id}`}
          ref={step.id === front?.id ? bringIntoView : null}
          aria-selected={step.id === front?.id}
          aria-controls={`result-${step.id}`}
          tabIndex={step.id === front?.id ? 0 : -1}
          onClick={() => onPick(step.id)}
          onKeyDown={({ key }) => {
            if (key === 'ArrowRight') move(1);
            if (key === 'ArrowLeft') move(-1);
          }}
          className={clsx(
            'flex shrink-0 items-center gap-2 border-line border-r px-3 text-xs hover:text-ink',
            step.id === front?.id ? 'bg-surface text-ink' : 'text-muted',
          )}
        >
          <span className="max-w-48 truncate">
            {index + 1}. {documentTitle(step.text, index)}
          </span>
          <StateBadge state={step.state} />
        </button>
      ))}
    </div>
  );
}

function StateBadge({ state }: { state: StepState }) {
  const [word, tone] = stateWord(state);
  return <Badge tone={tone}>{word}</Badge>;
}

function stateWord(state: StepState): readonly [string, Tone] {
  switch (state.status) {
    case 'waiting':
      return ['waits', 'neutral'];
    case 'asking':
      return ['asks', 'warn'];
    case 'running':
      return ['running', 'accent'];
    case 'not_run':
      return ['not run', 'neutral'];
    case 'ended':
      if (state.outcome === 'failed') return ['failed', 'danger'];
      if (state.outcome === 'stopped') return ['stopped', 'warn'];
      return [state.outcome === 'paused' ? 'paused' : 'done', 'ok'];
    default:
      return state satisfies never;
  }
}

/** The step that is or was last at work. */
function frontStep({ steps }: Run): Step | undefined {
  return steps.findLast(({ state }) => state.status !== 'waiting' && state.status !== 'not_run') ?? steps[0];
}

function placeOf(cluster: string, { classification: { table } }: Step): ResultPlace {
  return { cluster, keyspace: table?.keyspace ?? null, table: table?.name ?? null };
}

function tableOf(schema: SchemaResponse | undefined, { classification: { table } }: Step): Table | undefined {
  return schema?.keyspaces
    .find(({ name }) => name === table?.keyspace)
    ?.tables.find(({ name }) => name === table?.name);
}

function bringIntoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
