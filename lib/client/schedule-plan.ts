import { queryOptions } from '@tanstack/react-query';
import { schedulePlan } from '@/lib/contract/endpoints/schedules';
import { call } from './http';

/** What is to be repeated, as the API takes it. */
export interface Repeated {
  readonly cluster: string;
  /** Of its jobs. */
  readonly kind: string;
  readonly request: unknown;
}

/** What each run would send, or why it cannot: a refusal is an answer, so it is not asked again. */
export const schedulePlanQuery = ({ cluster, kind, request }: Repeated) =>
  queryOptions({
    queryKey: ['schedules', 'plan', cluster, kind, request],
    queryFn: ({ signal }) => call(() => schedulePlan.post, { cluster, input: { kind, request } }, { signal }),
    retry: false,
    // A plan is worth what the tables are now.
    staleTime: 0,
    gcTime: 0,
  });
