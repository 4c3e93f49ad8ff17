import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Job } from '@/lib/contract/jobs';
import { jsonText } from '@/lib/contract/json';
import type { SparkRequest } from '@/lib/contract/spark';
import { call } from './http';

/** What Spark would make of a request. Nothing runs; the last plan stays while the next one is made. */
export const sparkPlanQuery = (cluster: string, input: SparkRequest) =>
  queryOptions({
    queryKey: ['spark-plan', cluster, jsonText(input)],
    queryFn: ({ signal }) => call((to) => to.sparkPlan.post, { cluster, input }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Starts it on Spark; it runs on when this page is closed. */
export function startOnSpark(cluster: string, request: SparkRequest, confirmName?: string): Promise<Job> {
  const input = { request, ...(confirmName === undefined ? {} : { confirmName }) };
  return call((to) => to.sparkStart.post, { cluster, input });
}
