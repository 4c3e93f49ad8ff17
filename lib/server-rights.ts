import 'server-only';
import { getCluster, unknownCluster } from './cassandra/client/registry';
import { findTable, readSchema } from './cassandra/schema/schema';
import { readRoles } from './config';
import type { Asker } from './contract/asker';
import type { Endpoint } from './contract/endpoint';
import type { RoleConfig } from './contract/rights';
import { Failure } from './failure';
import type { JobOrder } from './jobs/job-guard';
import { withBases } from './rights/bases';
import { type Granted, mayMaskMore, newlyMasked } from './rights/granted';
import { limitsOf, NO_LIMITS, unkeptLimit, type WorkLimits } from './rights/limits';
import { maskedColumns, maskPlaces } from './rights/masks';
import { narrowed } from './rights/narrowed';
import { lackOf, lackText, type Masking, type Need, type Needs } from './rights/needs';
import {
  loadedColumns,
  type Order,
  orderMasks,
  orderNeeds,
  repeatedNeeds,
  takesEarlierRows,
} from './rights/order-needs';
import { NO_REACH, reachOf } from './rights/reach';
import { asRoleOf, EVERY_CLUSTER, type PersonRights, rightsOf } from './rights/rules';
import { seesCluster } from './rights/visible';
import { serverSignIn } from './sign-in/server-sign-in';

/** The roles of now; null: everybody may do everything, because nobody signs in. */
function serverRoles(): readonly RoleConfig[] | null {
  return serverSignIn() === null ? null : (readRoles() ?? []);
}

const NO_RIGHTS: PersonRights = { rules: [] };

/**
 * What a person may do; null: everything.
 * @param asker undefined: nobody has signed in
 * @param unknown what the Cassandra role of somebody who is not signed in now is taken to reach
 */
export function rightsOfAsker(asker: Asker | undefined, unknown = NO_REACH): PersonRights | null {
  const given = serverRoles();
  if (given === null) return null;
  if (asker === undefined) return NO_RIGHTS;
  const own = rightsOf(given, asker);
  const rights = asker.narrowed === undefined ? own : narrowed(own, asker.narrowed);
  if (asker.way !== 'cassandra') return rights;
  return asRoleOf(rights, asker.cluster ?? '', serverSignIn()?.ownRoles?.reachOf(asker) ?? unknown);
}

/**
 * A cluster that a person may not see is not there.
 * @throws Failure `not_found`
 */
export function checkSeen(cluster: string | undefined, rights: PersonRights | null): void {
  if (cluster !== undefined && !seesCluster(rights, cluster)) throw unknownCluster(cluster);
}

/**
 * Whether a person has all rights that something needs.
 * @param masks whether what follows masks columns; otherwise tables with masks are refused
 * @returns what limits the person in it
 * @throws Failure `forbidden` with what is missing; `not_found` for a cluster that may not be seen; why a schema cannot be
 *   read, where a view may stand for another table
 */
export async function checkNeeds(
  needs: Needs,
  rights: PersonRights | null,
  masks: Endpoint['masks'] = undefined,
): Promise<WorkLimits> {
  if (rights === null) return NO_LIMITS;
  if ('unclear' in needs) throw forbidden(needs.unclear, 'Ask whoever runs Ringside for another role.');
  // Rights need no schema; which tables have masked columns, and which are views, only the schema says.
  checkEach(needs.needs, rights, { masks, maskedIn: () => new Set() });
  let all = needs.needs;
  for (const cluster of new Set(needs.needs.flatMap(clusterOfRows))) {
    const schema = await readSchema(getCluster(cluster));
    const maskedIn = maskedColumns(rights, cluster, schema);
    all = withBases(all, cluster, schema);
    checkEach(all, rights, { masks, maskedIn });
  }
  return limitsOf(rights, all);
}

/** The same for a job that is started. @throws as {@link checkNeeds} */
export async function checkOrder(order: Order, rights: PersonRights | null): Promise<void> {
  if (rights === null) return;
  const limits = await checkNeeds(orderNeeds(order), rights, orderMasks(order.kind));
  if (order.kind === 'spark') checkKept(limits);
}

/** @throws Failure `forbidden` where Spark would not keep limits */
export function checkKept(limits: WorkLimits): void {
  const limit = unkeptLimit(limits);
  if (limit === null) return;
  throw forbidden(
    `Your role “${limit.role}” limits rows, or rows a second, and Ringside cannot keep that on Spark.`,
    'Run it as a job of Ringside, or ask whoever runs Ringside for a role without these limits.',
  );
}

/**
 * The same for a job that goes on, or whose files are taken: what it has read must be what the person may see now.
 * @throws as {@link checkNeeds}; Failure `forbidden` where a column is masked now that was not then
 */
export async function checkJob(order: JobOrder, rights: PersonRights | null): Promise<void> {
  if (rights === null) return;
  const { kind, granted } = order;
  await checkNeeds(orderNeeds(order), rights, granted === null ? undefined : orderMasks(kind));
  if (granted !== null) await checkMasks(order, granted.rights, rights);
}

