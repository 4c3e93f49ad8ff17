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
import type { Keyspace, SchemaResponse, Table } from '@/lib/contract/schema';
import type { ResultReader } from '@/lib/reader/result-reader';
import { documentTitle } from '@/lib/workbench/documents';
import { stepWord } from '@/lib/workbench/outcome-words';
import { haltSummary, type Run, type Step, type StepState } from '@/lib/workbench/run';
import type { SessionState } from '@/lib/workbench/run-session';
import type { ErrorMarker } from '../editor/use-error-marker';
import type { StepResultProps } from './step-result';

const FirstSteps = lazy(() => import('./first-steps').then((steps) => ({ default: steps.FirstSteps })));

/** There is no result before a statement was run: its code comes while the statement is written. */
const loadStepResult = () => import('./step-result');
const StepResult = lazy(() => loadStepResult().then((step) => ({ default: step.StepResult })));

interface RunResultsProps {
  cluster: string;
  state: SessionState;
  errorPlace: ErrorMarker;
  /** Puts a statement into the editor. */
  onFill: (statement: string) => void;
}

const NO_KEYSPACES: readonly Keyspace[] = [];

/** The results of a run: one for each statement, in tabs when there are several. */
export const RunResults = memo(function RunResults({ cluster, state, errorPlace, onFill }: RunResultsProps) {
  const { run, readers } = state;
  const { data: schema } = useQuery(schemaQuery(cluster));
  const keyspaces = schema?.keyspaces ?? NO_KEYSPACES;
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => void loadStepResult(), []);
  if (run === null) {
    return (
      <Suspense>
        <FirstSteps keyspaces={keyspaces} onFill={onFill} />
      </Suspense>
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
              keyspaces={keyspaces}
              keyspace={run.settings.keyspace}
              params={run.settings.bound?.get(step.text)?.params}
              errorPlace={errorPlace}
            />
          </OffersCommands>
        </div>
      ))}
    </div>
  );
});

interface StepViewProps extends Omit<StepResultProps, 'reader'> {
  reader: ResultReader | undefined;
}

function StepView({ reader, ...props }: StepViewProps) {
  const { state } = props.step;
  switch (state.status) {
    case 'waiting':
      return <EmptyState title="Waiting for the statements before it" />;
    case 'asking':
      return <EmptyState title="Waiting for your confirmation" />;
    case 'not_run':
      return <EmptyState title="Did not run">{state.reason}</EmptyState>;
    case 'running':
    case 'ended':
      if (reader === undefined) return null;
      return (
        <Suspense fallback={<ResultSkeleton />}>
          <StepResult {...props} reader={reader} />
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
      return ['waiting', 'neutral'];
    case 'asking':
      return ['asking', 'warn'];
    case 'running':
      return ['running', 'accent'];
    case 'not_run':
      return ['not run', 'neutral'];
    case 'ended': {
      const { word, tone } = stepWord(state);
      return [word, tone];
    }
    default:
      return state satisfies never;
  }
}

/** The step that is running, or ran last. */
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
