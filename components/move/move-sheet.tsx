import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyOnSpark } from '@/components/spark/move-on-spark';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { errorText } from '@/lib/client/error-text';
import { clustersQuery } from '@/lib/client/queries';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { compareRequest, copyRequest, draftOf, type MoveDraft, type MovedRows } from './move-draft';
import { MoveForm } from './move-form';
import { CloseButton, JobView, PlanButtons, PlanView } from './move-view';
import { RepeatCopy } from './repeat-copy';
import { useTargetRefusal } from './target-right';
import { type Move, useMove } from './use-move';

export interface MoveSheetProps {
  cluster: string;
  rows: MovedRows;
  shape: TableShape;
  onClose: () => void;
}

/** Copies a table's rows into another table, or compares the two: planned and shown first, then made by a job. */
export function MoveSheet({ cluster, rows, shape, onClose }: MoveSheetProps) {
  const clusters = useQuery(clustersQuery()).data?.clusters ?? [];
  const writable = clusters.filter(({ readOnly }) => !readOnly).map(({ name }) => name);
  const [changed, setDraft] = useState<MoveDraft | null>(null);
  const draft = changed ?? draftOf(cluster, rows, writable);
  const refusal = useTargetRefusal(draft);
  const move = useMove(cluster, null);
  const { plan, job, error } = move;
  const shown = plan.data;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Copy or compare"
      description={`${titleOf(rows)}${draft.task === 'copy' && rows.filters.length > 0 ? ', the rows that its filters find' : ''}`}
      className="w-[min(640px,100vw)]"
      footer={<Footer {...{ cluster, move, draft, refusal, rows, shape, onClose }} />}
    >
      <div className="space-y-3 p-4">
        {shown !== undefined ? (
          <PlanView planned={shown} typed={move.typed} onType={move.setTyped} />
        ) : job === null ? (
          <>
            <MoveForm shape={shape} draft={draft} refusal={refusal} onChange={setDraft} />
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

interface FooterProps {
  cluster: string;
  move: Move;
  draft: MoveDraft;
  /** Why its target may not be used; null: it may. */
  refusal: string | null;
  rows: MovedRows;
  shape: TableShape;
  onClose: () => void;
}

function Footer({ cluster, move, ...asking }: FooterProps) {
  const { plan, job } = move;
  const shown = plan.data;
  if (shown !== undefined) {
    return (
      <PlanButtons cluster={cluster} move={move} shown={shown}>
        {shown.task === 'copy' && shown.request.again === undefined && (
          <RepeatCopy cluster={cluster} request={shown.request} title={titleOf(asking.rows)} />
        )}
      </PlanButtons>
    );
  }
  if (job !== null) return <CloseButton onClose={asking.onClose} />;
  return <AskButtons {...asking} plan={plan} />;
}

function AskButtons({
  draft,
  refusal,
  rows,
  shape,
  plan,
  onClose,
}: Omit<FooterProps, 'move' | 'cluster'> & Pick<Move, 'plan'>) {
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
      <Button variant="primary" disabled={(problem ?? refusal) !== null} busy={plan.isPending} onClick={ask}>
        {draft.task === 'copy' ? 'Show the statements' : 'Show what is compared'}
      </Button>
    </>
  );
}
