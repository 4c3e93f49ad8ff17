import 'server-only';
import { type Client, policies } from 'cassandra-driver';
import { mayBeConditional } from '@/lib/contract/applied';
import type { EndFrame, HeaderFrame, SchemaAgreement } from '@/lib/contract/frames';
import type { Principal } from '@/lib/contract/principal';
import { formatCqlType } from '@/lib/cql/type-text';
import { type Answer, ask, orAborted, type Resending, UNPAGED } from '../client/answer';
import { cqlTypeOf } from '../client/driver-types';
import { beginRun, type Run, type RunPage, type RunPlan, tracedBy } from '../client/run';
import { explainedShortage } from '../client/unavailable';
import { decodeCursor, refused } from '../read/cursors';
import { scopeOf } from '../read/reads';
import { readSchema } from '../schema/schema';
import { appliedOf } from './applied';
import { awaitAgreement } from './schema-agreement';
import { unknownOutcome } from './unknown-outcome';

/** Everything that decides a write, worked out before anything is sent to Cassandra. */
export interface WritePlan extends RunPlan {
  /** Writes have none: one is refused. */
  readonly cursor: string | undefined;
}

/**
 * Sent once, to one node, however it fails: a counter would count twice. The driver's own policy would retry where a node
 * reports unavailable replicas, or timed out before writing the batch log.
 */
export const ONCE: Resending = { isIdempotent: false, retry: new policies.retry.FallthroughRetryPolicy() };

/**
 * Executes a statement that changes something once, when its only page is taken. The rows of a conditional statement say
 * whether it was applied. Aborting does not undo what has been sent.
 * @param principal whose cursors are refused with a reason
 * @param signals any of them ends the waiting
 * @throws Failure `cursor_refused`, `cluster_unreachable`
 */
export async function openWrite(plan: WritePlan, principal: Principal, ...signals: AbortSignal[]): Promise<Run> {
  const { client, signal, hold, ...run } = await beginRun(plan, signals);
  if (plan.cursor !== undefined) refuseCursor(plan, plan.cursor, principal);
  let awaited: SchemaAgreement | null = null;
  const onAwait = (agreement: SchemaAgreement | null) => {
    awaited = agreement;
  };
  return {
    ...run,
    signal,
    isRead: false,
    pages: answerOf(client, plan, { signal, onAwait, release: hold() }),
    header: ({ columns, consistency }) => headerOf(plan, columns, consistency),
    resultKind: (last) => resultKind(plan, last),
    waitsFor: () => awaited,
  };
}

/** A cursor would send the statement a second time. @throws Failure `cursor_refused` */
function refuseCursor(plan: WritePlan, cursor: string, principal: Principal): never {
  decodeCursor(scopeOf(plan, principal), cursor);
  throw refused('A statement that changes data has only one page.');
}

interface Sending {
  readonly signal: AbortSignal;
  /** With how far the nodes agree while that is waited for; with null when it is over. */
  readonly onAwait: (agreement: SchemaAgreement | null) => void;
  readonly release: () => void;
}

async function* answerOf(
  client: Client,
  plan: WritePlan,
  { signal, onAwait, release }: Sending,
): AsyncGenerator<RunPage, void> {
  const { statement, params, consistency, serialConsistency, timeoutMs, trace } = plan;
  try {
    const request = { statement, params, consistency, serialConsistency, timeoutMs, trace, signal };
    const sent = ask(client, { ...request, pageRows: UNPAGED, pagingState: null }, ONCE, columnsOf);
    const answer = await orAborted(sent, signal);
    const changesSchema = answer.columns === null && plan.classification.cost.scope === 'schema';
    const agreement = changesSchema ? { agreement: await awaitAgreement(client, signal, onAwait) } : {};
    if (changesSchema) await knowNewSchema(plan);
    yield { ...answer, ...agreement, applied: await appliedOf(answer), endsPage: true, frame: frameOf(answer) };
  } catch (error) {
    const isConditional = mayBeConditional(plan.classification);
    throw unknownOutcome(await explainedShortage(plan, error), { timeoutMs, isConditional });
  } finally {
    onAwait(null);
    release();
  }
}

/** Of what the driver has of them; null for an answer without rows. */
export function columnsOf(metadata: unknown): Answer['columns'] {
  if (!Array.isArray(metadata)) return null;
  return metadata.map(({ name, type }) => ({ name: String(name), type: cqlTypeOf(type) }));
}

/**
 * Reads the schema again, so that whoever has the answer of a schema change finds what it changed. If that fails now, the
 * next to need the schema reads it: the change is made all the same.
 */
async function knowNewSchema({ cluster }: WritePlan): Promise<void> {
  await readSchema(cluster, { fresh: true }).catch(() => undefined);
}

function frameOf({
  rows,
  frameBytes,
  elapsedMs,
  coordinator,
  consistency,
  warnings,
  traces,
}: Answer): RunPage['frame'] {
  return {
    rows,
    bytes: frameBytes,
    elapsedMs,
    coordinator,
    consistency,
    warnings: [...new Set(warnings)],
    index: 0,
    totalRows: rows,
    token: null,
    ringFraction: null,
    cursor: null,
    ...tracedBy(traces),
  };
}

/** The server makes up what a write returns: none of it is a column of a table. */
function headerOf({ shown }: WritePlan, columns: Answer['columns'], consistency: Answer['consistency']): HeaderFrame {
  return {
    columns: (columns ?? []).map(({ name, type }) => ({ name, type: formatCqlType(type), kind: 'computed' })),
    consistency,
    statement: shown,
  };
}

function resultKind({ classification: { kind } }: WritePlan, last: RunPage | null): EndFrame['result'] {
  if (last !== null && last.columns !== null) return 'rows';
  return kind === 'create' || kind === 'alter' || kind === 'drop' ? 'schema_change' : 'void';
}
