import { queryOptions, experimental_streamedQuery as streamedQuery } from '@tanstack/react-query';
import type { Job, JobAction } from '@/lib/contract/jobs';
import type { ExportRequest } from '@/lib/contract/reads';
import { isActive } from '@/lib/contract/transfers';
import { call, send } from './http';
import { readLines } from './lines';

const ACTIVE_MS = 1_000;
const IDLE_MS = 10_000;
/** For places that show only their number. */
const COUNTED_MS = 5_000;

const jobsKey = ['jobs'];
const readJobs = ({ signal }: { signal: AbortSignal }) => call((to) => to.jobList.get, {}, { signal });

/** The jobs of this server, all clusters, newest first. Polled every second while one of them is active. */
export const jobsQuery = () =>
  queryOptions({
    queryKey: jobsKey,
    queryFn: readJobs,
    select: ({ jobs, directory }) => {
      return { jobs: jobs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)), directory };
    },
    refetchInterval: ({ state }) => (state.data?.jobs.some(isActive) === true ? ACTIVE_MS : IDLE_MS),
  });

/** How many jobs of a cluster are running. */
export const runningJobsQuery = (cluster: string) =>
  queryOptions({
    queryKey: jobsKey,
    queryFn: readJobs,
    select: ({ jobs }) => jobs.filter((job) => job.cluster === cluster && job.state === 'running').length,
    refetchInterval: ({ state }) => (state.data?.jobs.some(isActive) === true ? COUNTED_MS : IDLE_MS),
  });

/** The jobs of this server that run or wait, all clusters. @param isSeen somebody looks at how far they are */
export const activeJobsQuery = (isSeen: boolean) =>
  queryOptions({
    queryKey: jobsKey,
    queryFn: readJobs,
    select: ({ jobs }) => jobs.filter(isActive),
    refetchInterval: ({ state }) => {
      if (state.data?.jobs.some(isActive) !== true) return IDLE_MS;
      return isSeen ? ACTIVE_MS : COUNTED_MS;
    },
  });

/** Of a job by itself. */
export const jobKey = (id: string): readonly string[] => ['jobs', id];

/** One job, live until it ends or pauses. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: jobKey(id),
    queryFn: streamedQuery<Job, Job | null>({
      streamFn: ({ signal }) => readLines((to) => to.job.get, { id }, signal),
      // The last known state stays while a broken stream is reopened.
      refetchMode: 'append',
      reducer: (_known, job) => job,
      initialValue: null,
    }),
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? ACTIVE_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Starts an export on the server; it runs on when this page is closed. */
export function startJob(cluster: string, input: ExportRequest): Promise<Job> {
  return call((to) => to.jobStart.post, { cluster, input });
}

export function actOnJob(id: string, action: JobAction): Promise<Job> {
  return call((to) => to.job.post, { id, input: { action } });
}

/** Sets the most rows a second of a job; null: as fast as the cluster takes. */
export function setJobRate(id: string, maxRowsPerSecond: number | null): Promise<Job> {
  return call((to) => to.job.post, { id, input: { action: 'rate', maxRowsPerSecond } });
}

/** Deletes a job and its directory with everything in it. */
export async function deleteJob(id: string): Promise<void> {
  await send((to) => to.job.delete, { id });
}
