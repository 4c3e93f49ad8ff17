import { canGoOn } from '@/lib/contract/going-on';
import type { Job } from '@/lib/contract/jobs';
import { plural } from '@/lib/text/format';
import type { Standing } from './transfer';

type JobFacts = Pick<Job, 'state' | 'parts' | 'error'>;

/** How a job stands. */
export function jobStanding(job: JobFacts): Standing {
  switch (job.state) {
    case 'waiting':
      return { tone: 'neutral', label: 'Waiting for others' };
    case 'running':
      return { tone: 'accent', label: 'Running' };
    case 'paused':
      return { tone: 'warn', label: 'Paused', advice: incomplete(job) };
    case 'failed':
      return { tone: 'danger', label: 'Failed', advice: incomplete(job) };
    case 'cancelled':
      return { tone: 'neutral', label: 'Cancelled', advice: incomplete(job) };
    case 'complete':
      return { tone: 'ok', label: 'Complete' };
    default:
      return job.state satisfies never;
  }
}

/** Can it be resumed? */
export function isResumable({ state, error }: JobFacts): boolean {
  return (state === 'paused' || state === 'failed') && canGoOn(error);
}

function incomplete(job: JobFacts): string {
  const then = isResumable(job) ? 'Resume goes on where it stands.' : 'It cannot go on: delete it.';
  return `The directory is incomplete (${plural(wholeParts(job.parts), 'whole part')} so far). ${then}`;
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
