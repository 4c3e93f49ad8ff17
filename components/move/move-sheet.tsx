import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyOnSpark } from '@/components/spark/move-on-spark';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { jobQuery, jobsQuery } from '@/lib/client/jobs';
import { planCompare, planCopy, startCompare, startCopy } from '@/lib/client/move';
import { comparedFacts, copiedFacts } from '@/lib/client/move-words';
import { clustersQuery } from '@/lib/client/queries';
import type { ComparePlan, CompareRequest } from '@/lib/contract/compare';
import type { CopyPlan, CopyRequest } from '@/lib/contract/copy';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { plural } from '@/lib/text/format';
import { againRequest, compareRequest, copyRequest, draftOf, type MoveDraft, type MovedRows } from './move-draft';
import { MoveForm } from './move-form';
import { ComparePlanView, CopyPlanView } from './move-plan';
import { RepeatCopy } from './repeat-copy';

export interface MoveSheetProps {
  cluster: string;
  rows: MovedRows;
  shape: TableShape;
  onClose: () => void;
}

/** A plan that is reviewed, with the request that it was made of. */
type Planned =
  | { readonly task: 'copy'; readonly plan: CopyPlan; readonly request: CopyRequest }
  | { readonly task: 'compare'; readonly plan: ComparePlan; readonly request: CompareRequest };

/** Copies a table's rows into another table, or compares the two: planned and shown first, then made by a job. */
export function MoveSheet({ cluster, rows, shape, onClose }: MoveSheetProps) {
  const clusters = useQuery(clustersQuery()).data?.clusters ?? [];
  const writable = clusters.filter(({ readOnly }) => !readOnly).map(({ name }) => name);
  const [changed, setDraft] = useState<MoveDraft | null>(null);
  const draft = changed ?? draftOf(cluster, rows, writable);
  const move = useMove(cluster);
  const { plan, job, error } = move;
  const shown = plan.data;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Copy or compare"
      description={`${titleOf(rows)}${draft.task === 'copy' && rows.filters.length > 0 ? ', the rows that its filters find' : ''}`}
      className="w-[min(640px,100vw)]"
      footer={<Footer cluster={cluster} move={move} draft={draft} rows={rows} shape={shape} onClose={onClose} />}
    >
      <div className="space-y-3 p-4">
        {shown !== undefined ? (
          <PlanView planned={shown} typed={move.typed} onType={move.setTyped} />
        ) : job === null ? (
          <>
            <MoveForm shape={shape} draft={draft} onChange={setDraft} />
            {draft.task === 'copy' && <SparkInstead {...{ cluster, rows, shape, draft }} />}
          </>
        ) : (
          <JobView key={job.id} started={job} onFailed={move.again} isBusy={plan.isPending} />
        )}
        {error !== null && <ErrorState {...errorText(error)} />}
      </div>
    </Sheet>
  );
}

function titleOf({ keyspace, table }: MovedRows): string {
  return `${keyspace}.${table}`;
}

function SparkInstead({ cluster, rows, shape, draft }: Omit<MoveSheetProps, 'onClose'> & { draft: MoveDraft }) {
  const checked = copyRequest(shape, rows, draft);
  const columns = shape.columns.map(({ name }) => name);
  return <CopyOnSpark cluster={cluster} copy={'request' in checked ? checked.request : null} columns={columns} />;
}

type Move = ReturnType<typeof useMove>;

/** The plan that is reviewed, and the job that was started last. */
function useMove(cluster: string) {
  const [typed, setTyped] = useState('');
  const [made, setMade] = useState<Made | null>(null);
  const client = useQueryClient();
  const plan = useMutation({
    mutationFn: async (asked: Asked): Promise<Planned> =>
      asked.task === 'copy'
        ? { ...asked, plan: await planCopy(cluster, asked.request) }
        : { ...asked, plan: await planCompare(cluster, asked.request) },
    onSuccess: () => setTyped(''),
  });
  const start = useMutation({
    mutationFn: async (planned: Planned): Promise<Made> => ({ planned, job: await started(cluster, planned, typed) }),
    onSuccess: (now) => {
      setMade(now);
      plan.reset();
      void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
    },
  });
  const request = againOf(made);
  const again = request === null ? null : () => plan.mutate({ task: 'copy', request });
  return { plan, start, job: made?.job ?? null, again, typed, setTyped, error: plan.error ?? start.error };
}

function againOf(made: Made | null): CopyRequest | null {
  if (made?.planned.task !== 'copy') return null;
  return againRequest(made.planned, made.job.id);
}

