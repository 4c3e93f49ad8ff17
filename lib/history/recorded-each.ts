import 'server-only';
import type { RunPlan } from '@/lib/cassandra/client/run';
import { type Applied, mayBeConditional } from '@/lib/contract/applied';
import type { HistoryEntry } from '@/lib/contract/history';
import type { EachLine, EachProgress } from '@/lib/contract/parameters';
import type { Principal } from '@/lib/contract/principal';
import type { RunOutcome } from '@/lib/contract/run-ends';
import { formatCount, plural } from '@/lib/text/format';
import { begunOf } from './recorded-run';

interface Asked {
  readonly plan: RunPlan;
  readonly keyspace: string | null;
  readonly principal: Principal;
}

type Ended = Extract<EachLine, { readonly end: unknown }>['end'];

/**
 * The same lines; the run goes into the history as one entry when it ends, or its reader leaves.
 * @param keep must not throw
 */
export async function* recordedEach(
  lines: AsyncGenerator<EachLine>,
  { plan, keyspace, principal }: Asked,
  keep: (entry: HistoryEntry) => void,
): AsyncGenerator<EachLine, void> {
  const begun = begunOf(plan, keyspace, principal);
  let progress: EachProgress | null = null;
  let end: Ended | null = null;
  try {
    for await (const line of lines) {
      if ('progress' in line) progress = line.progress;
      if ('end' in line) ({ end } = line);
      yield line;
    }
  } finally {
    const last = end?.progress ?? progress;
    // Nothing is known of it: it was left before its first report.
    if (last !== null) keep({ ...begun, ...endOf(plan, last, end) });
  }
}

type Kept = Pick<HistoryEntry, 'outcome' | 'rows' | 'elapsedMs' | 'applied' | 'list' | 'message'>;

/** @param end null: nobody heard how the rows in flight ended */
function endOf({ classification }: RunPlan, last: EachProgress, end: Ended | null): Kept {
  const { rows, done, notApplied, refused, returned, elapsedMs } = last;
  const { isWrite } = classification;
  const unknown = last.unknown + (end === null && isWrite ? last.inFlight : 0);
  const failed = refused + unknown;
  return {
    outcome: outcomeOf(end, failed, isWrite && !mayBeConditional(classification)),
    rows: returned,
    elapsedMs,
    list: { rows, done, notApplied, refused, unknown },
    ...(isWrite ? { applied: appliedOf(unknown, notApplied) } : {}),
    ...(failed > 0 ? { message: `${formatCount(failed)} of ${plural(rows, 'row')} failed.` } : {}),
  };
}

function outcomeOf(end: Ended | null, failed: number, isVoid: boolean): RunOutcome {
  if (end === null || end.outcome === 'stopped') return 'stopped';
  if (end.outcome === 'failed' || failed > 0) return 'failed';
  return isVoid ? 'done' : 'complete';
}

/** One row that is unknown, or was not applied, decides: that is what somebody looks for. */
function appliedOf(unknown: number, notApplied: number): Applied {
  if (unknown > 0) return 'unknown';
  return notApplied > 0 ? 'not_applied' : 'applied';
}
