import { useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { PartLink } from '@/components/move/part-link';
import { ActionButton } from '@/components/shell/action-button';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import { Progress } from '@/components/ui/progress';
import { errorText } from '@/lib/client/error-text';
import { unloaded } from '@/lib/client/follow';
import { ApiFailure } from '@/lib/client/http';
import { actOnJob, jobKey, jobQuery } from '@/lib/client/jobs';
import { loadFacts, verifiedWords } from '@/lib/client/load-words';
import { pagePath } from '@/lib/client/paths';
import { jobActions } from '@/lib/client/transfers';
import { addressOf } from '@/lib/contract/endpoint';
import { jobPart } from '@/lib/contract/endpoints/exports';
import type { Job, JobPart } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { plural } from '@/lib/text/format';

interface LoadJobViewProps {
  started: Job;
  /** Loads the records that could not be written; null: that is what the form below does. */
  onFailed: (() => void) | null;
}

/** A load as it goes, and what can follow it. */
export function LoadJobView({ started, onFailed }: LoadJobViewProps) {
  const { data } = useQuery(jobQuery(started.id));
  const job = data ?? started;
  const { state, load, error, cluster, withheld } = job;
  const isGoing = isActive(job);
  const failures = load === undefined ? 0 : unloaded(load);
  const share = load === undefined || load.totalBytes === null ? null : load.bytes / Math.max(1, load.totalBytes);
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={toneOf(job, failures)}>{state}</Badge>
        {load === undefined ? 'Starting' : loadFacts(load, isGoing).join(' · ')}
      </p>
      {state === 'running' && <Progress label="Load" fraction={load?.doing === 'verifying' ? null : share} />}
      {load?.verified != null && <p>{verifiedWords(load.verified)}</p>}
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      {failures > 0 && <FailedRecords job={job} />}
      {!isGoing && withheld !== undefined && <p className="text-warn">{withheld}</p>}
      {isGoing && <p className="text-muted text-xs">It goes on when this page is closed.</p>}
      <div className="flex flex-wrap gap-2">
        <JobActions job={job} />
        {!isGoing && withheld === undefined && failures > 0 && onFailed !== null && (
          <Button size="sm" onClick={onFailed}>
            Try the {plural(failures, 'failed record')} again…
          </Button>
        )}
        <LinkButton size="sm" href={pagePath.exports(cluster)}>
          All jobs
        </LinkButton>
      </div>
    </div>
  );
}

function toneOf({ state }: Job, failures: number) {
  if (state === 'failed') return 'danger';
  if (state === 'complete') return failures === 0 ? 'ok' : 'warn';
  return state === 'paused' ? 'warn' : 'accent';
}

function JobActions({ job }: { job: Job }) {
  const { id } = job;
  const can = jobActions(job);
  const list = jobKey(id);
  return (
    <>
      {can.includes('pause') && (
        <ActionButton act={() => actOnJob(id, 'pause')} list={list} icon={<Pause size={12} aria-hidden="true" />}>
          Pause
        </ActionButton>
      )}
      {can.includes('resume') && (
        <ActionButton
          act={() => actOnJob(id, 'resume')}
          list={list}
          icon={<Play size={12} aria-hidden="true" />}
          variant="primary"
        >
          Resume
        </ActionButton>
      )}
    </>
  );
}

/** Where the records are that could not be loaded: links once they are whole. */
function FailedRecords({ job: { id, parts, directory, withheld } }: { job: Job }) {
  const links = parts.filter(({ name }) => name.startsWith('failed') || name.startsWith('reasons'));
  return (
    <div className="text-xs">
      <p className="text-muted">
        What could not be loaded is kept as it came, with the reasons, in <code className="break-all">{directory}</code>
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-4">
        {links.map((part) => (
          <li key={part.name}>
            <FailedFile id={withheld === undefined ? id : null} part={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** @param id of its job; null: it cannot be downloaded */
function FailedFile({ id, part: { name, rows, sha256 } }: { id: string | null; part: JobPart }) {
  const size = <span className="text-muted">({plural(rows, 'line')})</span>;
  return (
    <>
      {sha256 === null || id === null ? (
        <code>{name}</code>
      ) : (
        <PartLink path={addressOf(jobPart.get, { id, name })}>{name}</PartLink>
      )}{' '}
      {size}
    </>
  );
}
