'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { ResultPlace } from '@/components/results/place';
import { ResultPane } from '@/components/results/result-view';
import { useResultState } from '@/components/results/use-result';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import type { Table } from '@/lib/contract/schema';
import { qualifiedName } from '@/lib/cql/identifiers';
import type { ResultReader } from '@/lib/reader/result-reader';
import { formatElapsed } from '@/lib/text/format';
import type { Step, StepEnd } from '@/lib/workbench/run';
import { TracePanel } from '../trace-panel';

interface StepResultProps {
  step: Step;
  reader: ResultReader;
  /** The table that it reads, where that is one. */
  table: Table | undefined;
  place: ResultPlace;
  /** Moves the cursor to the place of the error. */
  onShowError: (step: Step) => void;
}

/** What came of one statement: rows, the sentence that it is done, or why not; and its trace. */
export function StepResult({ step, reader, table, place, onShowError }: StepResultProps) {
  const { reading } = useResultState(reader);
  const [shown, setShown] = useState<'result' | 'trace'>('result');
  const { trace } = reading;
  return (
    <>
      {trace !== null && (
        <div className="flex h-8 shrink-0 items-center gap-1 border-line border-b px-2">
          <Button size="sm" variant="ghost" aria-pressed={shown === 'result'} onClick={() => setShown('result')}>
            Result
          </Button>
          <Button size="sm" variant="ghost" aria-pressed={shown === 'trace'} onClick={() => setShown('trace')}>
            Trace · {trace.durationMicros === null ? 'duration unknown' : `${trace.durationMicros} µs`}
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1">
        {trace !== null && shown === 'trace' ? (
          <TracePanel trace={trace} />
        ) : (
          <Outcome step={step} reader={reader} table={table} place={place} onShowError={onShowError} />
        )}
      </div>
    </>
  );
}

function Outcome({ step, reader, table, place, onShowError }: StepResultProps) {
  const { phase, result, header } = useResultState(reader).reading;
  const { state } = step;
  if (state.status === 'ended' && phase === 'complete' && result !== null && result !== 'rows') {
    return <Done step={step} end={state} />;
  }
  if (state.status === 'ended' && phase === 'failed' && header === null) {
    return <Failed step={step} end={state} reader={reader} onShowError={onShowError} />;
  }
  return <ResultPane reader={reader} table={table} place={place} />;
}

function Done({ step: { classification }, end }: { step: Step; end: StepEnd }) {
  const { verb, target } = classification;
  const on = target === null ? '' : ` on ${qualifiedName(target.keyspace ?? undefined, target.name)}`;
  const what = end.outcome === 'schema_change' ? 'The schema has changed.' : 'The statement returns no rows.';
  return (
    <EmptyState icon={<CircleCheck size={24} aria-hidden="true" className="text-ok" />} title={`${verb}${on} is done.`}>
      {what} It took {formatElapsed(end.elapsedMs)}.
    </EmptyState>
  );
}

interface FailedProps {
  step: Step;
  end: StepEnd;
  reader: ResultReader;
  onShowError: (step: Step) => void;
}

function Failed({ step, end: { error }, reader, onShowError }: FailedProps) {
  const again = error?.retryable === true && reader.source.repeatable ? () => reader.resume() : undefined;
  return (
    <ErrorState
      className="m-4"
      title="The statement failed"
      message={error?.message ?? 'No reason was given.'}
      hint={error?.hint}
      detail={error?.detail}
      onRetry={again}
    >
      {error?.position !== undefined && (
        <Button size="sm" className="mt-2" onClick={() => onShowError(step)}>
          Go to line {error.position.line} of the statement
        </Button>
      )}
    </ErrorState>
  );
}
