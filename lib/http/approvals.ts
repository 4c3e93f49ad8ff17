import 'server-only';
import { nameOf } from '@/lib/approval/approvals';
import type { HeldPass } from '@/lib/approval/passes';
import type { ApprovalRecord } from '@/lib/approval/record';
import { runWork } from '@/lib/approval/run';
import { changingNeeds, decidingNeeds, type Work, workMasks, workNeeds } from '@/lib/approval/work';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { Approval, ApprovalLine, ApprovalsResponse } from '@/lib/contract/approvals';
import type { approval, approvals } from '@/lib/contract/endpoints';
import type { Pass } from '@/lib/contract/passes';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import { lackOf, someNeed } from '@/lib/rights/needs';
import type { PersonRights } from '@/lib/rights/rules';
import { approvalOf, serverApprovals } from '@/lib/server-approvals';
import { serverJobs } from '@/lib/server-jobs';
import { checkNeeds, grantedTo } from '@/lib/server-rights';
import { askedApproval } from './asked-approval';
import { keepStatement, noteInAudit } from './audit';
import type { RequestContext } from './route';

/** Of a statement, in the list. */
const BEGINNING = 300;
/** Of one response, the newest. */
const MOST_LINES = 200;

interface Viewer {
  readonly principal: Principal;
  readonly rights: PersonRights | null;
}

/** What waits or waited on a cluster: one's own, and what one may decide on. */
export async function approvalsResponse(cluster: string, viewer: Viewer): Promise<ApprovalsResponse> {
  const { approvals: held, passes } = serverApprovals();
  const shown: ApprovalLine[] = [];
  // Many are for the same tables, and each look asks Cassandra for the version of its schema.
  const known = new Map<string, boolean>();
  for (const record of await held.list(cluster)) {
    const key = JSON.stringify(record.needs);
    const mayDecide = !isOwn(record, viewer) && (known.get(key) ?? (await decides(record, viewer)));
    if (!isOwn(record, viewer)) known.set(key, mayDecide);
    if (mayDecide || isOwn(record, viewer)) shown.push(lineOf(record, viewer, mayDecide));
    if (shown.length === MOST_LINES) break;
  }
  return {
    approvals: shown,
    passes: passes.of(cluster).map((pass) => shownPass(pass, viewer.principal)),
    passMinutes: mayTake(cluster, viewer) ? (approvalOf(cluster)?.passMinutes ?? 0) : 0,
  };
}

/** One of them. @throws Failure `not_found` also for what one may not see */
export async function approvalAnswer(cluster: string, id: string, viewer: Viewer): Promise<Approval> {
  const record = await serverApprovals().approvals.get(cluster, id);
  const mayDecide = await decides(record, viewer);
  if (mayDecide || isOwn(record, viewer)) return shownOf(record, viewer, mayDecide);
  throw new Failure({ code: 'not_found', message: 'There is no change with this id.', retryable: false });
}

/** Keeps what somebody asks for until it is decided on. @throws as `askedApproval`, `Approvals.ask` */
export async function askForApproval(context: RequestContext<typeof approvals.post>): Promise<Approval> {
  const record = await serverApprovals().approvals.ask(context.principal, await askedApproval(context));
  noteRecord(record);
  return shownOf(record, context, false);
}

/** Approves, refuses, withdraws or runs. @throws Failure `forbidden`, and as `Approvals.act` */
export async function actOnApproval(context: RequestContext<typeof approval.post>): Promise<Approval> {
  const { cluster, principal, rights, input, params } = context;
  // For whoever may not see it, it is not there.
  const seen = await approvalAnswer(cluster.name, params.id, context);
  const record = await serverApprovals().approvals.get(cluster.name, params.id);
  noteRecord(record);
  if (input.action === 'run') await checkNeeds(workNeeds(record.work, cluster.name), rights, workMasks(record.work));
  if ((input.action === 'approve' || input.action === 'refuse') && !seen.isOwn && !seen.mayDecide) throw mayNot();
  const { approvals: held } = serverApprovals();
  const run = ({ id, work }: ApprovalRecord) =>
    runWork(cluster, work, {
      ...{ principal, rights },
      keep: (entry) => keepStatement(cluster.name, entry),
      startJob: (job) => started(context, id, job),
    });
  const acted = await held.act(cluster.name, params.id, { principal, action: input, run });
  noteRecord(acted);
  return shownOf(acted, context, await decides(acted, context));
}

