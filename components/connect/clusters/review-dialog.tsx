'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { Dialog } from '@/components/ui/dialog';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { editPlanQuery, saveCluster } from '@/lib/client/configuration';
import { effectsOf } from '@/lib/cluster/edit-form';
import type { ClusterEdit, ConfigurationView, EditPlan } from '@/lib/contract/configured';

type ReviewDialogProps = {
  cluster: ClusterEdit;
  onSaved: (view: ConfigurationView) => void;
  onClose: () => void;
};

/** The exact text that is written, and what it does to people who work; then it is written or not. */
export function ReviewDialog({ cluster, onSaved, onClose }: ReviewDialogProps) {
  const plan = useQuery(editPlanQuery(cluster));
  const save = useMutation({
    mutationFn: (revision: string) => saveCluster(cluster, revision),
    onSuccess: onSaved,
  });
  const revision = plan.data?.revision;
  const again = () => {
    save.reset();
    void plan.refetch();
  };
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        variant="primary"
        busy={save.isPending}
        disabled={revision === undefined || save.isError}
        onClick={() => revision !== undefined && save.mutate(revision)}
      >
        Save
      </Button>
    </>
  );
  const failure = save.error ?? plan.error;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={onClose}
      title={`Change the configuration of ${cluster.name}`}
      {...(plan.data === undefined ? {} : { description: plan.data.path })}
      footer={footer}
    >
      {failure !== null ? (
        <FailureState alone title="The change was not made" error={failure} onRetry={again} />
      ) : plan.data === undefined ? (
        <Loading label="Working out the change">
          <Skeleton className="h-40 w-full" />
        </Loading>
      ) : (
        <PlanView plan={plan.data} />
      )}
    </Dialog>
  );
}

function PlanView({ plan }: { plan: EditPlan }) {
  return (
    <div className="flex flex-col gap-3">
      <ul className="list-disc pl-5">
        {effectsOf(plan).map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      {plan.before !== null && (
        <CommandBlock title="In the file now" copy="Copy the text of now">
          {plan.before}
        </CommandBlock>
      )}
      <CommandBlock title={plan.before === null ? 'Added to the file' : 'Written instead'} copy="Copy the new text">
        {plan.after}
      </CommandBlock>
      <p className="text-muted text-xs">Everything else in the file stays as it is, to the letter.</p>
    </div>
  );
}
