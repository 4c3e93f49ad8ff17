'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { actOnSchedule } from '@/lib/client/schedules';
import { useDebounced } from '@/lib/client/use-debounced';
import { parseJson } from '@/lib/contract/json';
import type { Schedule } from '@/lib/contract/schedules';
import { fieldsOf, ownOf } from './schedule-fields';
import { ScheduleForm } from './schedule-form';

const TYPING_MS = 500;

/** Changes when a schedule runs, what it keeps, and what it repeats. */
export function EditDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { name, cluster, kind, request: before } = schedule;
  const [text, setText] = useState(requestText(before));
  const typed = useDebounced(text, TYPING_MS);
  const isChanged = typed !== requestText(before);
  const request = parseJson(typed);
  const isRead = request !== undefined && typed === text;
  return (
    <ScheduleForm
      title={`Edit the schedule ${name}`}
      description={`It repeats ${WHAT[kind] ?? `a ${kind}`} on ${cluster}.`}
      action="Save"
      first={fieldsOf(schedule)}
      isNew={false}
      isReviewed={isChanged}
      repeated={isChanged && isRead ? { cluster, kind, request } : null}
      isComplete={isRead}
      save={(fields, confirm) =>
        actOnSchedule(name, {
          action: 'change',
          ...ownOf(fields),
          ...(isChanged ? { request, ...(confirm && { confirm }) } : {}),
        })
      }
      onClose={onClose}
    >
      <RequestField {...{ text, kind, cluster }} isJson={request !== undefined} onChange={setText} />
    </ScheduleForm>
  );
}

function requestText(request: unknown): string {
  return JSON.stringify(request, null, 2);
}

const WHAT: Readonly<Record<string, string>> = { export: 'an export', load: 'a load', copy: 'a copy' };

interface RequestFieldProps {
  text: string;
  kind: string;
  cluster: string;
  isJson: boolean;
  onChange: (text: string) => void;
}

/** What every run is asked to do, folded: most changes are of the time alone. */
function RequestField({ text, kind, cluster, isJson, onChange }: RequestFieldProps) {
  return (
    <details>
      <summary className="text-muted text-sm hover:text-ink">What it repeats</summary>
      <div className="space-y-2 pt-2">
        <Field label={`Request of the ${kind}, as the API takes it`} error={isJson ? undefined : 'This is not JSON.'}>
          {(control) => (
            <Textarea {...control} mono rows={10} value={text} onChange={({ target }) => onChange(target.value)} />
          )}
        </Field>
        <p className="text-faint text-xs">
          It stays {WHAT[kind] ?? `a ${kind}`} on {cluster}: earlier runs and their files belong to it. For another kind
          or cluster, make another schedule and remove this one.
        </p>
      </div>
    </details>
  );
}