async function started(
  { principal, rights }: Viewer,
  approvalId: string,
  { kind, cluster, request }: Extract<Work, { of: 'job' }>,
): Promise<string> {
  const granted = grantedTo(principal.asker, rights);
  return (await serverJobs().create(principal, { kind, cluster, request, granted, approval: approvalId })).id;
}

/** Begins an emergency pass. @throws Failure `invalid_request` where it would be too long */
export async function takePass(
  cluster: string,
  principal: Principal,
  asked: { reason: string; minutes: number },
): Promise<Pass> {
  const most = approvalOf(cluster)?.passMinutes ?? 0;
  if (asked.minutes > most) {
    const message =
      most === 0 ? 'There are no emergency passes for this cluster.' : `A pass lasts ${most} minutes at most.`;
    const hint = 'approval.passMinutes in the configuration file of Ringside says so.';
    throw new Failure({ code: 'invalid_request', message, hint, retryable: false });
  }
  const pass = await serverApprovals().passes.take(principal, { cluster, ...asked });
  noteInAudit({ pass: { reason: pass.reason, until: new Date(pass.untilMs).toISOString() } });
  return shownPass(pass, principal);
}

/** The passes that last on the clusters that somebody sees. */
export function shownPass({ cluster, by, owner, reason, sinceMs, untilMs }: HeldPass, { id }: Principal): Pass {
  const span = { since: new Date(sinceMs).toISOString(), until: new Date(untilMs).toISOString() };
  return { cluster, person: by.name, isOwn: owner === id, reason, ...span };
}

function mayTake(cluster: string, { rights }: Viewer): boolean {
  return rights === null || lackOf(rights, [someNeed('write', { cluster })]) === null;
}

function isOwn({ asker }: ApprovalRecord, { principal }: Viewer): boolean {
  return asker === principal.id;
}

/** Whether somebody may decide on it, and so see it: of what they may not read, they see no statement either. */
async function decides(record: ApprovalRecord, viewer: Viewer): Promise<boolean> {
  if (isOwn(record, viewer)) return false;
  try {
    await checkNeeds({ needs: decidingNeeds(record.needs) }, viewer.rights);
    return true;
  } catch (error) {
    // Also while the schema cannot be read: it says which tables have masked columns.
    if (toFailure(error).error.code === 'internal_error') console.error(error);
    return false;
  }
}

function mayNot(): Failure {
  return new Failure({
    code: 'forbidden',
    message: 'You may not decide on this: it needs approve on what it changes.',
    hint: 'Ask whoever runs Ringside for approve there.',
    retryable: false,
  });
}

function noteRecord({ id, state, by, statements, needs }: ApprovalRecord): void {
  const [first] = statements;
  const tables = changingNeeds(needs).flatMap(({ place }) =>
    place.keyspace === undefined ? [] : [nameOf({ ...place, keyspace: place.keyspace })],
  );
  noteInAudit({
    approval: { id, state, asker: by.name },
    tables,
    ...(first === undefined ? {} : { statement: first.statement }),
  });
}

function lineOf(record: ApprovalRecord, viewer: Viewer, mayDecide: boolean): ApprovalLine {
  const {
    statements,
    consistency: _consistency,
    notes: _notes,
    undo: _undo,
    ...line
  } = shownOf(record, viewer, mayDecide);
  return { ...line, begins: statements[0]?.statement.slice(0, BEGINNING) ?? '' };
}

function shownOf(record: ApprovalRecord, viewer: Viewer, mayDecide: boolean): Approval {
  const { id, cluster, state, title, by, reason, at, untilMs, decision, statements, consistency, notes } = record;
  const own = isOwn(record, viewer);
  return {
    ...{ id, cluster, state, title, by: by.name, isOwn: own, reason, at, ran: shownRan(record) },
    ...{ statements, consistency, notes, mayDecide },
    tables: [...new Set(record.seen.map(nameOf))],
    until: untilMs === null ? null : new Date(untilMs).toISOString(),
    decision: decision === null ? null : { by: decision.name, at: decision.at, reason: decision.reason },
    // It has values that were read with the rights of whoever asked.
    undo: own ? (record.ran?.undo ?? null) : null,
  };
}

function shownRan({ ran }: ApprovalRecord): Approval['ran'] {
  if (ran === null) return null;
  const { undo: _undo, ...shown } = ran;
  return shown;
}
