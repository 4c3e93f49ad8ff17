import type { QueryRequest } from '@/lib/contract/reads';
import type { ScriptStatementEnd } from '@/lib/contract/scripts';
import { ApiFailure, call } from './http';
import { CUT_OFF, readLines } from './lines';

interface SentTogether {
  /** New, and a UUID. */
  readonly id: string;
  readonly statements: readonly QueryRequest[];
  readonly goesOn: boolean;
}

/** Sends no more statements of a request; its stream ends once the one in flight has. */
export async function stopTogether(cluster: string, id: string): Promise<void> {
  await call((to) => to.scriptRun.delete, { cluster, id });
}

/**
 * Sends statements in one request and yields how each ended. Fewer end than were sent where one failed, or they were
 * stopped.
 * @throws ApiFailure where the response is refused or cut off: the statement after the last end may have run
 */
export async function* sendTogether(
  cluster: string,
  { id, statements, goesOn }: SentTogether,
  signal: AbortSignal,
): AsyncGenerator<ScriptStatementEnd, void> {
  const input = { id, statements: [...statements], onFailure: goesOn ? ('continue' as const) : ('stop' as const) };
  let isWhole = false;
  for await (const line of readLines((to) => to.script.post, { cluster, input }, signal)) {
    if ('statement' in line) yield line.statement;
    else isWhole = true;
  }
  if (!isWhole) throw new ApiFailure(CUT_OFF, 0);
}
