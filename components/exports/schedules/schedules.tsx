'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Later } from '@/components/ui/later';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { removeSchedule, schedulesQuery } from '@/lib/client/schedules';
import { ScheduleCard } from './schedule-item';

const EditDialog = lazy(() =>
  import('@/components/repeat/edit-dialog').then((dialog) => ({ default: dialog.EditDialog })),
);

/** A schedule that the person is asked about, by its name. */
type Asked = { readonly about: 'edit' | 'remove'; readonly name: string } | null;

/** What repeats on this server, when it runs next and how it ended last. */
export function Schedules() {
  const { data, error, refetch, isFetching } = useQuery(schedulesQuery());
  const [asked, setAsked] = useState<Asked>(null);
  const edited = asked?.about === 'edit' ? data?.schedules.find(({ name }) => name === asked.name) : undefined;
  return (
    <Panel title="Schedules" note="of this server, all clusters" flush>
      {error !== null && (
        <ErrorState
          className="m-4"
          title={data === undefined ? 'Could not load the schedules' : 'This list is out of date'}
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Reading the schedules">
          <Skeleton className="m-4 h-8" />
        </Loading>
      )}
      {data?.standstill != null && (
        <Notice tone="warn" className="m-4" title="No schedule runs here">
          {data.standstill}
        </Notice>
      )}
      {data?.schedules.length === 0 && (
        <p className="px-4 py-3 text-muted text-sm">
          Nothing repeats. Choose Repeat… in the form of an export, a load or a copy.
        </p>
      )}
      <div className="divide-y divide-line">
        {data?.schedules.map((schedule) => (
          <ScheduleCard
            key={schedule.name}
            schedule={schedule}
            onEdit={() => setAsked({ about: 'edit', name: schedule.name })}
            onRemove={() => setAsked({ about: 'remove', name: schedule.name })}
          />
        ))}
      </div>
      {asked?.about === 'remove' && <RemoveDialog name={asked.name} onClose={() => setAsked(null)} />}
      {edited !== undefined && (
        <Later>
          <EditDialog schedule={edited} onClose={() => setAsked(null)} />
        </Later>
      )}
    </Panel>
  );
}

function RemoveDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => removeSchedule(name),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: schedulesQuery().queryKey, exact: true });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={`Remove the schedule ${name}?`}
      description="It does not run again. Its jobs and their files stay on the server’s disk until you delete them."
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button variant="danger" busy={isPending} onClick={() => mutate()}>
            Remove the schedule
          </Button>
        </>
      }
    >
      {error !== null && <ErrorState {...errorText(error)} />}
    </Dialog>
  );
}
