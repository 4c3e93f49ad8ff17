import { plural } from '@/components/ui/format';
import type { Job } from '@/lib/contract/jobs';
import type { Standing } from '../transfer';

type JobFacts = Pick<Job, 'state' | 'parts'>;

/** How a job stands. */
export function jobStanding(job: JobFacts): Standing {
  switch (job.state) {
    case 'waiting':
      return { tone: 'neutral', label: 'Waiting for others' };
    case 'running':
      return { tone: 'accent', label: 'Running' };
    case 'paused':
      return { tone: 'warn', label: 'Paused', advice: incomplete(job, 'Resume goes on where it stands.') };
    case 'failed':
      return { tone: 'danger', label: 'Failed', advice: incomplete(job, 'Resume goes on where it stands.') };
    case 'cancelled':
      return { tone: 'neutral', label: 'Cancelled', advice: incomplete(job, 'It cannot go on: delete it.') };
    case 'complete':
      return { tone: 'ok', label: 'Complete' };
    default:
      return job.state satisfies never;
  }
}

function incomplete({ parts }: JobFacts, then: string): string {
  return `The directory is incomplete (${plural(wholeParts(parts), 'whole part')} so far). ${then}`;
}

/** Parts that are complete. */
function wholeParts(parts: Job['parts']): number {
  return parts.filter(({ sha256 }) => sha256 !== null).length;
}

/** Whichever knows more of a job: the list is asked every second, some jobs are watched live. */
export function newerJob(listed: Job, live: Job | null | undefined): Job {
  if (live == null || live.id !== listed.id) return listed;
  const sameRun = live.state === listed.state || live.state === 'running';
  return listed.state === 'running' && sameRun && live.elapsedMs > listed.elapsedMs ? live : listed;
}
