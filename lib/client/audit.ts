import { infiniteQueryOptions } from '@tanstack/react-query';
import type { AuditFilter } from '@/lib/contract/audit';
import { download } from './download';
import { call, contract } from './http';

/** Lines of the audit, newest first, part by part. It is not refreshed by itself: who reads it is in it. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) => {
      const input = { ...filter, ...(pageParam === '' ? {} : { before: pageParam }) };
      return call((to) => to.audit.get, { input }, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchOnWindowFocus: false,
  });

/** Downloads every line that matches as NDJSON. @throws ApiFailure when the server gives no ticket */
export async function downloadAudit(filter: AuditFilter): Promise<void> {
  const { endpoints, addressOf } = await contract();
  await download(addressOf(endpoints.auditFile.get, { input: filter }));
}
