import 'server-only';
import type { MutationEnd, StatementOutcome } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import type { Planned } from './planned';

/** How long a run is kept after it began, to be looked at again. */
const RAN_MS = 15 * 60_000;
/** Runs that are kept, each with its rows as they were read; the oldest make room. */
const MOST_RUNS = 10;

/** A plan that was run, and what became of it so far. */
export interface Ran {
  readonly planned: Planned;
  readonly outcomes: Map<number, StatementOutcome>;
  /** Aborted, nothing more is sent. */
  readonly stop: AbortController;
  /** Absent while it runs. */
  end?: MutationEnd;
}

interface Kept {
  readonly ran: Ran;
  readonly principal: string;
  readonly untilMs: number;
}

const KEY = Symbol.for('ringside.ran-mutations');

/** The bundler may make several instances of a module: they share the runs. */
function runs(): Map<string, Kept> {
  const global = globalThis as { [KEY]?: Map<string, Kept> };
  global[KEY] ??= new Map();
  return global[KEY];
}

/** Keeps a run that begins, under the token that began it. */
export function keepRun(token: string, planned: Planned, { id: principal }: Principal, nowMs: number): Ran {
  const kept = runs();
  for (const [one, { untilMs }] of kept) if (untilMs <= nowMs || kept.size >= MOST_RUNS) kept.delete(one);
  const ran: Ran = { planned, outcomes: new Map(), stop: new AbortController() };
  kept.set(token, { ran, principal, untilMs: nowMs + RAN_MS });
  return ran;
}

interface Asking {
  readonly token: string;
  readonly principal: Principal;
  readonly cluster: string;
  readonly nowMs: number;
}

/** The run of a token. @throws Failure `not_found` for another person, another cluster, and after its time */
export function runOf({ token, principal, cluster, nowMs }: Asking): Ran {
  const found = runs().get(token);
  const isTheirs = found?.principal === principal.id && found.ran.planned.cluster === cluster;
  if (found !== undefined && isTheirs && found.untilMs > nowMs) return found.ran;
  throw new Failure({
    code: 'not_found',
    message: 'This run is no longer kept: it is too long ago, others came after it, or the server was restarted.',
    hint: 'The history has the statements that were sent, with their outcomes.',
    retryable: false,
  });
}
