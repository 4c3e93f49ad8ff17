import { useState } from 'react';
import { CqlText } from '@/components/results/cql/cql-text';
import { LongLink } from '@/components/results/long-link';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import type { MutationPlan, StatementOutcome } from '@/lib/contract/mutations';
import { formatCount, formatElapsed } from '@/lib/text/format';

/** More of a statement is shown when it is asked for. */
const CHARACTERS = 2_000;

interface StatementCardProps {
  place: TablePlace;
  statement: MutationPlan['statements'][number];
  /** `2 of 12`. */
  of: string;
  /** Undefined: it has none yet. */
  outcome: StatementOutcome | undefined;
  run: 'before' | 'running' | 'over';
  isLooking: boolean;
  onLook: () => void;
}

/** A statement exactly as it is sent, and what became of it. */
export function StatementCard({ place, statement, of, outcome, run, isLooking, onLook }: StatementCardProps) {
  const { cql, after } = statement;
  return (
    <article aria-label={`Statement ${of}`} className="min-w-0 rounded border border-line bg-canvas">
      <header className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-2 text-xs">
        <h3 className="text-muted">Statement {of}</h3>
        {after !== null && <span className="text-muted">only if statement {after + 1} is applied</span>}
        <OutcomeBadge outcome={outcome} run={run} />
        <div className="ml-auto flex items-center gap-1">
          <CopyButton text={cql} label={`Copy statement ${of}`} />
          <LongLink
            href={pagePath.query(place.cluster, { statement: cql, keyspace: place.keyspace })}
            variant="ghost"
            aria-label={`Open statement ${of} in the editor`}
          >
            Open in editor
          </LongLink>
        </div>
      </header>
      <Text cql={cql} />
      <Ending {...{ outcome, run, isLooking, onLook }} />
    </article>
  );
}

function Text({ cql }: { cql: string }) {
  const [isWhole, setWhole] = useState(false);
  if (cql.length <= CHARACTERS) return <CqlText cql={cql} className="px-2 py-1.5 text-xs leading-5" />;
  return (
    <>
      {isWhole ? (
        <pre className="thin-scrollbar max-h-96 overflow-auto whitespace-pre-wrap break-words px-2 py-1.5 text-xs leading-5">
          <Shown text={cql} as="text" />
        </pre>
      ) : (
        <CqlText cql={`${cql.slice(0, CHARACTERS)}…`} className="px-2 py-1.5 text-xs leading-5" />
      )}
      <Button size="sm" variant="ghost" className="m-1" onClick={() => setWhole(!isWhole)}>
        {isWhole ? 'Show less' : `Show all ${formatCount(cql.length)} characters`}
      </Button>
    </>
  );
}

const OUTCOMES: Readonly<Record<StatementOutcome['outcome'], readonly [words: string, tone: Tone]>> = {
  applied: ['✓ applied', 'ok'],
  not_applied: ['✗ not applied', 'danger'],
  refused: ['✗ refused', 'danger'],
  not_sent: ['– not sent', 'neutral'],
  unknown: ['? unknown', 'warn'],
};

function OutcomeBadge({ outcome, run }: Pick<StatementCardProps, 'outcome' | 'run'>) {
  if (run === 'before') return null;
  if (outcome === undefined && run === 'running') return <Badge>waiting</Badge>;
  const [words, tone] = OUTCOMES[outcome?.outcome ?? 'unknown'];
  return <Badge tone={tone}>{words}</Badge>;
}

type EndingProps = Pick<StatementCardProps, 'outcome' | 'run' | 'isLooking' | 'onLook'>;

/** Why it ended so, and what can still be found out. */
function Ending({ outcome, run, isLooking, onLook }: EndingProps) {
  if (run === 'before' || (outcome === undefined && run === 'running')) return null;
  const isUnknown = outcome === undefined || outcome.outcome === 'unknown';
  const says =
    outcome?.message ??
    'Unknown: the response was cut off before the outcome of this statement. It may have been applied. Look again, or find it in the history.';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-2 py-1.5 text-xs">
      <p className="min-w-0 flex-1 basis-60 break-words">
        <Shown text={says} as="text" />
        {outcome?.look !== undefined && <span className="font-medium"> {outcome.look.message}</span>}
        {outcome?.mayResend === true && outcome.outcome !== 'not_sent' && (
          <span className="text-muted"> It is safe to review and run it again.</span>
        )}
      </p>
      {outcome !== undefined && outcome.outcome !== 'not_sent' && (
        <span className="text-faint tabular-nums">{formatElapsed(outcome.elapsedMs)}</span>
      )}
      {isUnknown && run === 'over' && (
        <Button size="sm" busy={isLooking} onClick={onLook}>
          Look again
        </Button>
      )}
    </div>
  );
}
