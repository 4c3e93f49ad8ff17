import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { PartLink } from '@/components/move/part-link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { errorText } from '@/lib/client/error-text';
import { uncopied } from '@/lib/client/follow';
import { ApiFailure } from '@/lib/client/http';
import { jobQuery } from '@/lib/client/jobs';
import { comparedFacts, copiedFacts } from '@/lib/client/move-words';
import { addressOf } from '@/lib/contract/endpoint';
import { jobPart } from '@/lib/contract/endpoints/exports';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { plural } from '@/lib/text/format';
import { ComparePlanView, CopyPlanView } from './move-plan';
import type { Move, Planned } from './use-move';

/** What would be copied or compared. */
export function PlanView({
  planned,
  typed,
  onType,
}: {
  planned: Planned;
  typed: string;
  onType: (name: string) => void;
}) {
  if (planned.task === 'compare') return <ComparePlanView plan={planned.plan} />;
  return <CopyPlanView plan={planned.plan} typed={typed} onType={onType} />;
}

interface PlanButtonsProps {
  /** The source's. */
  cluster: string;
  move: Pick<Move, 'plan' | 'start' | 'typed'>;
  shown: Planned;
  /** What else can be done with the plan. */
  children?: ReactNode;
}

/** Back from a plan, or on to its job. */
export function PlanButtons({ cluster, move: { plan, start, typed }, shown, children }: PlanButtonsProps) {
  const target = shown.task === 'copy' ? (shown.request.target.cluster ?? cluster) : '';
  const isHeld = useSecondPerson(target, ['write']);
  const confirmName = shown.task === 'copy' ? shown.plan.confirmName : null;
  const back = () => {
    start.reset();
    plan.reset();
  };
  const isConfirmed = confirmName === null || confirmName === typed;
  if (isHeld && shown.task === 'copy') {
    const { token } = shown.plan;
    const named = confirmName === null ? {} : { confirmName };
    return (
      <>
        <div className="basis-full text-left">
          <SecondPerson cluster={cluster} wanted={isConfirmed ? () => ({ of: 'copy', token, ...named }) : null} />
        </div>
        <Button onClick={back}>Back</Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={back}>Back</Button>
      {children}
      <Button
        variant={shown.task === 'copy' ? 'danger' : 'primary'}
        disabled={!isConfirmed}
        busy={start.isPending}
        onClick={() => start.mutate(shown)}
      >
        Start the job
      </Button>
    </>
  );
}

export function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <Button variant="primary" onClick={onClose}>
      Close
    </Button>
  );
}

interface JobViewProps {
  started: Job;
  /** Reviews a copy of the rows that failed; null: nothing was copied. */
  onFailed: (() => void) | null;
  isBusy: boolean;
}

/** A job that copies or compares: how far it is, and what could not be written. */
export function JobView({ started: first, onFailed, isBusy }: JobViewProps) {
  const job = useQuery(jobQuery(first.id)).data ?? first;
  const { state, rows, copied, compared, error, directory, withheld } = job;
  const failed = copied === undefined ? 0 : uncopied(copied);
  const facts = copied !== undefined ? copiedFacts(copied) : compared !== undefined ? comparedFacts(compared) : [];
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={state === 'failed' ? 'danger' : state === 'complete' ? 'ok' : 'accent'}>{state}</Badge>
        {[`${plural(rows, 'row')} read`, ...facts].join(' · ')}
      </p>
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      {!isActive(job) && withheld !== undefined && <p className="text-warn">{withheld}</p>}
      {onFailed !== null && failed > 0 && !isActive(job) && withheld === undefined && (
        <Button size="sm" busy={isBusy} onClick={onFailed}>
          Copy the {plural(failed, 'failed row')} again…
        </Button>
      )}
      <p className="text-muted text-xs">
        {isActive(job) ? 'It runs on the server when this page is closed. ' : ''}
        Pause, resume and cancel it with the jobs, under Exports. Its files:{' '}
        <code className="break-all">{directory}</code>
      </p>
      <Files job={job} />
    </div>
  );
}

/** What it wrote, once it is whole: the rows that differ or failed. */
function Files({ job: { id, parts, withheld } }: { job: Job }) {
  const whole = parts.filter(({ sha256, rows }) => sha256 !== null && rows > 0);
  if (whole.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 text-xs">
      {whole.map(({ name, rows }) => (
        <li key={name}>
          {withheld === undefined ? <PartLink path={addressOf(jobPart.get, { id, name })}>{name}</PartLink> : name}{' '}
          <span className="text-muted">({plural(rows, 'line')})</span>
        </li>
      ))}
    </ul>
  );
}
