import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { type Repeated, schedulePlanQuery } from '@/lib/client/schedule-plan';
import { schedulesQuery } from '@/lib/client/schedules';
import type { NewSchedule, SchedulePlan } from '@/lib/contract/schedules';
import { PlannedRuns } from './planned-runs';
import type { Fields } from './schedule-fields';
import { KeepFields, WebhookField, WhenFields } from './when-fields';

interface ScheduleFormProps {
  title: string;
  description: string;
  action: string;
  first: Fields;
  isNew: boolean;
  /** What each run sends is shown, and has to be known before this can be saved. */
  isReviewed: boolean;
  /** Null: it is not known yet, or stays as it was. */
  repeated: Repeated | null;
  /** False while something typed is no value. */
  isComplete?: boolean;
  save: (fields: Fields, confirm: NewSchedule['confirm']) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

/** When something repeats and what is kept, with what its runs would send where that is new. */
export function ScheduleForm(props: ScheduleFormProps) {
  const { title, description, action, first, isNew, isReviewed, repeated, isComplete = true, onClose } = props;
  const form = useId();
  const [fields, setFields] = useState(first);
  const [typed, setTyped] = useState('');
  const { data } = useQuery(schedulesQuery());
  const plan = usePlan(isReviewed ? repeated : null);
  const { mutate, isPending, error } = useSave(props);
  const isSeen = !isReviewed || (plan.data !== undefined && isConfirmed(plan.data, typed));
  const parts = { fields, set: (change: Partial<Fields>) => setFields({ ...fields, ...change }) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ fields, confirm: isReviewed ? confirmOf(plan.data, typed) : undefined });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      {...{ title, description }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant={plan.data?.confirmName == null ? 'primary' : 'danger'}
            busy={isPending}
            disabled={fields.name === '' || !isSeen || !isComplete}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {isNew && <NameField {...parts} />}
        <WhenFields {...parts} />
        <KeepFields {...parts} />
        <WebhookField {...parts} names={data?.webhooks ?? []} />
        {props.children}
        {isReviewed && repeated !== null && <PlannedRuns {...{ plan, typed }} onType={setTyped} />}
        {error !== null && <ErrorState title="The schedule was not saved" {...errorText(error)} />}
      </form>
    </Dialog>
  );
}

function usePlan(repeated: Repeated | null) {
  const nothing: Repeated = { cluster: '', kind: '', request: null };
  return useQuery({ ...schedulePlanQuery(repeated ?? nothing), enabled: repeated !== null });
}

interface Saved {
  readonly fields: Fields;
  readonly confirm: NewSchedule['confirm'];
}

function useSave({ save, onClose }: ScheduleFormProps) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ fields, confirm }: Saved) => save(fields, confirm),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: schedulesQuery().queryKey, exact: true });
      onClose();
    },
  });
}

function isConfirmed({ confirmName }: SchedulePlan, typed: string): boolean {
  return confirmName === null || confirmName === typed;
}

/** What was seen of a plan that writes; nothing has to be confirmed of one that reads. */
function confirmOf(plan: SchedulePlan | undefined, typed: string): NewSchedule['confirm'] {
  if (plan?.isWrite !== true) return undefined;
  return { statement: plan.statement, ...(plan.confirmName === null ? {} : { name: typed }) };
}

function NameField({ fields, set }: { fields: Fields; set: (change: Partial<Fields>) => void }) {
  return (
    <Field label="Name" hint="Lower-case letters, digits, - and _: it names the schedule at the prompt as well.">
      {(control) => (
        <Input {...control} mono value={fields.name} onChange={({ target }) => set({ name: target.value })} />
      )}
    </Field>
  );
}
