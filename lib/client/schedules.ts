import { queryOptions } from '@tanstack/react-query';
import type { NewSchedule, Schedule, ScheduleAction, When } from '@/lib/contract/schedules';
import { call, send } from './http';

const ACTIVE_MS = 1_000;
const IDLE_MS = 5_000;

/** The schedules of this server, all clusters, by name; polled every second while one of them has a run going. */
export const schedulesQuery = () =>
  queryOptions({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => call((to) => to.scheduleList.get, {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.schedules.some(isRunning) === true ? ACTIVE_MS : IDLE_MS),
  });

function isRunning({ runs }: Schedule): boolean {
  return runs.some(({ state }) => state === 'running');
}

/** The next times of a pattern, or why it has none: a refusal is an answer, so it is not asked again. */
export const nextTimesQuery = (when: When) =>
  queryOptions({
    queryKey: ['schedules', 'times', when],
    queryFn: ({ signal }) => call((to) => to.scheduleTimes.get, { input: when }, { signal }),
    select: ({ times }) => times,
    retry: false,
  });

export function createSchedule(cluster: string, input: NewSchedule): Promise<Schedule> {
  return call((to) => to.scheduleCreate.post, { cluster, input });
}

export function actOnSchedule(name: string, input: ScheduleAction): Promise<Schedule> {
  return call((to) => to.schedule.post, { name, input });
}

/** Its jobs and their files stay. */
export async function removeSchedule(name: string): Promise<void> {
  await send((to) => to.schedule.delete, { name });
}
