import 'server-only';
import type { Asker } from '@/lib/contract/asker';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import type { CheckedKind } from '@/lib/jobs/job-kind';
import type { Granted } from '@/lib/rights/granted';
import type { Order } from '@/lib/rights/order-needs';
import type { ScheduleFile } from './schedule-file';

/** What a schedule must know of a cluster before it runs there. */
export interface Ground {
  /** @throws Failure `not_found` when no cluster with this name is configured */
  isReadOnly(cluster: string): boolean;
  /**
   * @returns the rights that the owner has now
   * @throws Failure `forbidden` when they may not do this, or are gone
   */
  checkOwner(order: Order, owner: Asker | undefined): Promise<Granted | undefined>;
}

/** On whose behalf a schedule's runs work, and nothing else decides it: the owner's, while they have the rights. */
export function runsAs({ owner, asker }: Pick<ScheduleFile, 'owner' | 'asker'>): Principal {
  return asker === undefined ? { id: owner } : { id: owner, name: asker.name, asker };
}

/**
 * Checks, when a schedule is made and before each run, what may have changed since: the configuration and the kinds.
 * @throws Failure `invalid_request` for a kind that does not repeat, `not_found`, `read_only`
 */
export function checkMayRun(
  { cluster, request }: Pick<ScheduleFile, 'cluster' | 'request'>,
  { name, repeats, repeating }: CheckedKind,
  ground: Ground,
): void {
  const isReadOnly = ground.isReadOnly(cluster);
  if (repeats === undefined) {
    throw new Failure({
      code: 'invalid_request',
      message: `Jobs of the kind “${name}” cannot be scheduled.`,
      hint: 'Exports, loads and copies can; each job of another kind is reviewed before it runs.',
      retryable: false,
    });
  }
  if (repeats === 'reads') return;
  const target = repeating?.writesTo({ cluster, request }) ?? cluster;
  if (!(target === cluster ? isReadOnly : ground.isReadOnly(target))) return;
  throw new Failure({
    code: 'read_only',
    message: `${target} is read-only here, and this schedule writes to it: nothing was run.`,
    hint: 'To allow writes, set writes: true for this cluster in Ringside’s configuration.',
    retryable: false,
  });
}
