import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import type { Planned } from './planned';

/** How long a plan may be run: its statements have TTLs and timestamps of the moment when it was made. */
export const REVIEW_MS = 5 * 60_000;
/** Plans that wait to be run; the oldest make room. */
const MOST_PLANS = 20;

interface Reviewed {
  readonly planned: Planned;
  readonly principal: string;
  readonly cluster: string;
  readonly untilMs: number;
}

const KEY = Symbol.for('ringside.reviewed-mutations');

/** The bundler may make several instances of a module: they share the plans. */
function plans(): Map<string, Reviewed> {
  const global = globalThis as { [KEY]?: Map<string, Reviewed> };
  global[KEY] ??= new Map();
  return global[KEY];
}

/** Keeps a plan for its review. @returns the token that runs it, once */
export function keepPlan(planned: Planned, { id: principal }: Principal, nowMs: number): string {
  const kept = plans();
  for (const [token, { untilMs }] of kept) if (untilMs <= nowMs || kept.size >= MOST_PLANS) kept.delete(token);
  const token = randomBytes(24).toString('base64url');
  kept.set(token, { planned, principal, cluster: planned.cluster, untilMs: nowMs + REVIEW_MS });
  return token;
}

interface Taking {
  readonly token: string;
  readonly principal: Principal;
  readonly cluster: string;
  readonly confirmName: string | undefined;
  readonly nowMs: number;
}

/**
 * The plan of a token, which is worth nothing from then on. A wrong name leaves it as it was.
 * @throws Failure `confirmation_required`
 */
export function takePlan({ token, principal, cluster, confirmName, nowMs }: Taking): Planned {
  const found = plans().get(token);
  if (found === undefined || found.untilMs <= nowMs || found.principal !== principal.id || found.cluster !== cluster) {
    throw unconfirmed(
      'Nothing was run: this review was run already, has expired, or is somebody else’s. Review the changes again.',
    );
  }
  const { planned } = found;
  if (planned.confirmName !== null && confirmName !== planned.confirmName) {
    throw unconfirmed(`Nothing was run: type the name ${planned.confirmName} to confirm.`);
  }
  plans().delete(token);
  return planned;
}

function unconfirmed(message: string): Failure {
  return new Failure({ code: 'confirmation_required', message, retryable: false });
}
