import { jsonText } from '@/lib/contract/json';
import type { CountRequest } from '@/lib/contract/reads';
import { type CountLine, countLineSchema } from '@/lib/contract/scans';
import { ApiFailure } from './http';
import { CUT_OFF, readLines } from './lines';
import { apiPath } from './paths';

/**
 * Counts rows by reading keys: progress, then exactly one `end` or `error`.
 * @throws ApiFailure when it is refused or cut off before its last line; an aborted `signal` throws its reason, and the
 * server then reads no further
 */
export async function* countRows(
  cluster: string,
  body: CountRequest,
  signal: AbortSignal,
): AsyncGenerator<CountLine, void, undefined> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', body: jsonText(body), headers, signal };
  for await (const line of readLines(countLineSchema, apiPath.count(cluster), init)) {
    yield line;
    if (!('progress' in line)) return;
  }
  throw new ApiFailure(CUT_OFF, 0);
}
