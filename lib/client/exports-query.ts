import { queryOptions } from '@tanstack/react-query';
import * as endpoints from '@/lib/contract/endpoints';
import { call } from './http';

const SECOND_MS = 1_000;

/** Running and ended exports of this server; polled often only while one is running. */
export const exportsQuery = () =>
  queryOptions({
    queryKey: ['exports'],
    queryFn: ({ signal }) => call(endpoints.exportList.get, {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.exports.some((item) => item.state === 'running') ? 2 : 10) * SECOND_MS,
  });