/**
 * Before a job runs, at first or again, and while it runs, with the rights that its owner has by then.
 * @returns what limits it
 * @throws Failure `forbidden` where its owner may not do it any more, sees less now, or is gone
 */
export async function checkGoesOn(order: JobOrder): Promise<WorkLimits> {
  const { granted, kind } = order;
  if (granted === null || serverRoles() === null) return NO_LIMITS;
  // Of a Cassandra role that is not signed in now, Ringside does not know what it reaches: its connections are gone as well.
  const rights = rightsOfAsker(await askerNow(granted.asker), reachOf(null));
  // What runs on Spark goes on whether it is followed or not: later masks do not stop it.
  const masks = orderMasks(kind);
  const limits = await checkNeeds(orderNeeds(order), rights, masks ?? 'edits');
  if (masks !== undefined && rights !== null) await checkMasks(order, granted.rights, rights);
  if (kind === 'spark') checkKept(limits);
  return limits;
}

async function checkMasks(order: Order, then: PersonRights, now: PersonRights): Promise<void> {
  if (takesEarlierRows(order) && mayMaskMore(then, now)) throw stricter('Something in these rows');
  const all = orderNeeds(order);
  for (const { place } of 'needs' in all ? all.needs : []) {
    const { cluster, keyspace, table } = place ?? {};
    if (cluster === undefined || keyspace === undefined || table === undefined) continue;
    const found = findTable(await readSchema(getCluster(cluster)), keyspace, table);
    const places = maskPlaces({ cluster, keyspace }, table, found?.baseTable);
    const loaded = loadedColumns(order);
    const columns = found?.columns.map(({ name }) => name).filter((name) => loaded?.has(name) ?? true) ?? [];
    const column = newlyMasked(then, now, places, columns);
    if (column === null) continue;
    throw loaded === null
      ? stricter(`${column} of ${keyspace}.${table}`)
      : unwritten(`${column} of ${keyspace}.${table}`);
  }
}

/** @param what begins the sentence */
function stricter(what: string): Failure {
  return forbidden(
    `${what} was shown when this job was started, and is masked for its owner now. One result never mixes both.`,
    'Start the work again: its rows are then masked from the first.',
  );
}

function unwritten(column: string): Failure {
  return forbidden(
    `This load writes ${column}, which is masked for its owner by now.`,
    'Load the rest of the file again, and leave the column out of the mapping.',
  );
}

/**
 * The same for work that repeats and begins while its owner may be away, with the rights that they have now.
 * @param owner undefined: it was made before people signed in
 * @returns those rights, for the job; undefined: nobody signs in
 * @throws as {@link checkNeeds}; Failure `forbidden` when the owner is gone
 */
export async function checkOwner(order: Order, owner: Asker | undefined): Promise<Granted | undefined> {
  if (serverRoles() === null) return undefined;
  const asker = await askerNow(owner);
  const rights = rightsOfAsker(asker);
  const limits = await checkNeeds(repeatedNeeds(order), rights, orderMasks(order.kind));
  if (order.kind === 'spark') checkKept(limits);
  return grantedTo(asker, rights);
}

/** What a job keeps of its owner. Undefined: nobody signs in. */
export function grantedTo(asker: Asker | undefined, rights: PersonRights | null): Granted | undefined {
  if (asker === undefined || rights === null) return undefined;
  return { asker, rights: { rules: [...rights.rules] } };
}

/** Of a local user, with the groups of now. Only a provider or a proxy knows those of others, and says so at a sign-in. */
async function askerNow(owner: Asker | undefined): Promise<Asker> {
  if (owner === undefined) throw forbidden('Nobody answers for this: it was made before people signed in.', MAKE_AGAIN);
  if (owner.way !== 'local') return owner;
  const users = serverSignIn()?.users;
  await users?.refresh();
  const groups = users?.groupsOf(owner.name);
  if (groups === undefined) throw forbidden(`${owner.name}, who made this, is no longer a user here.`, MAKE_AGAIN);
  return { ...owner, groups };
}

const MAKE_AGAIN = 'Somebody who may do this can make it again.';

function checkEach(needs: readonly Need[], rights: PersonRights, masking: Masking): void {
  for (const { place } of needs) if (place?.cluster !== EVERY_CLUSTER) checkSeen(place?.cluster, rights);
  const lack = lackOf(rights, needs, masking);
  if (lack === null) return;
  const { message, hint } = lackText(lack);
  throw forbidden(message, hint);
}

/** The cluster of a need that a view could stand in the way of. */
function clusterOfRows({ verb, place }: Need): string[] {
  return place?.table === undefined || verb === 'see' ? [] : [place.cluster];
}

function forbidden(message: string, hint: string): Failure {
  return new Failure({ code: 'forbidden', message, hint, retryable: false });
}
