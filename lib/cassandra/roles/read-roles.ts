import 'server-only';
import type { Client, types } from 'cassandra-driver';
import { resolveSecret } from '@/lib/config';
import type { HeldPermission, Role, RolesResponse } from '@/lib/contract/roles';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { isSecretSetting } from '@/lib/health/settings';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { readSystem } from '../client/system-reads';
import { readSchema } from '../schema/schema';
import { membershipsOf, type Reading } from './memberships';

/**
 * Roles and permissions as LIST says them: that needs the least right (DESCRIBE ON ALL ROLES), shows no password hash, and
 * holds for any role manager, which tables of `system_auth` do not.
 */

const LIST_ROLES = 'LIST ROLES';
const LIST_PERMISSIONS = 'LIST ALL PERMISSIONS';
const CIDR_GROUPS = 'SELECT role, cidr_groups FROM system_auth.cidr_permissions';

/** Cassandra's words where nobody logs in, and where no right is checked (`OPEN_CLUSTER` has their meaning). */
const NO_LOGINS = /logged in and not anonymous/;
const NO_AUTHORIZER = /not supported by AllowAllAuthorizer/;

const isSaid = (error: unknown, said: RegExp): error is Failure =>
  error instanceof Failure && said.test(error.error.detail ?? '');
const isRefused = (error: unknown): error is Failure => error instanceof Failure && error.error.code === 'unauthorized';

/**
 * The roles of a cluster, as far as Ringside's own role may see them.
 * @throws Failure when no node answers
 */
export async function readRoles(cluster: Cluster): Promise<RolesResponse> {
  const [identity, client] = await Promise.all([cluster.identity(), cluster.client()]);
  const me = resolveSecret(`${cluster.name}.username`, cluster.config.username) ?? null;
  const reading: Reading = { client, me, missing: [], sources: [] };
  const auth = await authOf(cluster, client);
  const known = { me, auth, release: identity.release, asOf: new Date().toISOString() };
  const listed = await listRoles(reading);
  if (listed === null) {
    const nothing = { roles: [], held: [], missing: [], sources: [LIST_ROLES] };
    return { ...known, ...nothing, logins: 'off', permissions: 'unknown', isWhole: true };
  }
  const { held, permissions, isWhole } = await listPermissions(reading);
  const roles = await withCidrGroups(reading, await membershipsOf(reading, listed));
  const { missing, sources } = reading;
  return { ...known, logins: 'checked', permissions, isWhole, roles: [...roles], held, missing, sources };
}

/** Null: nobody logs in here. */
async function listRoles({ client, sources }: Reading): Promise<readonly Role[] | null> {
  try {
    const rows = await readSystem(client, LIST_ROLES);
    sources.push(LIST_ROLES);
    return rows.map(roleOf);
  } catch (error) {
    if (isSaid(error, NO_LOGINS)) return null;
    throw error;
  }
}

function roleOf(row: types.Row): Role {
  const options: unknown = row.options;
  const entries: readonly [unknown, unknown][] = options instanceof Map ? [...options] : [];
  return {
    name: String(row.role),
    canLogin: row.login === true,
    isSuperuser: row.super === true,
    memberOf: null,
    datacenters: String(row.datacenters ?? 'ALL'),
    cidrGroups: null,
    options: Object.fromEntries(entries.map(([name, value]) => shownOption(String(name), value))),
  };
}

function shownOption(name: string, value: unknown): [string, string] {
  return [name, isSecretSetting(name) ? '•••' : String(value)];
}

type Permissions = Pick<RolesResponse, 'permissions' | 'isWhole'> & { readonly held: HeldPermission[] };

async function listPermissions({ client, me, missing, sources }: Reading): Promise<Permissions> {
  try {
    const held = await permissionsBy(client, LIST_PERMISSIONS);
    sources.push(LIST_PERMISSIONS);
    return { held, permissions: 'checked', isWhole: true };
  } catch (error) {
    if (isSaid(error, NO_AUTHORIZER)) return { held: [], permissions: 'off', isWhole: true };
    if (!isRefused(error) || me === null) throw error;
  }
  const role = quoteIdentifier(me);
  missing.push({
    what: 'Other roles and their rights',
    why: `${me} may list only itself and the roles that it has.`,
    grant: `GRANT DESCRIBE ON ALL ROLES TO ${role}`,
  });
  const own = `${LIST_PERMISSIONS} OF ${role}`;
  const held = await permissionsBy(client, own);
  sources.push(own);
  return { held, permissions: 'checked', isWhole: false };
}

async function permissionsBy(client: Client, statement: string): Promise<HeldPermission[]> {
  const rows = await readSystem(client, statement);
  return rows.map(({ role, permission, resource }) => ({
    role: String(role),
    permission: String(permission),
    resource: String(resource),
  }));
}

/** From which addresses roles may log in: in tables alone, since 5.0. */
async function withCidrGroups(
  { client, me, missing, sources }: Reading,
  roles: readonly Role[],
): Promise<readonly Role[]> {
  try {
    const rows = await readSystem(client, CIDR_GROUPS);
    sources.push(CIDR_GROUPS);
    const groups = new Map(rows.map((row) => [String(row.role), textsOf(row.cidr_groups)]));
    return roles.map((role) => ({ ...role, cidrGroups: groups.get(role.name) ?? [] }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (isRefused(error) && me !== null) {
      missing.push({
        what: 'Groups of addresses from which roles may log in',
        why: error.message,
        grant: `GRANT SELECT ON TABLE system_auth.cidr_permissions TO ${quoteIdentifier(me)}`,
      });
    }
    return roles;
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** How `system_auth` is replicated, in which datacenters; null: the schema cannot be read now. */
async function authOf(cluster: Cluster, client: Client): Promise<RolesResponse['auth']> {
  const schema = await readSchema(cluster).catch(() => null);
  const keyspace = schema?.keyspaces.find(({ name }) => name === 'system_auth');
  if (keyspace === undefined) return null;
  const nodes = new Map<string, number>();
  for (const { datacenter } of client.hosts.values()) nodes.set(datacenter, (nodes.get(datacenter) ?? 0) + 1);
  const datacenters = [...nodes].map(([name, count]) => ({ name, nodes: count }));
  return { replication: keyspace.replication, datacenters };
}
