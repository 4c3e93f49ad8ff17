import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { planChange, startChange } from '@/lib/client/change-many';
import { errorText } from '@/lib/client/error-text';
import { jobsQuery } from '@/lib/client/jobs';
import type { ChangeManyPlan, ChangeManyRequest } from '@/lib/contract/change-many';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { EMPTY_DRAFT, type ManyDraft, type ManyRows, requestOf } from './many-draft';
import { ManyFields } from './many-form';
import { ManyJobView, useManyJob } from './many-job';
import { ManyPlanView } from './many-plan';

export interface ManySheetProps {
  cluster: string;
  rows: ManyRows;
  shape: TableShape;
  onClose: () => void;
}

/** Changes all rows that the table's filters find: said, counted and shown first, then made by a job. */
export function ManySheet({ cluster, rows, shape, onClose }: ManySheetProps) {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const many = useMany(cluster, rows);
  const { plan, job, error } = many;
  const form = requestOf(shape, rows, draft);
  const shown = plan.data;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Change rows like these"
      description={`Of ${rows.keyspace}.${rows.table}, ${rows.filters.length === 0 ? 'all rows: there is no filter' : 'the rows that its filters find'}.`}
      className="w-[min(640px,100vw)]"
      footer={<Footer many={many} draft={draft} request={form.request} onClose={onClose} />}
    >
      <div className="space-y-3 p-4">
        {shown !== undefined ? (
          <ManyPlanView plan={shown} typed={many.typed} onType={many.setTyped} />
        ) : job === null ? (
          <ManyFields shape={shape} draft={draft} form={form} onChange={setDraft} />
        ) : (
          <Running started={job} />
        )}
        {error !== null && <ErrorState {...errorText(error)} />}
      </div>
    </Sheet>
  );
}

type Many = ReturnType<typeof useMany>;

/** The plan that is reviewed, and the job that was started last. */
function useMany(cluster: string, { keyspace, table }: ManyRows) {
  const [typed, setTyped] = useState('');
  const [job, setJob] = useState<Job | null>(null);
  const client = useQueryClient();
  const plan = useMutation({
    mutationFn: (request: ChangeManyRequest) => planChange(cluster, request),
    onSuccess: () => setTyped(''),
  });
  const start = useMutation({
    mutationFn: ({ token, confirmName }: ChangeManyPlan) =>
      startChange(cluster, { token: token ?? '', ...(confirmName === null ? {} : { confirmName: typed }) }),
    onSuccess: (started) => {
      setJob(started);
      plan.reset();
      void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
    },
  });
  const again = (take: 'undo' | 'failed', { mode, journal }: ManyDraft) => {
    if (job !== null) plan.mutate({ keyspace, table, options: { mode }, journal, again: { job: job.id, take } });
  };
  return { plan, start, again, job, typed, setTyped, error: plan.error ?? start.error };
}

interface FooterProps {
  many: Many;
  draft: ManyDraft;
  request: ChangeManyRequest | null;
  onClose: () => void;
}

function Footer({ many, draft, request, onClose }: FooterProps) {
  const { plan, start, job, typed } = many;
  const shown = plan.data;
  if (shown !== undefined) {
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
  if (job !== null) {
    const again = (take: 'undo' | 'failed') => many.again(take, draft);
    return <JobButtons started={job} busy={plan.isPending} onAgain={again} onClose={onClose} />;
  }
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        variant="primary"
        disabled={request === null}
        busy={plan.isPending}
        onClick={() => request !== null && plan.mutate(request)}
      >
        Count and show the first rows
      </Button>
    </>
  );
}

function Running({ started }: { started: Job }) {
  return <ManyJobView job={useManyJob(started)} />;
}

interface JobButtonsProps {
  started: Job;
  busy: boolean;
  onAgain: (take: 'undo' | 'failed') => void;
  onClose: () => void;
}

/** What can follow a job that has ended, reviewed like any change. */
function JobButtons({ started, busy, onAgain, onClose }: JobButtonsProps) {
  const job = useManyJob(started);
  const { applied = 0, notApplied = 0, refused = 0, unknown = 0 } = job.changes ?? {};
  const hasEnded = !isActive(job);
  return (
    <>
      {hasEnded && notApplied + refused + unknown > 0 && (
        <Button busy={busy} onClick={() => onAgain('failed')}>
          Try the failed rows again…
        </Button>
      )}
      {hasEnded && applied > 0 && (
        <Button busy={busy} onClick={() => onAgain('undo')}>
          Undo this job…
        </Button>
      )}
      <Button variant="primary" onClick={onClose}>
        Close
      </Button>
    </>
  );
}
