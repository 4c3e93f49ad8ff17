import type { Wanted } from '@/components/confirm/ask-approval';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { Button } from '@/components/ui/button';
import { failedRows } from '@/lib/client/follow';
import type { ChangeManyPlan } from '@/lib/contract/change-many';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { useManyJob } from './many-job';
import type { Many } from './use-many';

interface PlanButtonsProps {
  cluster: string;
  many: Many;
  shown: ChangeManyPlan;
}

/** Below a plan: nothing starts before its table's name is typed, where that is asked. */
export function PlanButtons({ cluster, many: { plan, start, typed }, shown }: PlanButtonsProps) {
  const isHeld = useSecondPerson(cluster, ['write']);
  const isConfirmed = shown.confirmName === null || shown.confirmName === typed;
  const back = () => {
    start.reset();
    plan.reset();
  };
  if (isHeld) {
    const canAsk = shown.token !== null && isConfirmed;
    return (
      <>
        <div className="basis-full text-left">
          <SecondPerson cluster={cluster} wanted={canAsk ? () => wantedOf(shown) : null} />
        </div>
        <Button onClick={back}>Back</Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={back}>Back</Button>
      <Button
        variant="danger"
        disabled={shown.token === null || !isConfirmed}
        busy={start.isPending}
        onClick={() => start.mutate(shown)}
      >
        Start the job
      </Button>
    </>
  );
}

function wantedOf({ token, confirmName }: ChangeManyPlan): Wanted {
  return { of: 'change', token: token ?? '', ...(confirmName === null ? {} : { confirmName }) };
}

interface JobButtonsProps {
  started: Job;
  many: Many;
  onClose: () => void;
}

/** What can follow a job that has ended, reviewed like any change. */
export function JobButtons({ started, many: { plan, again }, onClose }: JobButtonsProps) {
  const job = useManyJob(started);
  const { changes } = job;
  const canFollow = !isActive(job) && changes !== undefined && job.changed !== undefined;
  return (
    <>
      {canFollow && failedRows(changes) > 0 && (
        <Button busy={plan.isPending} onClick={() => again('failed')}>
          Try the failed rows again…
        </Button>
      )}
      {canFollow && changes.applied > 0 && (
        <Button busy={plan.isPending} onClick={() => again('undo')}>
          Undo this job…
        </Button>
      )}
      <Button variant="primary" onClick={onClose}>
        Close
      </Button>
    </>
  );
}
