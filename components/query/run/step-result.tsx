'use client';

import { CircleCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useState } from 'react';
import type { ResultPlace } from '@/components/results/place';
import { ResultPane } from '@/components/results/result-view';
import { useResultState } from '@/components/results/use-result';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Spinner } from '@/components/ui/spinner';
import type { SchemaAgreement } from '@/lib/contract/frames';
import type { Keyspace, Table } from '@/lib/contract/schema';
import { qualifiedName } from '@/lib/cql/identifiers';
import type { ResultReader } from '@/lib/reader/result-reader';
import { formatElapsed } from '@/lib/text/format';
import type { ErrorMark } from '@/lib/workbench/error-range';
import type { Step, StepEnd } from '@/lib/workbench/run';
import { agreementWords, awaitingWords, runFacts } from '@/lib/workbench/run-words';
import type { ErrorMarker } from '../editor/use-error-marker';
import { TracePanel } from '../trace-panel';

const ErrorCard = dynamic(() => import('./error-card'), { ssr: false });
const TableLink = dynamic(() => import('./table-link'), { ssr: false });
const ChartView = dynamic(() => import('@/components/results/chart/chart-view'), { ssr: false });

export interface StepResultProps {
  step: Step;
  reader: ResultReader;
  /** Of the cluster, and the one in use when it was run. */
  keyspaces: readonly Keyspace[];
  keyspace: string | null;
  /** The table that it reads, where that is one. */
  table: Table | undefined;
  place: ResultPlace;
  /** Where its mistake is shown and fixed. */
  errorPlace: ErrorMarker;
}

/** The outcome of one statement: its rows, that it is done, or why it failed; and its trace. */
export function StepResult(props: StepResultProps) {
  const { step, reader } = props;
  const { trace, header } = useResultState(reader).reading;
  const [shown, setShown] = useState<StepView>('result');
  const views: readonly (readonly [StepView, string])[] = [
    ['result', 'Result'],
    ...(header === null || header.columns.length === 0 ? [] : [['chart', 'Chart'] as const]),
    ...(trace === null
      ? []
      : [
          [
            'trace',
            `Trace · ${trace.durationMicros === null ? 'duration unknown' : `${trace.durationMicros} µs`}`,
          ] as const,
        ]),
  ];
  return (
    <>
      <header className="flex min-h-8 shrink-0 flex-wrap items-center gap-1 border-line border-b px-2 text-xs">
        {views.length > 1 &&
          views.map(([view, name]) => (
            <Button
              key={view}
              size="sm"
              variant="ghost"
              aria-pressed={shown === view}
              className="aria-pressed:bg-selected aria-pressed:text-ink"
              onClick={() => setShown(view)}
            >
              {name}
            </Button>
          ))}
        <TableLink {...props} />
        <p
          className="ml-auto px-1 text-muted tabular-nums"
          title="From sending the statement, measured in this browser"
        >
          {step.state.status === 'ended' ? runFacts(step.state) : 'Running…'}
        </p>
      </header>
      <div className="min-h-0 flex-1 overflow-auto">
        <View {...props} view={shown} />
      </div>
    </>
  );
}

/** What a result is seen as. */
type StepView = 'result' | 'chart' | 'trace';

function View({ view, ...props }: StepResultProps & { view: StepView }) {
  const { trace, header } = useResultState(props.reader).reading;
  if (view === 'trace' && trace !== null) return <TracePanel trace={trace} />;
  if (view === 'chart' && header !== null) return <ChartView reader={props.reader} header={header} />;
  return <Outcome {...props} />;
}

function Outcome(props: StepResultProps) {
  const { step, reader, table, place } = props;
  const { phase, result, header, agreement } = useResultState(reader).reading;
  const { state } = step;
  if (state.status === 'running' && step.classification.isWrite && header === null) {
    return <Running step={step} agreement={agreement} />;
  }
  if (state.status === 'ended' && phase === 'complete' && result !== null && result !== 'rows') {
    return <Done step={step} end={state} />;
  }
  if (state.status === 'ended' && phase === 'failed' && header === null && state.error !== undefined) {
    return <Failed {...props} error={state.error} />;
  }
  return <ResultPane reader={reader} table={table} place={place} />;
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
  const { step, error, reader, keyspaces, keyspace, errorPlace } = props;
  const { text, start } = step;
  const { mark, goTo, apply } = errorPlace;
  const onMark = useCallback((found: ErrorMark) => mark({ text, start }, found), [mark, text, start]);
  const again = error.retryable && reader.source.repeatable ? () => reader.resume() : undefined;
  return (
    <ErrorCard
      statement={text}
      error={error}
      keyspaces={keyspaces}
      keyspace={keyspace}
      onMark={onMark}
      onGoTo={(found) => goTo(step, found)}
      onApply={(suggestion) => apply(step, suggestion)}
      onRetry={again}
    />
  );
}