/** A job with what was reviewed of it. */
interface Made {
  readonly planned: Planned;
  readonly job: Job;
}

type Asked =
  | { readonly task: 'copy'; readonly request: CopyRequest }
  | { readonly task: 'compare'; readonly request: CompareRequest };

function started(cluster: string, planned: Planned, typed: string): Promise<Job> {
  if (planned.task === 'compare') return startCompare(cluster, planned.request);
  const { token, confirmName } = planned.plan;
  return startCopy(cluster, { token, ...(confirmName === null ? {} : { confirmName: typed }) });
}

function PlanView({ planned, typed, onType }: { planned: Planned; typed: string; onType: (name: string) => void }) {
  if (planned.task === 'compare') return <ComparePlanView plan={planned.plan} />;
  return <CopyPlanView plan={planned.plan} typed={typed} onType={onType} />;
}

interface FooterProps {
  cluster: string;
  move: Move;
  draft: MoveDraft;
  rows: MovedRows;
  shape: TableShape;
  onClose: () => void;
}

function Footer({ cluster, move: { plan, start, job, typed }, draft, rows, shape, onClose }: FooterProps) {
  const shown = plan.data;
  if (shown !== undefined) {
    const confirmName = shown.task === 'copy' ? shown.plan.confirmName : null;
    const back = () => {
      start.reset();
      plan.reset();
    };
    return (
      <>
        <Button onClick={back}>Back</Button>
        {shown.task === 'copy' && shown.request.again === undefined && (
          <RepeatCopy cluster={cluster} request={shown.request} title={titleOf(rows)} />
        )}
        <Button
          variant={shown.task === 'copy' ? 'danger' : 'primary'}
          disabled={confirmName !== null && confirmName !== typed}
          busy={start.isPending}
          onClick={() => start.mutate(shown)}
        >
          Start the job
        </Button>
      </>
    );
  }
  if (job !== null) {
    return (
      <Button variant="primary" onClick={onClose}>
        Close
      </Button>
    );
  }
  return <AskButtons draft={draft} rows={rows} shape={shape} plan={plan} onClose={onClose} />;
}

function AskButtons({ draft, rows, shape, plan, onClose }: Omit<FooterProps, 'move' | 'cluster'> & Pick<Move, 'plan'>) {
  const checked = draft.task === 'copy' ? copyRequest(shape, rows, draft) : compareRequest(rows, draft);
  const problem = 'problem' in checked ? checked.problem : null;
  const ask = () => {
    if (draft.task === 'copy') {
      const copy = copyRequest(shape, rows, draft);
      if ('request' in copy) plan.mutate({ task: 'copy', request: copy.request });
      return;
    }
    const compare = compareRequest(rows, draft);
    if ('request' in compare) plan.mutate({ task: 'compare', request: compare.request });
  };
  return (
    <>
      {problem !== null && <span className="mr-auto text-danger text-xs">{problem}</span>}
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="primary" disabled={problem !== null} busy={plan.isPending} onClick={ask}>
        {draft.task === 'copy' ? 'Show the statements' : 'Show what is compared'}
      </Button>
    </>
  );
}

interface JobViewProps {
  started: Job;
  /** Reviews a copy of the rows that failed; null: nothing was copied. */
  onFailed: (() => void) | null;
  isBusy: boolean;
}

function JobView({ started: first, onFailed, isBusy }: JobViewProps) {
  const job = useQuery(jobQuery(first.id)).data ?? first;
  const { state, rows, copied, compared, error, directory } = job;
  const failed = copied === undefined ? 0 : copied.refused + copied.unknown;
  const facts = copied !== undefined ? copiedFacts(copied) : compared !== undefined ? comparedFacts(compared) : [];
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={state === 'failed' ? 'danger' : state === 'complete' ? 'ok' : 'accent'}>{state}</Badge>
        {[`${plural(rows, 'row')} read`, ...facts].join(' · ')}
      </p>
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      {onFailed !== null && failed > 0 && !isActive(job) && (
        <Button size="sm" busy={isBusy} onClick={onFailed}>
          Copy the {plural(failed, 'failed row')} again…
        </Button>
      )}
      <p className="text-muted text-xs">
        {isActive(job) ? 'It runs on the server when this page is closed. ' : ''}
        Pause, resume and cancel it with the jobs, under Exports. Its files:{' '}
        <code className="break-all">{directory}</code>
      </p>
    </div>
  );
}
