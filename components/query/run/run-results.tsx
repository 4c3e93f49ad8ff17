'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { lazy, memo, useEffect, useState } from 'react';
import type { ResultPlace } from '@/components/results/place';
import { ResultSkeleton } from '@/components/results/rows/result-skeleton';
import { OffersCommands } from '@/components/ui/commands';
import { EmptyState } from '@/components/ui/empty-state';
import { Later } from '@/components/ui/later';
import { schemaQuery } from '@/lib/client/queries';
import type { Keyspace, SchemaResponse, Table } from '@/lib/contract/schema';
import { documentTitle } from '@/lib/workbench/documents';
import { isHalted, isScript, type Run, type Step, settingsOf } from '@/lib/workbench/run';
import type { RunSession, SessionState } from '@/lib/workbench/run-session';
import type { ErrorMarker } from '../editor/use-error-marker';
import { useFailurePlace } from './failure-place';
import { StepBadge } from './step-badge';

const FirstSteps = lazy(() => import('./first-steps').then((steps) => ({ default: steps.FirstSteps })));

/** There is no result before a statement was run: its code comes while the statement is written. */
const loadStepResult = () => import('./step-result');
const StepResult = lazy(() => loadStepResult().then((step) => ({ default: step.StepResult })));
const KeptOutcome = lazy(() => import('../script/kept-outcome'));
const Halt = lazy(() => import('../script/halt'));
const StepNote = lazy(() => import('../script/step-note'));
const ScriptSummary = lazy(() => import('../script/script-summary').then((it) => ({ default: it.ScriptSummary })));

interface RunResultsProps {
  cluster: string;
  session: RunSession;
  state: SessionState;
  errorPlace: ErrorMarker;
  /** What the editor has now. */
  documentText: () => string;
  /** Puts a statement into the editor. */
  onFill: (statement: string) => void;
}

const NO_KEYSPACES: readonly Keyspace[] = [];

/** The results of a run: one for each statement, in tabs when there are several, below a summary when there are many. */
export const RunResults = memo(function RunResults(props: RunResultsProps) {
  const { cluster, state, onFill } = props;
  const { run } = state;
  const { data: schema } = useQuery(schemaQuery(cluster));
  const keyspaces = schema?.keyspaces ?? NO_KEYSPACES;
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => void loadStepResult(), []);
  if (run === null) {
    return (
      <Later>
        <FirstSteps keyspaces={keyspaces} onFill={onFill} />
      </Later>
    );
  }
  const front = run.steps.find(({ id }) => id === picked) ?? frontStep(run);
  const many = isScript(run);
  const isTabbed = run.steps.length > 1 && !many;
  const shown = many ? run.steps.filter((step) => step === front) : run.steps;
  return (
    <>
      {isTabbed && <ResultTabs run={run} front={front} onPick={setPicked} />}
      {many && (
        <Later fallback={<ResultSkeleton />}>
          <ScriptSummary run={run} front={front} onPick={setPicked} />
        </Later>
      )}
      {isHalted(run) && (
        <Later>
          <Halt {...props} run={run} schema={schema} />
        </Later>
      )}
      {shown.map((step) => (
        <div
          key={step.id}
          id={`result-${step.id}`}
          {...(isTabbed ? { role: 'tabpanel', 'aria-labelledby': `tab-${step.id}` } : {})}
          hidden={step.id !== front?.id}
          className={clsx('min-h-0 flex-1', step.id === front?.id && 'flex flex-col')}
        >
          <OffersCommands value={step.id === front?.id}>
            <StepView {...props} schema={schema} keyspaces={keyspaces} run={run} step={step} />
          </OffersCommands>
        </div>
      ))}
    </>
  );
});

interface StepViewProps extends RunResultsProps {
  run: Run;
  step: Step;
  schema: SchemaResponse | undefined;
  keyspaces: readonly Keyspace[];
}

function StepView(props: StepViewProps) {
  const { step } = props;
  const { state } = step;
  switch (state.status) {
    case 'waiting':
      return <EmptyState title="Waiting for the statements before it" />;
    case 'asking':
      return <EmptyState title="Waiting for your confirmation" />;
    case 'not_run':
      return <EmptyState title="Did not run">{state.reason}</EmptyState>;
    case 'noted':
      return (
        <Later>
          <StepNote cluster={props.cluster} state={state} />
        </Later>
      );
    case 'running':
    case 'ended':
      return <RunStep {...props} />;
    default:
      return state satisfies never;
  }
}

/** A statement that was sent: its rows while they are kept, else how it ended. */
function RunStep({ cluster, session, state, errorPlace, schema, keyspaces, run, step }: StepViewProps) {
  const reader = state.readers.get(step.id);
  const failure = useFailurePlace(step, errorPlace);
  const { keyspace, bound } = settingsOf(run, step);
  const onAgain = () => session.again(step.id);
  const shared = { step, keyspaces, keyspace, failure, place: placeOf(cluster, step), onAgain };
  if (reader !== undefined) {
    return (
      <Later fallback={<ResultSkeleton />}>
        <StepResult {...shared} reader={reader} params={bound?.get(step.text)?.params} table={tableOf(schema, step)} />
      </Later>
    );
  }
  if (step.state.status !== 'ended') return <EmptyState title="Running" />;
  return (
    <Later fallback={<ResultSkeleton />}>
      <KeptOutcome {...shared} end={step.state} />
    </Later>
  );
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
          <StepBadge state={step.state} />
        </button>
      ))}
    </div>
  );
}

/** The step that is running, or ran last. */
function frontStep({ steps }: Run): Step | undefined {
  const shown = steps.findLast(
    ({ state: { status } }) => status === 'asking' || status === 'running' || status === 'ended',
  );
  return shown ?? steps[0];
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
