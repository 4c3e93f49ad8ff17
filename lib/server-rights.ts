import 'server-only';
import { getCluster, unknownCluster } from './cassandra/client/registry';
import { readSchema } from './cassandra/schema/schema';
import { readRoles } from './config';
import type { Asker } from './contract/asker';
import type { Endpoint } from './contract/endpoint';
import type { RoleConfig } from './contract/rights';
import { Failure } from './failure';
import { withBases } from './rights/bases';
import { maskedTables } from './rights/masks';
import { lackOf, lackText, type Masking, type Need, type Needs } from './rights/needs';
import { type Order, orderNeeds } from './rights/order-needs';
import { EVERY_CLUSTER, type PersonRights, rightsOf } from './rights/rules';
import { seesCluster } from './rights/visible';
import { serverSignIn } from './sign-in/server-sign-in';

/** The roles of now; null: everybody may do everything, because nobody signs in. */
function serverRoles(): readonly RoleConfig[] | null {
  return serverSignIn() === null ? null : (readRoles() ?? []);
}

const NO_RIGHTS: PersonRights = { rules: [], limits: {} };

/** What a person may do; null: everything. @param asker undefined: nobody has signed in */
export function rightsOfAsker(asker: Asker | undefined): PersonRights | null {
  const given = serverRoles();
  if (given === null) return null;
  return asker === undefined ? NO_RIGHTS : rightsOf(given, asker);
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
 * @throws Failure `forbidden` with what is missing; `not_found` for a cluster that may not be seen; why a schema cannot be
 *   read, where a view may stand for another table
 */
export async function checkNeeds(
  needs: Needs,
  rights: PersonRights | null,
  masks: Endpoint['masks'] = undefined,
): Promise<void> {
  if (rights === null) return;
  if ('unclear' in needs) throw forbidden(needs.unclear, 'Ask whoever runs Ringside for another role.');
  // Rights need no schema; which tables have masked columns, and which are views, only the schema says.
  checkEach(needs.needs, rights, { masks, hasMasked: () => false });
  for (const cluster of new Set(needs.needs.flatMap(clusterOfRows))) {
    const schema = await readSchema(getCluster(cluster));
    const hasMasked = maskedTables(rights, cluster, schema);
    checkEach(withBases(needs.needs, cluster, schema), rights, { masks, hasMasked });
  }
}

/** The same for a job that is started, goes on, or whose files are taken. @throws as {@link checkNeeds} */
export async function checkOrder(order: Order, rights: PersonRights | null): Promise<void> {
  if (rights !== null) await checkNeeds(orderNeeds(order), rights);
}

/**
 * The same for work that begins while its owner may be away, with the rights that they have now.
 * @param owner undefined: it was made before people signed in
 * @throws as {@link checkNeeds}; Failure `forbidden` when the owner is gone
 */
export async function checkOwner(order: Order, owner: Asker | undefined): Promise<void> {
  if (serverRoles() !== null) await checkOrder(order, rightsOfAsker(await askerNow(owner)));
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
