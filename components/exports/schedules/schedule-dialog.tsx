'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toasts';
import { errorText } from '@/lib/client/error-text';
import { actOnSchedule, createSchedule, schedulesQuery } from '@/lib/client/schedules';
import type { ExportRequest } from '@/lib/contract/reads';
import type { Schedule } from '@/lib/contract/schedules';
import { type Fields, fieldsOf, newFields, ownOf } from './schedule-fields';
import { KeepFields, WebhookField, WhenFields } from './when-fields';

interface RepeatDialogProps {
  cluster: string;
  /** What is exported, for people. */
  title: string;
  request: ExportRequest;
  onClose: () => void;
}

/** Makes a schedule of an export. */
export function RepeatDialog({ cluster, title, request, onClose }: RepeatDialogProps) {
  const save = async ({ name, ...fields }: Fields) => {
    await createSchedule(cluster, { name, kind: 'export', request, ...ownOf(fields) });
    toast({ text: `Scheduled ${name}` });
  };
  return (
    <ScheduleDialog
      title={`Repeat the export of ${title}`}
      description="Each run is a job on the server, with a directory for its files."
      action="Create the schedule"
      first={newFields(title)}
      isNew
      {...{ save, onClose }}
    />
  );
}

/** Changes when a schedule runs and what it keeps. */
export function EditDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { name, title } = schedule;
  return (
    <ScheduleDialog
      title={`Edit the schedule ${name}`}
      description={`To repeat something other than ${title}, make another schedule.`}
      action="Save"
      first={fieldsOf(schedule)}
      isNew={false}
      save={(fields) => actOnSchedule(name, { action: 'change', ...ownOf(fields) })}
      onClose={onClose}
    />
  );
}

interface ScheduleDialogProps {
  title: string;
  description: string;
  action: string;
  first: Fields;
  isNew: boolean;
  save: (fields: Fields) => Promise<unknown>;
  onClose: () => void;
}

function ScheduleDialog({ title, description, action, first, isNew, save, onClose }: ScheduleDialogProps) {
  const form = useId();
  const [fields, setFields] = useState(first);
  const { data } = useQuery(schedulesQuery());
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => save(fields),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: schedulesQuery().queryKey, exact: true });
      onClose();
    },
  });
  const parts = { fields, set: (change: Partial<Fields>) => setFields({ ...fields, ...change }) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      {...{ title, description }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={isPending} disabled={fields.name === ''}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {isNew && (
          <Field label="Name" hint="Lower-case letters, digits, - and _: it names the schedule at the prompt as well.">
            {(control) => (
              <Input
                {...control}
                mono
                value={fields.name}
                onChange={({ target }) => parts.set({ name: target.value })}
              />
            )}
          </Field>
        )}
        <WhenFields {...parts} />
        <KeepFields {...parts} />
        <WebhookField {...parts} names={data?.webhooks ?? []} />
        {error !== null && <ErrorState title="The schedule was not saved" {...errorText(error)} />}
      </form>
    </Dialog>
  );
}
