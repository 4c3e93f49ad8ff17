import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { WaitingSheet } from '@/components/ui/waiting-sheet';
import { errorText } from '@/lib/client/error-text';
import { jobQuery } from '@/lib/client/jobs';
import type { Job } from '@/lib/contract/jobs';
import { CloseButton, JobView, PlanButtons, PlanView } from './move-view';
import { useMove } from './use-move';

interface CopyAgainSheetProps {
  /** Of the job. */
  id: string;
  onClose: () => void;
}

/** A copy from its line in the list: how it ended, and its failed rows again. */
export default function CopyAgainSheet({ id, onClose }: CopyAgainSheetProps) {
  const { data, error } = useQuery(jobQuery(id));
  if (data != null) return <OfCopy first={data} onClose={onClose} />;
  const failure = error === null ? null : { title: 'Could not load the job', ...errorText(error) };
  return <WaitingSheet title="Copied rows" label="Reading the job" className={WIDTH} {...{ failure, onClose }} />;
}

const WIDTH = 'w-[min(640px,100vw)]';

function OfCopy({ first, onClose }: { first: Job; onClose: () => void }) {
  const move = useMove(first.cluster, first);
  const { plan, job, error } = move;
  const [started, shown] = [job ?? first, plan.data];
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Copied rows"
      description={`A job: ${first.title}`}
      className={WIDTH}
      footer={
        shown === undefined ? (
          <CloseButton onClose={onClose} />
        ) : (
          <PlanButtons cluster={first.cluster} move={move} shown={shown} />
        )
      }
    >
      <div className="space-y-3 p-4">
        {shown === undefined ? (
          <JobView key={started.id} started={started} onFailed={move.again} isBusy={plan.isPending} />
        ) : (
          <PlanView planned={shown} typed={move.typed} onType={move.setTyped} />
        )}
        {error !== null && <ErrorState {...errorText(error)} />}
      </div>
    </Sheet>
  );
}
