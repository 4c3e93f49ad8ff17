import 'server-only';
import { randomUUID } from 'node:crypto';
import { toFailure } from '@/lib/cassandra/client/errors';
import { hasNoConnection } from '@/lib/cassandra/client/once-connected';
import type { Run, RunPage, RunPlan } from '@/lib/cassandra/client/run';
import { type Applied, appliedAfter, mayBeConditional } from '@/lib/contract/applied';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Principal } from '@/lib/contract/principal';
import type { RunOutcome } from '@/lib/contract/run-ends';
import { withoutPasswords } from '@/lib/cql/redact';

/** What a run's history says before it has begun. */
type Begun = Omit<HistoryEntry, keyof End | 'elapsedMs' | 'message' | 'list'>;

type End = Pick<HistoryEntry, 'outcome' | 'rows' | 'applied'>;

/**
 * A run as it goes into the history, once, when it ends.
 * @param keep receives the entry; it must not throw
 */
export function recording(
  plan: RunPlan,
  keyspace: string | null,
  principal: Principal,
  keep: (entry: HistoryEntry) => void,
) {
  const startedAt = performance.now();
  const begun = begunOf(plan, keyspace, principal);
  const end: OnEnd = (how, error) =>
    keep({ ...begun, ...how, elapsedMs: performance.now() - startedAt, ...messageOf(error, begun) });
  return {
    /** The same run; its end is recorded when its last page was taken, or its reader has left. */
    follow: (run: Run): Run => ({ ...run, pages: followed(run, plan, end) }),
    /** It failed before it began, so nothing was sent. */
    failed: (error: unknown): void =>
      end({ outcome: 'failed', rows: 0, ...(begun.isWrite ? { applied: 'not_applied' } : {}) }, error),
  };
}

type OnEnd = (end: End, error?: unknown) => void;

async function* followed(run: Run, plan: RunPlan, end: OnEnd): AsyncGenerator<RunPage, void> {
  let rows = 0;
  let last: RunPage | null = null;
  let outcome: RunOutcome = 'stopped';
  let cause: unknown;
  try {
    for await (const page of run.pages) {
      rows += page.rows;
      last = page;
      yield page;
    }
    outcome = outcomeOf(run, last);
  } catch (error) {
    cause = run.signal.aborted ? undefined : error;
    outcome = run.signal.aborted ? 'stopped' : 'failed';
    throw error;
  } finally {
    const applied = plan.classification.isWrite ? { applied: last?.applied ?? appliedWithout(plan, cause) } : {};
    end({ outcome, rows, ...applied }, cause);
  }
}

/** What is known of a change that has no answer. @param cause undefined: nobody waited for it */
function appliedWithout({ classification }: RunPlan, cause: unknown): Applied {
  if (cause === undefined) return 'unknown';
  const { error, cause: reason } = toFailure(cause);
  return hasNoConnection(reason) ? 'not_applied' : appliedAfter(error.code, mayBeConditional(classification));
}

function outcomeOf(run: Run, last: RunPage | null): RunOutcome {
  const kind = run.resultKind(last);
  if (kind !== 'rows') return kind === 'void' ? 'done' : 'schema_change';
  return last?.frame.cursor == null ? 'complete' : 'paused';
}

/** What is known of a run when it begins. */
export function begunOf(plan: RunPlan, keyspace: string | null, { id: who }: Principal): Begun {
  const { text, isRedacted } = withoutPasswords(plan.statement);
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    who,
    statement: text,
    isRedacted,
    keyspace,
    consistency: plan.consistency,
    isWrite: plan.classification.isWrite,
    cost: plan.classification.cost.scope,
  };
}

/** Cassandra's message may quote the statement, so that of a redacted one is not kept. */
function messageOf(error: unknown, { isRedacted }: Begun): { readonly message?: string } {
  if (error === undefined) return {};
  return {
    message: isRedacted
      ? 'It failed; the message is not kept, because it may quote the password.'
      : toFailure(error).error.message,
  };
}
