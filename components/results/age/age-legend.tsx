import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatAge, plural } from '@/lib/text/format';
import { formatTimestamp } from '@/lib/wire/format';
import type { AgesState } from './age-reader';
import { type AgeSpan, ageBackground, UNTOLD_BACKGROUND } from './age-scale';
import type { UntoldColumn } from './aged-columns';

interface AgeLegendProps {
  state: AgesState;
  span: AgeSpan | null;
  untold: readonly UntoldColumn[];
  onRetry: () => void;
}

const HOUR_SECONDS = 3_600;

/** What the colours, the hatching and the dots say, and between which moments. */
export function AgeLegend({ state, span, untold, onRetry }: AgeLegendProps) {
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 text-xs">
      <Scale span={span} reading={state.reading} />
      <Sample background={ageBackground(0.5, HOUR_SECONDS)}>has a TTL; denser: ends sooner</Sample>
      {untold.length > 0 && (
        <Sample background={UNTOLD_BACKGROUND} size="6px 6px">
          <span title={untold.map(({ name, reason }) => `${name}: ${reason}`).join('\n')}>
            no write time: {untold.map(({ name }) => name).join(', ')}
          </span>
        </Sample>
      )}
      <span className="text-faint">Keys have none. Rows in view are read by their keys.</span>
      {state.statement !== null && <CopyButton label="Copy the statement that reads them" text={state.statement} />}
      <span role="status" className="text-muted">
        {state.error === null && readText(state)}
      </span>
      {state.error !== null && (
        <span role="alert" className="text-danger">
          {state.error}{' '}
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        </span>
      )}
    </div>
  );
}

function Scale({ span, reading }: { span: AgeSpan | null; reading: boolean }) {
  if (span === null) return <span className="text-muted">{reading ? '' : 'Nothing in view has a write time.'}</span>;
  return (
    <span className="inline-flex items-center gap-2">
      <Moment words="oldest" micros={span.oldest} />
      {span.oldest !== span.newest && (
        <span aria-hidden="true" className="inline-flex overflow-hidden rounded-sm border border-line">
          {STEPS.map((place) => (
            <span key={place} className="h-3 w-4" style={{ backgroundImage: ageBackground(place, null) }} />
          ))}
        </span>
      )}
      {span.oldest !== span.newest && <Moment words="newest" micros={span.newest} />}
    </span>
  );
}

const STEPS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

function Moment({ words, micros }: { words: string; micros: bigint }) {
  const ms = micros / 1_000n;
  return (
    <span className="text-muted">
      {words} <span className="font-mono">{formatTimestamp(ms)}</span>{' '}
      <span className="text-faint">{formatAge(Date.now() - Number(ms))}</span>
    </span>
  );
}

type SampleProps = { background: string; size?: string; children: ReactNode };

function Sample({ background, size, children }: SampleProps) {
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      <span
        aria-hidden="true"
        className="h-3 w-4 rounded-sm border border-line"
        style={{ backgroundImage: background, ...(size === undefined ? {} : { backgroundSize: size }) }}
      />
      {children}
    </span>
  );
}

function readText({ reading, ages }: AgesState): string {
  if (reading) return 'Reading…';
  return ages.size === 0 ? '' : `${plural(ages.size, 'row')} read`;
}
