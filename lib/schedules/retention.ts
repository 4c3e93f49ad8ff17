import 'server-only';
import { failedRowsOf } from '@/lib/contract/job-failures';
import type { Job } from '@/lib/contract/jobs';
import type { Keep } from '@/lib/contract/schedules';

const DAY_MS = 86_400_000;

type Made = Pick<Job, 'id' | 'state' | 'createdAt' | 'schedule' | 'load' | 'copied'>;

/**
 * The jobs whose files go: ended runs of this schedule that no limit keeps. Complete runs are counted apart from failed and
 * cancelled ones, so that failures never push out what is complete, and the newest complete one stays in any case. A run with
 * failed rows is no complete one here: their file is what is wanted of it.
 * @param scheduleId by id: a schedule does not own what an earlier one of its name made
 * @param jobs of anybody, in any order
 */
export function removableJobs(scheduleId: string, jobs: readonly Made[], keep: Keep, now: Date): string[] {
  const own = jobs.filter(({ schedule }) => schedule?.id === scheduleId).toSorted(newestFirst);
  const isWhole = (job: Made) => job.state === 'complete' && failedRowsOf(job) === 0;
  const isEnded = ({ state }: Made) => state === 'complete' || state === 'failed' || state === 'cancelled';
  const complete = own.filter(isWhole);
  const rest = own.filter((job) => isEnded(job) && !isWhole(job));
  const isOver = ({ createdAt }: Made, at: number) => {
    if (keep.runs === null && keep.days === null) return false;
    const ageMs = now.getTime() - Date.parse(createdAt);
    return (keep.runs === null || at >= keep.runs) && (keep.days === null || ageMs >= keep.days * DAY_MS);
  };
  return [...complete.filter((job, at) => at > 0 && isOver(job, at)), ...rest.filter(isOver)].map(({ id }) => id);
}

function newestFirst(one: Made, other: Made): number {
  return one.createdAt < other.createdAt ? 1 : -1;
}
