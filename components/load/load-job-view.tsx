import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import { Progress } from '@/components/ui/progress';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { jobQuery } from '@/lib/client/jobs';
import { loadFacts, verifiedWords } from '@/lib/client/load-words';
import { pagePath } from '@/lib/client/paths';
import type { Job } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { plural } from '@/lib/text/format';

interface LoadJobViewProps {
  started: Job;
  /** Loads the records that could not be written. */
  onFailed: () => void;
}

/** A load as it goes, and what can follow it. */
export function LoadJobView({ started, onFailed }: LoadJobViewProps) {
  const { data } = useQuery(jobQuery(started.id));
  const job = data ?? started;
  const { state, load, error, directory, cluster } = job;
  const failures = load === undefined ? 0 : load.bad + load.refused + load.unknown;
  const share = load === undefined || load.totalBytes === null ? null : load.bytes / Math.max(1, load.totalBytes);
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={state === 'failed' ? 'danger' : state === 'complete' ? 'ok' : 'accent'}>{state}</Badge>
        {load === undefined ? 'Starting' : loadFacts(load).join(' · ')}
      </p>
      {state === 'running' && <Progress label="Load" fraction={load?.doing === 'verifying' ? null : share} />}
      {load?.verified != null && <p>{verifiedWords(load.verified)}</p>}
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      <p className="text-muted text-xs">
        It runs on the server when this page is closed. What could not be written is kept, as it came, in{' '}
        <code className="break-all">{directory}</code>
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton size="sm" href={pagePath.exports(cluster)}>
          Pause, resume or cancel it among the jobs
        </LinkButton>
        {!isActive(job) && failures > 0 && (
          <Button size="sm" onClick={onFailed}>
            Try the {plural(failures, 'failed record')} again…
          </Button>
        )}
      </div>
    </div>
  );
}
