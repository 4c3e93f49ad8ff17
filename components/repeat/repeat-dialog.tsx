'use client';

import { toast } from '@/components/ui/toasts';
import type { Repeated } from '@/lib/client/schedule-plan';
import { createSchedule } from '@/lib/client/schedules';
import { newFields, ownOf } from './schedule-fields';
import { ScheduleForm } from './schedule-form';

interface RepeatDialogProps extends Repeated {
  /** What is moved, for people. */
  title: string;
  onClose: () => void;
}

const RUNS: Readonly<Record<string, string>> = {
  export: 'Each run is a job on the server, with a directory for its files.',
  load: 'Each run is a job on the server. It loads the files that are there then.',
  copy: 'Each run is a job on the server. It copies the rows that are there then.',
};

/** Makes a schedule of what a form has: an export, a load or a copy. */
export function RepeatDialog({ title, onClose, ...repeated }: RepeatDialogProps) {
  const { cluster, kind, request } = repeated;
  return (
    <ScheduleForm
      title={`Repeat the ${kind} of ${title}`}
      description={RUNS[kind] ?? ''}
      action="Create the schedule"
      first={newFields(title)}
      isNew
      isReviewed={kind !== 'export'}
      save={async ({ name, ...fields }, confirm) => {
        await createSchedule(cluster, { name, kind, request, ...ownOf(fields), ...(confirm && { confirm }) });
        toast({ text: `Scheduled ${name}` });
      }}
      {...{ repeated, onClose }}
    />
  );
}
