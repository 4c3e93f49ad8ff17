import { Button } from '@/components/ui/button';
import { failedRows } from '@/lib/client/follow';
import type { ChangeManyPlan } from '@/lib/contract/change-many';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { useManyJob } from './many-job';
import type { Many } from './use-many';

/** Below a plan: nothing starts before its table's name is typed, where that is asked. */
export function PlanButtons({ many: { plan, start, typed }, shown }: { many: Many; shown: ChangeManyPlan }) {
  const isConfirmed = shown.confirmName === null || shown.confirmName === typed;
  const back = () => {
    start.reset();
    plan.reset();
  };
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
