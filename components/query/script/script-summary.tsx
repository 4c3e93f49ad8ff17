'use client';

import { Shown } from '@/components/ui/shown';
import { formatElapsed, plural } from '@/lib/text/format';
import type { Run, Step } from '@/lib/workbench/run';
import { oneLine, scriptStanding } from '@/lib/workbench/script-words';
import { StepBadge } from '../run/step-badge';
import { StepList } from './step-list';

interface ScriptSummaryProps {
  run: Run;
  front: Step | undefined;
  onPick: (stepId: string) => void;
}

/** Every statement of a long script with how it ended; choosing one shows its result. */
export function ScriptSummary({ run, front, onPick }: ScriptSummaryProps) {
  const { steps } = run;
  return (
    <section
      aria-label="Statements of the script"
      className="flex max-h-[45%] min-h-24 shrink-0 flex-col border-line border-b"
    >
      <p role="status" className="shrink-0 border-line border-b bg-canvas px-3 py-1 text-muted text-xs tabular-nums">
        {scriptStanding(run)}
      </p>
      <StepList
        label="Results"
        count={steps.length}
        chosen={front === undefined ? -1 : steps.indexOf(front)}
        onChoose={(index) => {
          const step = steps[index];
          if (step !== undefined) onPick(step.id);
        }}
        line={(index) => <Line number={index + 1} step={steps[index]} />}
      />
    </section>
  );
}

function Line({ number, step }: { number: number; step: Step | undefined }) {
  if (step === undefined) return null;
  const { state } = step;
  return (
    <>
      <span className="w-14 shrink-0 text-right text-faint tabular-nums">{number}</span>
      <span className="w-16 shrink-0">
        <StepBadge state={state} />
      </span>
      <code className="min-w-0 flex-1 truncate">
        <Shown text={oneLine(step.text)} as="text" />
      </code>
      {state.status === 'ended' && state.error !== undefined && (
        <span className="min-w-0 flex-1 truncate text-danger">
          <Shown text={state.error.message} as="text" />
        </span>
      )}
      {state.status === 'noted' && <span className="min-w-0 flex-1 truncate text-muted">{state.note}</span>}
      {state.status === 'ended' && (
        <span className="shrink-0 text-muted tabular-nums">
          {state.rows > 0 && `${plural(state.rows, 'row')} · `}
          {formatElapsed(state.elapsedMs)}
        </span>
      )}
    </>
  );
}
