import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { classifyResponseSchema } from '@/lib/contract/statements';
import { postJson } from './http';
import { apiPath } from './paths';

/** What a statement is and costs, against the schema as it is; the last answer stays until the next one is there. */
export const classifyQuery = (cluster: string, statement: string, keyspace: string | null) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'classify', keyspace, statement],
    queryFn: ({ signal }) => {
      const body = { statement, ...(keyspace === null ? {} : { keyspace }) };
      return postJson(classifyResponseSchema, apiPath.classify(cluster), body, { signal });
    },
    enabled: statement.trim() !== '',
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
