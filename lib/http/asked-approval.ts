import 'server-only';
import type { z } from 'zod';
import type { Asked } from '@/lib/approval/approvals';
import { seenNow } from '@/lib/approval/fingerprint';
import { changingNeeds, type KeptPlan, type Work, workMasks, workNeeds } from '@/lib/approval/work';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { changeKind } from '@/lib/change-many/change-kind';
import { manyReviews } from '@/lib/change-many/plan';
import type { askApprovalSchema } from '@/lib/contract/approvals';
import type { approvals } from '@/lib/contract/endpoints';
import { jsonText } from '@/lib/contract/json';
import { copyKind } from '@/lib/copy/copy-kind';
import { copyReviews } from '@/lib/copy/plan';
import { withoutPasswords } from '@/lib/cql/redact';
import { invalidRequest } from '@/lib/failure';
import type { PlannedBy } from '@/lib/jobs/job-kind';
import { loadKind } from '@/lib/load/load-kind';
import { loadReviews } from '@/lib/load/plan';
import { takePlan } from '@/lib/mutations/reviewed';
import type { Need } from '@/lib/rights/needs';
import { approvalOf, isHeld } from '@/lib/server-approvals';
import { serverJobs } from '@/lib/server-jobs';
import { checkNeeds } from '@/lib/server-rights';
import { plural } from '@/lib/text/format';
import { serverUploads } from './loads';
import type { RequestContext } from './route';

type Ask = z.output<typeof askApprovalSchema>;
type Context = Pick<RequestContext<typeof approvals.post>, 'cluster' | 'input' | 'principal' | 'rights'>;
/** What runs, and how it is shown. */
type Shown = Pick<Asked, 'work' | 'title' | 'statements' | 'consistency' | 'notes'>;

/**
 * What somebody asks for, checked like a request that would run now: their rights, the confirmation, the statements.
 * @throws Failure `forbidden`; `invalid_request` for what cannot wait, with the way that can; why it could not run
 */
export async function askedApproval(context: Context): Promise<Asked> {
  const { cluster, rights, input } = context;
  const shown = await shownOf(context);
  const needs = workNeeds(shown.work, cluster.name);
  if ('unclear' in needs) throw invalidRequest(needs.unclear);
  await checkNeeds(needs, rights, workMasks(shown.work));
  const held = heldCluster(needs.needs);
  const places = needs.needs.flatMap(({ place }) => place ?? []);
  const { waitHours = 1 } = approvalOf(held) ?? {};
  const asked = { ...shown, cluster: held, reason: input.reason, waitMs: waitHours * 3_600_000 };
  return { ...asked, needs: needs.needs.map(keptNeed), seen: await seenNow(places) };
}

/** The cluster that wants a second person. @throws Failure `invalid_request` where none does */
function heldCluster(needs: readonly Need[]): string {
  const held = changingNeeds(needs).find(({ verb, place }) => isHeld(verb, place.cluster));
  if (held !== undefined) return held.place.cluster;
  throw invalidRequest('This needs no second person.', 'Run it.');
}

function keptNeed({ verb, place, extent }: Need): Asked['needs'][number] {
  if (place === null) return { verb, place, extent };
  const { cluster, keyspace, table } = place;
  const named = { ...(keyspace === undefined ? {} : { keyspace }), ...(table === undefined ? {} : { table }) };
  return { verb, place: { cluster, ...named }, extent };
}

