import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { WaitingSheet } from '@/components/ui/waiting-sheet';
import { errorText } from '@/lib/client/error-text';
import { jobQuery } from '@/lib/client/jobs';
import type { Job } from '@/lib/contract/jobs';
import { JobButtons, PlanButtons } from './many-buttons';
import { ManyJobView } from './many-job';
import { ManyPlanView } from './many-plan';
import { useMany } from './use-many';

interface ManyJobSheetProps {
  /** Of the job. */
  id: string;
  onClose: () => void;
}

/** A job that changes rows, from its line in the list: how far it is, its rate, its undo and its failed rows. */
export default function ManyJobSheet({ id, onClose }: ManyJobSheetProps) {
  const { data, error } = useQuery(jobQuery(id));
  if (data != null) return <OfJob first={data} onClose={onClose} />;
  const failure = error === null ? null : { title: 'Could not load the job', ...errorText(error) };
  return <WaitingSheet title="Changed rows" label="Reading the job" className={WIDTH} {...{ failure, onClose }} />;
}

const WIDTH = 'w-[min(640px,100vw)]';

function OfJob({ first, onClose }: { first: Job; onClose: () => void }) {
  const many = useMany(first.cluster, first);
  const { plan, job, error } = many;
  const started = job ?? first;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Changed rows"
      description={`A job on ${first.title}`}
      className={WIDTH}
      footer={
        plan.data === undefined ? (
          <JobButtons started={started} many={many} onClose={onClose} />
        ) : (
          <PlanButtons cluster={first.cluster} many={many} shown={plan.data} />
        )
      }
    >
      <div className="space-y-3 p-4">
        {plan.data === undefined ? (
          <ManyJobView key={started.id} started={started} />
        ) : (
          <ManyPlanView plan={plan.data} typed={many.typed} onType={many.setTyped} />
        )}
        {error !== null && <ErrorState {...errorText(error)} />}
      </div>
    </Sheet>
  );
}
