'use client';

import { CircleCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { lazy, useState } from 'react';
import { PinButton, usePin } from '@/components/results/compare/pin-button';
import type { ResultPlace } from '@/components/results/place';
import { ResultPane } from '@/components/results/result-view';
import { useResultState } from '@/components/results/use-result';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Later } from '@/components/ui/later';
import { Spinner } from '@/components/ui/spinner';
import { toast } from '@/components/ui/toasts';
import { useRelease } from '@/lib/client/use-release';
import type { SchemaAgreement } from '@/lib/contract/frames';
import type { Keyspace, Table } from '@/lib/contract/schema';
import { qualifiedName } from '@/lib/cql/identifiers';
import type { ResultReader } from '@/lib/reader/result-reader';
import { pagesInOrder } from '@/lib/reader/whole';
import { formatElapsed } from '@/lib/text/format';
import { isConditionalResult } from '@/lib/workbench/conditional-outcome';
import type { BoundValues } from '@/lib/workbench/parameter-values';
import type { Step, StepEnd } from '@/lib/workbench/run';
import { agreementWords, awaitingWords, runFacts } from '@/lib/workbench/run-words';
import { stopWords } from '@/lib/workbench/stop-words';
import type { FailurePlace } from './failure-place';
import { ConditionalResult } from './not-applied';

const TracesPanel = lazy(() => import('../trace/traces-panel'));
const EditRows = lazy(() => import('@/components/edit/grid/edit-rows'));
const ReplicaPanel = lazy(() => import('../replicas/replica-panel'));
const ErrorCard = dynamic(() => import('./error-card'), { ssr: false });
const CompareView = dynamic(() => import('@/components/results/compare/compare-view'), { ssr: false });
const LastRuns = dynamic(() => import('./last-runs'), { ssr: false });
const TableLink = dynamic(() => import('./table-link'), { ssr: false });
const ChartView = dynamic(() => import('@/components/results/chart/chart-view'), { ssr: false });

export interface StepResultProps {
  step: Step;
  reader: ResultReader;
  /** Of the cluster, and the one in use when it was run. */
  keyspaces: readonly Keyspace[];
  keyspace: string | null;
  /** Values of its bind markers; absent: it has none. */
  params?: BoundValues['params'] | undefined;
  /** The table that it reads, where that is one. */
  table: Table | undefined;
  place: ResultPlace;
  /** Where its mistake is shown and fixed. */
  failure: FailurePlace;
  /** Reads the rows of a statement that changes nothing again. */
  onAgain: () => void;
}

/** What a result is seen as. */
type StepView = 'result' | 'chart' | 'compare' | 'trace' | 'replicas';

/** The outcome of one statement: its rows, that it is done, or why it failed; and its trace. */
export function StepResult(props: StepResultProps) {
  const { step, reader, place } = props;
  const { reading } = useResultState(reader);
  const [shown, setShown] = useState<StepView>('result');
  const pinned = usePin(place.cluster);
  const hasRows = reading.header !== null && reading.header.columns.length > 0 && !isConditionalResult(reading.header);
  const canCompare = hasRows && pinned !== undefined && pinned.key !== reader.source.key;
  return (
    <>
      <header className="flex min-h-8 shrink-0 flex-wrap items-center gap-1 border-line border-b px-2 text-xs">
        <ViewButtons
          step={step}
          shown={shown}
          onShow={setShown}
          {...{ hasRows, canCompare }}
          traces={reading.traces.length}
        />
        {hasRows && reading.header !== null && <PinButton reader={reader} header={reading.header} place={place} />}
        <TableLink {...props} />
        <div className="ml-auto flex items-center gap-2">
          <LastRuns cluster={place.cluster} statement={step.text} keyspace={props.keyspace} />
          <p className="px-1 text-muted tabular-nums" title="From sending the statement, measured in this browser">
            {step.state.status === 'ended' ? runFacts(step.state) : 'Running…'}
          </p>
        </div>
      </header>
      <StoppedNote step={step} />
      <div className="min-h-0 flex-1 overflow-auto">
        <Later>
          <View {...props} view={shown} />
        </Later>
      </div>
    </>
  );
}

interface ViewButtonsProps {
  step: Step;
  shown: StepView;
  hasRows: boolean;
  canCompare: boolean;
  /** How many there are. */
  traces: number;
  onShow: (view: StepView) => void;
}

/** What a result can be seen as, where that is more than its rows. */
function ViewButtons({ step: { classification }, shown, hasRows, canCompare, traces, onShow }: ViewButtonsProps) {
  const { kind, cost } = classification;
  // Others have no replicas to compare.
  const hasReplicas = kind === 'select' && cost.scope === 'one_partition';
  const views: readonly (readonly [view: StepView, name: string, isThere: boolean])[] = [
    ['result', 'Result', hasRows || traces > 0 || hasReplicas],
    ['chart', 'Chart', hasRows],
    ['compare', 'Compare', canCompare],
    ['trace', traces === 1 ? 'Trace' : `Traces · ${traces}`, traces > 0],
    ['replicas', 'Each replica', hasReplicas],
  ];
  return views.map(
    ([view, name, isThere]) =>
      isThere && (
        <Button
          key={view}
          size="sm"
          variant="ghost"
          aria-pressed={shown === view}
          className="aria-pressed:bg-selected aria-pressed:text-ink"
          onClick={() => onShow(view)}
        >
          {name}
        </Button>
      ),
  );
}

