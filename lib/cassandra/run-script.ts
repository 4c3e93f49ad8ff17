import 'server-only';
import type { z } from 'zod';
import type { Principal } from '@/lib/contract/principal';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { ScriptStatementEnd, scriptRequestSchema } from '@/lib/contract/scripts';
import { invalidRequest } from '../failure';
import type { Cluster } from './client/cluster';
import { toFailure } from './client/errors';
import { planQuery } from './read/query-plan';
import { latestSchema } from './schema/schema';
import { StoppableRuns } from './stoppable-runs';
import { openWrite } from './write/writes';

type ScriptRequest = z.output<typeof scriptRequestSchema>;

/** Requests at a time, so that a handful of clicks cannot keep a cluster busy. */
const MOST_RUNNING = 4;

export const scriptRuns = new StoppableRuns('script', MOST_RUNNING, `${MOST_RUNNING} scripts already run.`);

interface Endings {
  /** Once aborted, nothing more is sent, and the statement in flight is not awaited. */
  readonly signal: AbortSignal;
  /** Once aborted, nothing more is sent. */
  readonly stop: AbortSignal;
}

/**
 * Runs statements that write, one after another, and yields how each ended. It ends early after a failure, where that is
 * asked for, and when it is stopped. The schema is asked for its version before the first, and again after a statement
 * that changes it or fails: once for each would double the requests to Cassandra.
 */
export async function* runScript(
  cluster: Cluster,
  { statements, onFailure }: ScriptRequest,
  principal: Principal,
  { signal, stop }: Endings,
): AsyncGenerator<ScriptStatementEnd, void> {
  let known: SchemaResponse | undefined;
  for (const statement of statements) {
    if (signal.aborted || stop.aborted) return;
    const { changesSchema, ...end } = await runOne(cluster, statement, { known, principal, signal });
    if (signal.aborted) return;
    known = changesSchema || end.error !== undefined ? undefined : latestSchema(cluster);
    yield end;
    if (end.error !== undefined && onFailure === 'stop') return;
  }
}

interface OneOptions {
  readonly known: SchemaResponse | undefined;
  readonly principal: Principal;
  readonly signal: AbortSignal;
}

async function runOne(
  cluster: Cluster,
  request: ScriptRequest['statements'][number],
  { known, principal, signal }: OneOptions,
): Promise<ScriptStatementEnd & { readonly changesSchema: boolean }> {
  const startedAt = performance.now();
  try {
    const plan = await planQuery(cluster, request, known);
    const { isWrite, cost } = plan.classification;
    if (!isWrite) {
      throw invalidRequest('The statement reads rows, so it was not run here.', 'Send it to …/query.');
    }
    const { pages } = await openWrite(plan, principal, signal);
    let elapsedMs = 0;
    for await (const page of pages) elapsedMs = page.elapsedMs;
    return { elapsedMs, changesSchema: cost.scope === 'schema' };
  } catch (error) {
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    return { elapsedMs: performance.now() - startedAt, error: failure, changesSchema: false };
  }
}
