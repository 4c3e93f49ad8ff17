import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { jobQuery, setJobRate } from '@/lib/client/jobs';
import { manyFacts } from '@/lib/client/many-words';
import type { Job } from '@/lib/contract/jobs';
import { formatCount, plural } from '@/lib/text/format';
import { RATE_PROBLEM, rateOf } from './many-draft';

/** A job as it goes. */
export function useManyJob(started: Job): Job {
  const { data } = useQuery(jobQuery(started.id));
  return data ?? started;
}

export function ManyJobView({ started }: { started: Job }) {
  const job = useManyJob(started);
  const { state, rows, changes, error, directory, maxRowsPerSecond } = job;
  const isOver = state === 'complete' || state === 'cancelled';
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={state === 'failed' ? 'danger' : state === 'complete' ? 'ok' : 'accent'}>{state}</Badge>
        {[plural(rows, 'row'), ...(changes === undefined ? [] : manyFacts(changes))].join(' · ')}
      </p>
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      {maxRowsPerSecond !== undefined && !isOver && <Rate id={job.id} now={maxRowsPerSecond} />}
      <p className="text-muted text-xs">
        It runs on the server when this page is closed. Pause, resume and cancel it with the jobs, under Exports.
        Journal and failed rows: <code className="break-all">{directory}</code>
      </p>
    </div>
  );
}

/** The rate of a job that goes on: it holds from the next rows on. */
function Rate({ id, now }: { id: string; now: number | null }) {
  const [text, setText] = useState(now === null ? '' : String(now));
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (rate: number | null) => setJobRate(id, rate),
    onSuccess: (job) => client.setQueryData(jobQuery(id).queryKey, job),
  });
  const rate = rateOf(text);
  const problem = rate === undefined ? RATE_PROBLEM : undefined;
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (rate !== undefined) set.mutate(rate);
      }}
    >
      <Field
        label="Rows a second, at most"
        className="min-w-0 flex-1"
        error={problem ?? (set.error === null ? undefined : errorText(set.error).message)}
        hint={`${now === null ? 'Now as fast as the cluster takes' : `Now ${formatCount(now)}`}. Leave empty to go as fast as the cluster takes.`}
      >
        {(control) => (
          <Input {...control} inputMode="numeric" value={text} onChange={({ target }) => setText(target.value)} />
        )}
      </Field>
      <Button type="submit" className="mt-6" disabled={rate === undefined || rate === now} busy={set.isPending}>
        Set the rate
      </Button>
    </form>
  );
}
