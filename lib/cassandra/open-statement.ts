import 'server-only';
import type { Principal } from '@/lib/contract/principal';
import type { Run } from './client/run';
import { openRead, type ReadPlan } from './read/reads';
import { openWrite } from './write/writes';

/**
 * Starts a statement from the editor: one that changes something is executed once, any other is read page by page.
 * @param principal whose cursors it accepts and issues
 * @throws Failure `cursor_refused`, `cluster_unreachable`
 */
export function openStatement(plan: ReadPlan, principal: Principal, ...signals: AbortSignal[]): Promise<Run> {
  return plan.classification.isWrite ? openWrite(plan, principal, ...signals) : openRead(plan, principal, ...signals);
}
