import { quoteIdentifier } from '@/lib/cql/identifiers';
import { quoteString } from '@/lib/cql/literals';
import { withoutPasswords } from '@/lib/cql/redact';

/** Statements that change roles and rights, as they are sent. Names and passwords are quoted; nothing else is put in. */

/** What CREATE and ALTER ROLE set; a field that is absent is left out. */
export interface RoleOptions {
  /** Null: none. */
  readonly password?: string | null;
  readonly login?: boolean;
  readonly superuser?: boolean;
  /** Empty: all. Cassandra takes it only with an authorizer of networks. */
  readonly datacenters?: readonly string[];
}

function optionsCql({ password, login, superuser, datacenters }: RoleOptions): string {
  const parts = [
    ...(password === undefined || password === null ? [] : [`PASSWORD = ${quoteString(password)}`]),
    ...(login === undefined ? [] : [`LOGIN = ${login}`]),
    ...(superuser === undefined ? [] : [`SUPERUSER = ${superuser}`]),
    ...(datacenters === undefined ? [] : [datacentersCql(datacenters)]),
  ];
  return parts.length === 0 ? '' : ` WITH ${parts.join(' AND ')}`;
}

function datacentersCql(datacenters: readonly string[]): string {
  if (datacenters.length === 0) return 'ACCESS TO ALL DATACENTERS';
  return `ACCESS TO DATACENTERS {${datacenters.map(quoteString).join(', ')}}`;
}

export function createRole(name: string, options: RoleOptions): string {
  return `CREATE ROLE ${quoteIdentifier(name)}${optionsCql(options)}`;
}

/** Null: nothing would change. */
export function alterRole(name: string, options: RoleOptions): string | null {
  const changes = optionsCql(options);
  return changes === '' ? null : `ALTER ROLE ${quoteIdentifier(name)}${changes}`;
}

export function dropRole(name: string): string {
  return `DROP ROLE ${quoteIdentifier(name)}`;
}

export function grantRole(granted: string, to: string): string {
  return `GRANT ${quoteIdentifier(granted)} TO ${quoteIdentifier(to)}`;
}

export function revokeRole(granted: string, from: string): string {
  return `REVOKE ${quoteIdentifier(granted)} FROM ${quoteIdentifier(from)}`;
}

/** @param on as {@link import('./resource').resourceCql} writes it */
export function grantPermission(permission: string, on: string, to: string): string {
  return `GRANT ${permission} ON ${on} TO ${quoteIdentifier(to)}`;
}

export function revokePermission(permission: string, on: string, from: string): string {
  return `REVOKE ${permission} ON ${on} FROM ${quoteIdentifier(from)}`;
}

/** As it is shown while the password is hidden. */
export function hiddenPassword(statement: string): string {
  return withoutPasswords(statement).text;
}
