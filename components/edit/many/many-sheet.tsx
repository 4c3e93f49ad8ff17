import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { errorText } from '@/lib/client/error-text';
import type { ChangeManyRequest } from '@/lib/contract/change-many';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { JobButtons, PlanButtons } from './many-buttons';
import { EMPTY_DRAFT, type ManyRows, requestOf } from './many-draft';
import { ManyFields } from './many-form';
import { ManyJobView } from './many-job';
import { ManyPlanView } from './many-plan';
import { type Many, useMany } from './use-many';

export interface ManySheetProps {
  cluster: string;
  rows: ManyRows;
  shape: TableShape;
  onClose: () => void;
}

/** Changes all rows that the table's filters find: said, counted and shown first, then made by a job. */
export function ManySheet({ cluster, rows, shape, onClose }: ManySheetProps) {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const many = useMany(cluster, null);
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
      footer={<Footer cluster={cluster} many={many} request={form.request} onClose={onClose} />}
    >
      <div className="space-y-3 p-4">
        {shown !== undefined ? (
          <ManyPlanView plan={shown} typed={many.typed} onType={many.setTyped} />
        ) : job === null ? (
          <ManyFields shape={shape} draft={draft} form={form} onChange={setDraft} />
        ) : (
          <ManyJobView started={job} />
        )}
        {error !== null && <ErrorState {...errorText(error)} />}
      </div>
    </Sheet>
  );
}

interface FooterProps {
  cluster: string;
  many: Many;
  request: ChangeManyRequest | null;
  onClose: () => void;
}

function Footer({ cluster, many, request, onClose }: FooterProps) {
  const { plan, job } = many;
  if (plan.data !== undefined) return <PlanButtons cluster={cluster} many={many} shown={plan.data} />;
  if (job !== null) return <JobButtons started={job} many={many} onClose={onClose} />;
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
