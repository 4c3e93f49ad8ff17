import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { ErrorState } from '@/components/ui/error-state';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { jobQuery } from '@/lib/client/jobs';
import { manyFacts } from '@/lib/client/many-words';
import type { Job } from '@/lib/contract/jobs';
import { plural } from '@/lib/text/format';

/** A job that this sheet has started, as it goes. */
export function useManyJob(started: Job): Job {
  const { data } = useQuery(jobQuery(started.id));
  return data ?? started;
}

export function ManyJobView({ job }: { job: Job }) {
  const { state, rows, changes, error, directory } = job;
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={state === 'failed' ? 'danger' : state === 'complete' ? 'ok' : 'accent'}>{state}</Badge>
        {[plural(rows, 'row'), ...(changes === undefined ? [] : manyFacts(changes))].join(' · ')}
      </p>
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      <p className="text-muted text-xs">
        It runs on the server when this page is closed. Pause, resume and cancel it with the jobs, under Exports.
        Journal and failed rows: <code className="break-all">{directory}</code>
      </p>
    </div>
  );
}
