'use client';

import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { nextTimesQuery } from '@/lib/client/schedules';
import { useDebounced } from '@/lib/client/use-debounced';
import type { When } from '@/lib/contract/schedules';
import type { Fields } from './schedule-fields';
import { PATTERNS, readersZone, timesIn } from './schedule-words';

const TYPING_MS = 300;
const SHOWN_TIMES = 3;

interface PartProps {
  fields: Fields;
  set: (change: Partial<Fields>) => void;
}

/** The pattern and its zone, and the times that they mean. */
export function WhenFields({ fields: { pattern, timeZone }, set }: PartProps) {
  const zones = useId();
  const isOffered = PATTERNS.some(([, known]) => known === pattern);
  return (
    <div className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Repeat">
          {(control) => (
            <Select
              {...control}
              value={isOffered ? pattern : ''}
              onChange={({ target }) => target.value !== '' && set({ pattern: target.value })}
            >
              {PATTERNS.map(([label, value]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
              <option value="">as the pattern says</option>
            </Select>
          )}
        </Field>
        <Field label="Time zone">
          {(control) => (
            <Input
              {...control}
              list={zones}
              value={timeZone}
              onChange={({ target }) => set({ timeZone: target.value })}
            />
          )}
        </Field>
      </div>
      <datalist id={zones}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field label="Pattern" hint="Minute, hour, day of the month, month, day of the week, as in cron.">
        {(control) => (
          <Input {...control} mono value={pattern} onChange={({ target }) => set({ pattern: target.value })} />
        )}
      </Field>
      <NextTimes pattern={pattern} timeZone={timeZone.trim()} />
    </div>
  );
}

function NextTimes(typed: When) {
  const when = { pattern: useDebounced(typed.pattern, TYPING_MS), timeZone: useDebounced(typed.timeZone, TYPING_MS) };
  const { data = [], error, isPending } = useQuery(nextTimesQuery(when));
  if (error !== null) {
    return (
      <p role="alert" className="text-danger text-sm">
        {errorText(error).message}
      </p>
    );
  }
  return (
    <div className="min-h-20 text-sm">
      <p className="font-medium text-muted text-xs">Next times</p>
      {data.length === 0 && !isPending && <p>This never comes.</p>}
      <ul aria-label="Next times">
        {data.slice(0, SHOWN_TIMES).map((time) => (
          <li key={time}>{timesIn(time, when.timeZone, readersZone())}</li>
        ))}
      </ul>
    </div>
  );
}

/** What stays of its files. */
export function KeepFields({ fields: { runs, days }, set }: PartProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">Keep the files</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Of the last runs" hint="Leave empty for no limit.">
          {(control) => (
            <Input
              {...{ ...control, type: 'number', min: 1, max: 400, value: runs }}
              onChange={({ target }) => set({ runs: target.value })}
            />
          )}
        </Field>
        <Field label="Of the last days" hint="A run stays while either limit keeps it.">
          {(control) => (
            <Input
              {...{ ...control, type: 'number', min: 1, max: 3_650, value: days }}
              onChange={({ target }) => set({ days: target.value })}
            />
          )}
        </Field>
      </div>
      <p className="mt-1 text-faint text-xs">
        Only what this schedule made is ever removed, never its newest complete run. Without limits everything stays.
      </p>
    </fieldset>
  );
}

/** Where its runs are reported; nothing where no webhook is configured. */
export function WebhookField({ fields: { webhook }, set, names }: PartProps & { names: readonly string[] }) {
  if (names.length === 0 && webhook === '') return null;
  return (
    <Field label="Webhook" hint="Called when a run has ended, was skipped or missed.">
      {(control) => (
        <Select {...control} value={webhook} onChange={({ target }) => set({ webhook: target.value })}>
          <option value="">none</option>
          {[...new Set([...names, webhook])]
            .filter((name) => name !== '')
            .map((name) => (
              <option key={name}>{name}</option>
            ))}
        </Select>
      )}
    </Field>
  );
}
