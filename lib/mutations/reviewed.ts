import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import type { Planned } from './planned';

/** How long a plan may be run: its statements have TTLs and timestamps of the moment when it was made. */
export const REVIEW_MS = 5 * 60_000;
/** Plans that wait to be run; the oldest make room. */
const MOST_PLANS = 20;

interface Reviewable {
  /** The cluster's name. */
  readonly cluster: string;
  readonly confirmName: string | null;
}

interface Reviewed<Plan> {
  readonly planned: Plan;
  readonly principal: string;
  readonly untilMs: number;
}

interface Taking {
  readonly token: string;
  readonly principal: Principal;
  readonly cluster: string;
  readonly confirmName: string | undefined;
  readonly nowMs: number;
}

/** Plans of one kind that wait for their review. The bundler may make several instances of a module: they share the plans. */
export class Reviews<Plan extends Reviewable> {
  readonly #key: symbol;

  constructor(name: string) {
    this.#key = Symbol.for(name);
  }

  #plans(): Map<string, Reviewed<Plan>> {
    const global = globalThis as { [key: symbol]: Map<string, Reviewed<Plan>> | undefined };
    global[this.#key] ??= new Map();
    return global[this.#key] ?? new Map();
  }

  /** Keeps a plan for its review. @returns the token that runs it, once */
  keep(planned: Plan, { id: principal }: Principal, nowMs: number): string {
    const kept = this.#plans();
    for (const [token, { untilMs }] of kept) if (untilMs <= nowMs || kept.size >= MOST_PLANS) kept.delete(token);
    const token = randomBytes(24).toString('base64url');
    kept.set(token, { planned, principal, untilMs: nowMs + REVIEW_MS });
    return token;
  }

  /**
   * The plan of a token, which is worth nothing from then on. A wrong name leaves it as it was.
   * @throws Failure `confirmation_required`
   */
  take({ token, principal, cluster, confirmName, nowMs }: Taking): Plan {
    const found = this.#plans().get(token);
    if (
      found === undefined ||
      found.untilMs <= nowMs ||
      found.principal !== principal.id ||
      found.planned.cluster !== cluster
    ) {
      throw unconfirmed(
        'Nothing was run: this review was run already, has expired, or is somebody else’s. Review the changes again.',
      );
    }
    const { planned } = found;
    if (planned.confirmName !== null && confirmName !== planned.confirmName) {
      throw unconfirmed(`Nothing was run: type the name ${planned.confirmName} to confirm.`);
    }
    this.#plans().delete(token);
    return planned;
  }
}

const reviews = new Reviews<Planned>('ringside.reviewed-mutations');

/** {@link Reviews.keep} for changes of single rows. */
export function keepPlan(planned: Planned, principal: Principal, nowMs: number): string {
  return reviews.keep(planned, principal, nowMs);
}

/** {@link Reviews.take} for changes of single rows. @throws Failure `confirmation_required` */
export function takePlan(taking: Taking): Planned {
  return reviews.take(taking);
}

function unconfirmed(message: string): Failure {
  return new Failure({ code: 'confirmation_required', message, retryable: false });
}
