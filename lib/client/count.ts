import type { CountRequest } from '@/lib/contract/reads';
import type { CountLine } from '@/lib/contract/scans';
import { ApiFailure } from './http';
import { CUT_OFF, readLines } from './lines';

/**
 * Counts rows by reading keys: progress, then exactly one `end` or `error`.
 * @throws ApiFailure when it is refused or cut off before its last line; an aborted `signal` throws its reason and stops
 * the read on the server
 */
export async function* countRows(
  cluster: string,
  input: CountRequest,
  signal: AbortSignal,
): AsyncGenerator<CountLine, void, undefined> {
  for await (const line of readLines((to) => to.count.post, { cluster, input }, signal)) {
    yield line;
    if (!('progress' in line)) return;
  }
  throw new ApiFailure(CUT_OFF, 0);
}
