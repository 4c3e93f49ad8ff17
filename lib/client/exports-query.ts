import { queryOptions } from '@tanstack/react-query';
import { exportsResponseSchema } from '@/lib/contract/exports';
import { getJson } from './http';
import { apiPath } from './paths';

const SECOND_MS = 1_000;

/** Running and ended exports of this server; asked often only while one is running. */
export const exportsQuery = () =>
  queryOptions({
    queryKey: ['exports'],
    queryFn: ({ signal }) => getJson(exportsResponseSchema, apiPath.exports, { signal }),
    refetchInterval: ({ state }) => (state.data?.exports.some((item) => item.state === 'running') ? 2 : 10) * SECOND_MS,
  });
