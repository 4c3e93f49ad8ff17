import type { EachLine, EachRequest } from '@/lib/contract/parameters';
import { ApiFailure, call } from './http';
import { CUT_OFF, readLines } from './lines';

/**
 * Runs a statement for each row of a list: outcomes, then exactly one `end` or `error`.
 * @throws ApiFailure when it is refused or cut off before its last line
 */
export async function* runEach(
  cluster: string,
  input: EachRequest,
  signal: AbortSignal,
): AsyncGenerator<EachLine, void, undefined> {
  for await (const line of readLines((to) => to.each.post, { cluster, input }, signal)) {
    yield line;
    if ('end' in line || 'error' in line) return;
  }
  throw new ApiFailure(CUT_OFF, 0);
}

/** Sends no more rows; the run ends once those in flight have. */
export async function stopEach(cluster: string, id: string): Promise<void> {
  await call((to) => to.eachRun.delete, { cluster, id });
}