function shownOf({ cluster, input, principal, rights }: Context): Promise<Shown> {
  const by = { owner: principal, rights };
  const taking = (named: { token: string; confirmName?: string | undefined }) => {
    const { token, confirmName } = named;
    return { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  };
  switch (input.of) {
    case 'statement':
      return statementsShown(cluster, [input.request], 'stop');
    case 'script':
      return statementsShown(cluster, input.request.statements, input.request.onFailure);
    case 'mutations':
      return Promise.resolve(mutationsShown(takePlan(taking(input))));
    case 'change':
      return jobShown(
        { kind: changeKind.name, cluster: cluster.name, request: manyReviews.take(taking(input)).request },
        by,
      );
    case 'copy':
      return jobShown(
        { kind: copyKind.name, cluster: cluster.name, request: copyReviews.take(taking(input)).work },
        by,
      );
    case 'load':
      return loadShown(cluster, loadReviews.take(taking(input)).request, by);
    default:
      return input satisfies never;
  }
}

type Requests = Extract<Ask, { of: 'script' }>['request']['statements'];

/** @throws Failure why one of them could not run, `invalid_request` for one with a password */
async function statementsShown(cluster: Cluster, requests: Requests, onFailure: 'stop' | 'continue'): Promise<Shown> {
  const kept: Requests = [];
  let title = `Script of ${plural(requests.length, 'statement')}`;
  for (const request of requests) {
    checkNoPassword(request.statement);
    const { classification, consistency, statement } = await planned(cluster, request, requests.length);
    if (!classification.isWrite) throw invalidRequest(`This only reads, so it needs no second person: ${statement}`);
    const { target, verb } = classification;
    if (requests.length === 1) title = target === null ? verb : `${verb} ${nameOfTarget(target)}`;
    // The cluster's level may be another when it runs.
    kept.push({ ...request, consistency });
  }
  const statements = kept.map(({ statement, keyspace = null, params, unset = [] }) => ({
    ...{ statement, keyspace },
    params:
      params === undefined ? null : `${jsonText(params)}${unset.length === 0 ? '' : ` (unset: ${unset.join(', ')})`}`,
  }));
  const notes =
    requests.length === 1
      ? []
      : [onFailure === 'stop' ? 'It stops at the first failure.' : 'It goes on after a failure.'];
  const consistency = [...new Set(kept.map((one) => one.consistency ?? ''))].join(', ');
  return { work: { of: 'statements', requests: kept, onFailure }, title, statements, consistency, notes };
}

/** The table of a later statement may be made by an earlier one: its values are checked when it runs. */
function planned(cluster: Cluster, request: Requests[number], of: number) {
  const { params: _params, ...unbound } = request;
  return planQuery(cluster, of === 1 ? request : unbound);
}

function nameOfTarget({ keyspace, name }: { readonly keyspace?: string | null; readonly name: string }): string {
  return keyspace == null ? name : `${keyspace}.${name}`;
}

/** A password is in one request and kept nowhere, so it cannot wait. @throws Failure `invalid_request` */
function checkNoPassword(statement: string): void {
  if (!withoutPasswords(statement).isRedacted) return;
  throw invalidRequest(
    'A statement with a password cannot wait for approval, because Ringside keeps no passwords.',
    'Ask for the role without its password, and set the password with an emergency pass.',
  );
}

/** @throws Failure `invalid_request` for plain changes */
function mutationsShown({ table, options, plan, changes }: ReturnType<typeof takePlan>): Shown {
  if (options.mode === 'plain') {
    throw invalidRequest(
      'Plain changes cannot wait for approval: each has the time of its review, and what others write meanwhile would win.',
      'Review them again as guarded: each then runs only while its row is as you saw it.',
    );
  }
  const { keyspace, table: name, version } = table;
  const kept: KeptPlan = {
    ...{ keyspace, table: name, version, options },
    plan: {
      statements: plan.statements.map((one) => ({ ...one, changes: [...one.changes], notes: [...one.notes] })),
      notes: [...plan.notes],
      refusals: [...plan.refusals],
    },
    changes: changes.map(({ change, row, target }) => ({ change, row, ...(target === undefined ? {} : { target }) })),
  };
  return {
    work: { of: 'mutations', planned: kept },
    title: `${plural(changes.length, 'row change')} in ${keyspace}.${name}`,
    statements: plan.statements.map(({ cql: statement }) => ({ statement, keyspace: null, params: null })),
    consistency: options.consistency,
    notes: plan.notes.map(({ text }) => text),
  };
}

async function loadShown(
  cluster: Cluster,
  request: ReturnType<typeof loadReviews.take>['request'],
  by: PlannedBy,
): Promise<Shown> {
  const { input } = request;
  if (input.from === 'upload') await serverUploads().keepForJob(by.owner, input.id);
  const shown = await jobShown({ kind: loadKind.name, cluster: cluster.name, request }, by);
  const files = input.from === 'files' ? input.files : input.from === 'upload' ? [input] : [];
  const notes = files.map(({ name, bytes }) => `File: ${name}, ${bytes} bytes, as it was when this was asked for.`);
  return { ...shown, notes: [...notes, ...shown.notes] };
}

const KINDS: Readonly<Record<string, string>> = { change: 'Change rows of', load: 'Load into', copy: 'Copy' };

/** A job, as its kind describes it. @throws Failure when it could not run */
async function jobShown(work: Omit<Extract<Work, { of: 'job' }>, 'of'>, by: PlannedBy): Promise<Shown> {
  const { description } = await serverJobs().kind(work.kind).plan(work.cluster, work.request, by);
  const { title, statement, consistency } = description;
  return {
    work: { of: 'job', ...work },
    title: `${KINDS[work.kind] ?? ''} ${title}`,
    ...{ statements: [{ statement, keyspace: null, params: null }], consistency },
    notes: ['A job: it runs the statement for each of its rows, and is listed under Transfers of whoever asked.'],
  };
}
