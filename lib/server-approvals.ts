import 'server-only';
import { join, resolve } from 'node:path';
import { Approvals } from './approval/approvals';
import { changedPlace } from './approval/fingerprint';
import { type HeldPass, Passes } from './approval/passes';
import { changingNeeds } from './approval/work';
import { currentCall } from './audit/audited-call';
import { newEntry } from './audit/entry';
import type { ServerAudit } from './audit/server-audit';
import { allClusters } from './cassandra/client/registry';
import type { ApprovalConfig } from './contract/configuration';
import type { Principal } from './contract/principal';
import type { Changing } from './contract/rights';
import { readEnvironment } from './env';
import { Failure } from './failure';
import type { Needs } from './rights/needs';
import { type Order, orderNeeds } from './rights/order-needs';

const KEY = Symbol.for('ringside.approvals');

interface Room {
  readonly approvals: Approvals;
  readonly passes: Passes;
}

/** The changes that wait for a second person, and the emergency passes; the same for every instance of this module. */
export function serverApprovals(): Room {
  const global = globalThis as { [KEY]?: Room };
  global[KEY] ??= newRoom();
  return global[KEY];
}

function newRoom(): Room {
  const folder = resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'approvals'));
  const nowMs = () => Date.now();
  const runMs = (cluster: string) => (approvalOf(cluster)?.runMinutes ?? 0) * 60_000;
  return {
    approvals: new Approvals(folder, { nowMs, changedPlace, runMs }),
    passes: new Passes(join(folder, 'passes.json'), nowMs),
  };
}

/** Reads the passes of before. The end of each is a line of the audit. */
export async function startApprovals(audit: Pick<ServerAudit, 'append'> | null): Promise<void> {
  await serverApprovals().passes.load((pass, how) => {
    const { cluster, by, owner: personId } = pass;
    const who = { person: by.name, personId, way: by.way, cluster };
    const outcome = how === 'time' ? 'done' : 'stopped';
    audit?.append({ ...newEntry({ event: 'pass', outcome }), ...who, pass: passNote(pass) });
  });
}

/** What a cluster's configuration says of a second person; undefined: it wants none. */
export function approvalOf(cluster: string): ApprovalConfig | undefined {
  return allClusters().find(({ name }) => name === cluster)?.config.approval;
}

/** Why something that cannot wait is refused, and what to do instead. */
export interface Instead {
  readonly message: string;
  readonly hint: string;
}

/**
 * Refuses what changes a cluster that wants a second person for it, unless whoever asks has an emergency pass there: then
 * the audit says so.
 * @param principal null: nobody is there, so a pass does not count
 * @throws Failure `approval_required`
 */
export function checkHeld(needs: Needs, principal: Principal | null, instead?: Instead): void {
  // What is unclear has no rights either: it was refused before.
  if ('unclear' in needs) return;
  for (const { verb, place } of changingNeeds(needs.needs)) {
    if (!isHeld(verb, place.cluster)) continue;
    // A pass is for its person: no program of theirs may use it.
    const hasPass = principal !== null && principal.token === undefined;
    const pass = hasPass ? serverApprovals().passes.find(principal, place.cluster) : undefined;
    if (pass === undefined) throw approvalRequired(verb, place.cluster, instead);
    currentCall()?.note({ pass: passNote(pass) });
  }
}

/** The same for a job that is started or goes on. @throws Failure `approval_required` */
export function checkHeldOrder(order: Order, principal: Principal | null, instead?: Instead): void {
  if (anyHeld()) checkHeld(orderNeeds(order), principal, instead);
}

/** Whether any cluster wants a second person at all. */
export function anyHeld(): boolean {
  return allClusters().some(({ config }) => config.approval !== undefined);
}

/** Whether a change of this sort waits for a second person. */
export function isHeld(verb: Changing, cluster: string): boolean {
  return approvalOf(cluster)?.for.includes(verb) ?? false;
}

function passNote({ reason, untilMs }: HeldPass) {
  return { reason, until: new Date(untilMs).toISOString() };
}

const CHANGES: Readonly<Record<Changing, string>> = {
  write: 'changes of rows',
  ddl: 'changes of the schema',
  admin: 'changes of roles and permissions',
};

function approvalRequired(verb: Changing, cluster: string, instead?: Instead): Failure {
  const label =
    allClusters()
      .find(({ name }) => name === cluster)
      ?.summary().label ?? cluster;
  return new Failure({
    code: 'approval_required',
    message: `Nothing was run: ${instead?.message ?? `${label} wants a second person for ${CHANGES[verb]}.`}`,
    hint: instead?.hint ?? 'Ask for approval with the reason, or take an emergency pass on the page Approvals.',
    retryable: false,
  });
}
