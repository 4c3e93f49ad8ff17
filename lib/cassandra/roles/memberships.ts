import 'server-only';
import type { Client } from 'cassandra-driver';
import type { MissingRight, Role } from '@/lib/contract/roles';
import { groupBy } from '@/lib/cql/group-by';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { Failure } from '../../failure';
import { readSystem } from '../client/system-reads';

/** LIST says who has whom only role by role. Of more roles than these, one table is read instead. */
const MOST_LISTED = 200;
const AT_ONCE = 4;

/** It has no password hashes; only Cassandra's own role manager keeps it. */
const ROLE_MEMBERS = 'SELECT role, member FROM system_auth.role_members';

/** The answer so far, as its parts are read. */
export interface Reading {
  readonly client: Client;
  /** The role that Ringside logs in with. */
  readonly me: string | null;
  readonly missing: MissingRight[];
  readonly sources: string[];
}

/** The roles with those that were granted to each, where that may be seen. */
export function membershipsOf(reading: Reading, roles: readonly Role[]): Promise<readonly Role[]> {
  return roles.length > MOST_LISTED ? fromTable(reading, roles) : fromLists(reading, roles);
}

async function fromLists({ client, sources }: Reading, roles: readonly Role[]): Promise<readonly Role[]> {
  sources.push('LIST ROLES OF … NORECURSIVE');
  const found = new Map<string, string[]>();
  const waiting = roles.values();
  const listWaiting = async () => {
    for (const { name } of waiting) found.set(name, await grantedTo(client, name));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, listWaiting));
  return roles.map((role) => ({ ...role, memberOf: found.get(role.name) ?? null }));
}

/** LIST names the role itself, too. A role that was dropped meanwhile has none. */
async function grantedTo(client: Client, name: string): Promise<string[]> {
  try {
    const rows = await readSystem(client, `LIST ROLES OF ${quoteIdentifier(name)} NORECURSIVE`);
    return rows.map(({ role }) => String(role)).filter((role) => role !== name);
  } catch (error) {
    if (error instanceof Failure && error.error.code === 'invalid_statement') return [];
    throw error;
  }
}

async function fromTable({ client, me, missing, sources }: Reading, roles: readonly Role[]): Promise<readonly Role[]> {
  try {
    const rows = await readSystem(client, ROLE_MEMBERS);
    sources.push(ROLE_MEMBERS);
    const byMember = groupBy(rows, ({ member }) => String(member));
    return roles.map((role) => ({
      ...role,
      memberOf: (byMember.get(role.name) ?? []).map((row) => String(row.role)),
    }));
  } catch (error) {
    if (!(error instanceof Failure) || error.error.code !== 'unauthorized') throw error;
    missing.push({
      what: `Who has whom among ${roles.length} roles`,
      why: `Of more than ${MOST_LISTED} roles Ringside reads that from a table. ${error.message}`,
      grant: me === null ? null : `GRANT SELECT ON TABLE system_auth.role_members TO ${quoteIdentifier(me)}`,
    });
    return roles;
  }
}
