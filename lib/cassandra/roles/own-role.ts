import 'server-only';
import type { Client } from 'cassandra-driver';
import type { HeldPermission } from '@/lib/contract/roles';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { readSystem } from '../client/system-reads';

/** What Cassandra says of a role that has logged in. */
export interface OwnRole {
  /** All roles that it has, itself included. */
  readonly roles: readonly string[];
  /** What they may do; null: everything, because one is a superuser or no right is checked. */
  readonly held: readonly HeldPermission[] | null;
}

/** Cassandra’s words where nobody logs in, and where no right is checked. */
const NO_LOGINS = /logged in and not anonymous/;
const NO_AUTHORIZER = /not supported by AllowAllAuthorizer/;

/**
 * Logs in with new connections, which are closed then, and asks what the role may do. Every role may list what it has.
 * @throws Failure `sign_in_needed` for an unknown role, a wrong password, and a role that may not log in;
 *   `invalid_request` where the cluster checks no passwords; why no node can say
 */
export async function readOwnRole(cluster: Cluster, role: string, password: string): Promise<OwnRole> {
  const own = cluster.asRole(role, password);
  try {
    const client = await own.client();
    const name = quoteIdentifier(role);
    const listed = await readSystem(client, `LIST ROLES OF ${name}`);
    const isSuperuser = listed.some((row) => row.super === true);
    const roles = listed.map((row) => String(row.role));
    return { roles, held: isSuperuser ? null : await permissionsOf(client, name) };
  } catch (error) {
    const failure = toFailure(error);
    throw NO_LOGINS.test(failure.error.detail ?? '') ? checksNoPasswords(cluster.name, error) : failure;
  } finally {
    await own.close();
  }
}

async function permissionsOf(client: Client, role: string): Promise<HeldPermission[] | null> {
  try {
    const rows = await readSystem(client, `LIST ALL PERMISSIONS OF ${role}`);
    return rows.map((row) => ({
      role: String(row.role),
      permission: String(row.permission),
      resource: String(row.resource),
    }));
  } catch (error) {
    const failure = toFailure(error);
    if (NO_AUTHORIZER.test(failure.error.detail ?? '')) return null;
    throw failure;
  }
}

/** It would take any name and password. */
function checksNoPasswords(cluster: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'invalid_request',
      message: `The cluster ${cluster} checks no passwords, so nobody can sign in with a role of it.`,
      hint: 'Set its authenticator to PasswordAuthenticator, or take the cluster out of signIn.cassandra.',
      retryable: false,
    },
    { cause },
  );
}
