import 'server-only';
import type { Job } from '@/lib/contract/jobs';
import type { Schedule } from '@/lib/contract/schedules';
import { runOfJob } from './runs';
import type { ScheduleFile } from './schedule-file';

/** A schedule as people see it: its open runs as their jobs are now. */
export function publicOf(file: ScheduleFile, jobs: readonly Job[]): Schedule {
  const { id, name, cluster, kind, request, description, pattern, timeZone, keep, webhook, isPaused, createdAt, runs } =
    file;
  const byRun = new Map(jobs.map((job) => [job.schedule?.run, job]));
  const shown = runs.map((run) => {
    const job = byRun.get(run.id);
    return job === undefined ? { ...run, jobId: null } : runOfJob(run, job);
  });
  const { title, statement } = description;
  const nextAt = isPaused ? null : file.dueAt;
  return {
    id,
    name,
    cluster,
    kind,
    title,
    statement,
    request,
    pattern,
    timeZone,
    keep,
    webhook,
    isPaused,
    createdAt,
    nextAt,
    runs: shown,
  };
}