/** What stopping has ended, and what it has not. */
export function StoppedNote({ step: { state, classification } }: { step: Step }) {
  if (state.status !== 'ended' || state.outcome !== 'stopped') return null;
  return (
    <p role="status" className="shrink-0 border-line border-b bg-warn-soft px-3 py-1 text-warn text-xs">
      {stopWords(classification)}
    </p>
  );
}

function View({ view, ...props }: StepResultProps & { view: StepView }) {
  const { traces, header } = useResultState(props.reader).reading;
  const { place, step, keyspace } = props;
  if (view === 'trace') {
    const consistency = header?.consistency ?? null;
    return <TracesPanel cluster={place.cluster} requests={traces} statement={step.text} consistency={consistency} />;
  }
  if (view === 'replicas') {
    return <ReplicaPanel cluster={place.cluster} statement={step.text} settings={{ keyspace }} params={props.params} />;
  }
  if (view === 'chart' && header !== null) return <ChartView reader={props.reader} header={header} />;
  if (view === 'compare' && header !== null) {
    return <CompareView reader={props.reader} header={header} table={props.table} place={props.place} />;
  }
  return <Outcome {...props} />;
}

/** What changes something is never run again by itself. */
function noteApplied(): void {
  toast({ id: 'edit', text: 'These rows are as they were read. Run the statement again to see them as they are now.' });
}

function Outcome(props: StepResultProps) {
  const { step, reader, table, place, onAgain } = props;
  const isRead = step.classification.kind === 'select' && reader.source.repeatable;
  const { reading, window } = useResultState(reader);
  const { phase, result, header, agreement } = reading;
  const { state } = step;
  if (state.status === 'running' && step.classification.isWrite && header === null) {
    return <Running step={step} agreement={agreement} />;
  }
  if (state.status === 'ended' && state.outcome === 'stopped' && step.classification.isWrite && header === null) {
    return <EmptyState title="Stopped waiting for the response" />;
  }
  if (state.status === 'ended' && phase === 'complete' && result !== null && result !== 'rows') {
    return <Done step={step} end={state} />;
  }
  if (state.status === 'ended' && phase === 'failed' && header === null && state.error !== undefined) {
    return <Failed {...props} error={state.error} />;
  }
  if (phase === 'complete' && isConditionalResult(header)) {
    return <ConditionalResult header={header} rows={pagesInOrder(window).flatMap((rows) => [...rows])} />;
  }
  return (
    <ResultPane
      reader={reader}
      table={table}
      place={place}
      expanded={step.expanded}
      editing={(result) => (
        <Later>
          <EditRows result={result} place={place} statement={step.text} onApplied={isRead ? onAgain : noteApplied} />
        </Later>
      )}
    />
  );
}

/** A statement that changes something, on its way: it reads no page. */
export function Running({ step, agreement }: { step: Step; agreement: SchemaAgreement | null }) {
  return (
    <div role="status">
      <EmptyState icon={<Spinner size={24} />} title={`Running ${nameOf(step)}`}>
        {agreement === null ? 'Waiting for Cassandra to answer.' : `${awaitingWords(agreement)}.`}
      </EmptyState>
    </div>
  );
}

export function Done({ step, end }: { step: Step; end: StepEnd }) {
  const { elapsedMs, agreement } = end;
  const ok = <CircleCheck size={24} aria-hidden="true" className="text-ok" />;
  return (
    <EmptyState icon={ok} title={`${nameOf(step)}: done in ${formatElapsed(elapsedMs)}`}>
      {agreement === null ? 'The statement returns no rows.' : agreementWords(agreement)}
    </EmptyState>
  );
}

/** `INSERT INTO flights.airports`. */
function nameOf({ classification: { verb, target } }: Step): string {
  const what = verb === '' ? 'the statement' : verb;
  return target === null ? what : `${what} ${qualifiedName(target.keyspace ?? undefined, target.name)}`;
}

function Failed(props: StepResultProps & { error: NonNullable<StepEnd['error']> }) {
  const { step, error, reader, keyspaces, keyspace, failure } = props;
  const release = useRelease(props.place.cluster);
  const again = error.retryable && reader.source.repeatable ? () => reader.resume() : undefined;
  return (
    <ErrorCard
      statement={step.text}
      error={error}
      keyspaces={keyspaces}
      keyspace={keyspace}
      release={release}
      {...failure}
      onRetry={again}
    />
  );
}
