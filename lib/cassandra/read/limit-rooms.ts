import type { Limit } from '@/lib/rights/limits';
import { type LimitClock, REAL_CLOCK } from './limit-clock';
import { SharedRate } from './shared-rate';
import { SharedSlots } from './shared-slots';

/** What shares a limit: all that one person does on one cluster by the same role. */
interface LimitScope {
  /** A principal's id. */
  readonly owner: string;
  readonly cluster: string;
  readonly side: 'reading' | 'writing';
}

/**
 * The rates and slots that people use now. One that nobody uses is forgotten as soon as it is like new, so there are no
 * more than people who read.
 */
export class LimitRooms {
  readonly clock: LimitClock;
  readonly #rates = new Map<string, SharedRate>();
  readonly #slots = new Map<string, SharedSlots>();

  constructor(clock: LimitClock = REAL_CLOCK) {
    this.clock = clock;
  }

  /** How many are in use. */
  get size(): number {
    return this.#rates.size + this.#slots.size;
  }

  rate(scope: LimitScope, limit: Limit): SharedRate {
    return held(this.#rates, keyOf(scope, limit), () => new SharedRate(limit.most, this.clock));
  }

  slots(scope: LimitScope, limit: Limit): SharedSlots {
    return held(this.#slots, keyOf(scope, limit), () => new SharedSlots(limit.most));
  }
}

function keyOf({ owner, cluster, side }: LimitScope, { role, most }: Limit): string {
  return JSON.stringify([owner, cluster, side, role, most]);
}

function held<T extends { readonly isIdle: boolean }>(all: Map<string, T>, key: string, create: () => T): T {
  const known = all.get(key);
  if (known !== undefined) return known;
  for (const [other, one] of all) if (one.isIdle) all.delete(other);
  const created = create();
  all.set(key, created);
  return created;
}

const KEY = Symbol.for('ringside.limit-rooms');

/** Those of this server; the same for every instance of this module. */
export function serverLimitRooms(): LimitRooms {
  const global = globalThis as { [KEY]?: LimitRooms };
  global[KEY] ??= new LimitRooms();
  return global[KEY];
}
