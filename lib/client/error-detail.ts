import type { ApiError } from '@/lib/contract/errors';

/** What is shown one click away from an error: its cause, and the id by which the server's log knows the request. */
export function errorDetail({ detail, requestId }: Pick<ApiError, 'detail' | 'requestId'>): string | undefined {
  const lines = [detail ?? '', requestId === undefined ? '' : `Request ${requestId}`].filter((line) => line !== '');
  return lines.length === 0 ? undefined : lines.join('\n');
}
