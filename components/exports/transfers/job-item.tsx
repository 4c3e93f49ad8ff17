'use client';

import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '@/components/ui/copy-button';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { isActive, jobQuery } from '@/lib/client/jobs';
import { apiPath } from '@/lib/client/paths';
import type { Job } from '@/lib/contract/jobs';
import { JobActions } from './job-actions';
import { JobParts } from './job-parts';
import { jobStanding, newerJob } from './job-standing';
import { PartLink } from './part-link';
import { Transfer } from './transfer';
import { endedFacts, runningFacts, startedText } from './transfer-facts';
import { useShown } from './use-shown';

interface JobItemProps {
  /** As the list has it. */
  listed: Job;
  /** It may hold a connection for its progress. */
  watched: boolean;
}

/** One job on the server: how far it is, its parts, and what can be done with it. */
export function JobItem({ listed, watched }: JobItemProps) {
  const { ref, shown } = useShown();
  const watching = watched && shown;
  const live = useQuery({ ...jobQuery(watching ? listed.id : ''), enabled: watching });
  const job = newerJob(listed, live.data);
  const { state, scan, rows, bytes, elapsedMs, directory, error } = job;
  const complete = state === 'complete';
  const fraction = complete ? 1 : (scan?.ringFraction ?? null);
  return (
    <Transfer
      ref={ref}
      label={`Job of ${job.title}`}
      cluster={job.cluster}
      title={job.title}
      statement={job.statement}
      standing={jobStanding(job)}
      note={`${formatText(job)} · ${job.consistency} · ${startedText(job.createdAt)}`}
      running={isActive(job)}
      scan={scan}
      fraction={fraction}
      facts={
        isActive(job)
          ? runningFacts(scan, { rows, bytes })
          : endedFacts({ rows, bytes }, { complete, elapsedMs, fraction })
      }
      error={error === null ? null : errorText(new ApiFailure(error, 0))}
      actions={<JobActions job={job} />}
    >
      <p className="flex items-center gap-1 text-muted text-xs">
        <code className="min-w-0 break-all">{directory}</code>
        <CopyButton text={directory} label="Copy the directory’s path" />
        {complete && <PartLink path={apiPath.jobPart(job.id, 'manifest.json')}>manifest</PartLink>}
      </p>
      <JobParts job={job} />
    </Transfer>
  );
}

function formatText({ kind, format, compression = 'none' }: Job): string {
  const what = format ?? kind;
  return compression === 'none' ? what : `${what}, ${compression}`;
}
