import type { Role } from '@/lib/contract/roles';
import { isSince } from '@/lib/cql/release';
import { alterRole, createRole, type RoleOptions } from './statements';

/** What a person has filled in for a role. */
export interface RoleDraft {
  readonly name: string;
  /** Empty: none, or the one it has. */
  readonly password: string;
  readonly login: boolean;
  readonly superuser: boolean;
  /** Separated by commas; empty: all. */
  readonly datacenters: string;
}

export function draftOf(role: Role | null): RoleDraft {
  return {
    name: role?.name ?? '',
    password: '',
    login: role?.canLogin ?? true,
    superuser: role?.isSuperuser ?? false,
    datacenters: role === null || role.datacenters === 'ALL' ? '' : role.datacenters,
  };
}

const namesIn = (text: string) => text.split(',').flatMap((part) => part.trim() || []);

/** What is wrong with a new name; null: nothing. */
export function nameProblem(name: string, roles: readonly Role[], release: string): string | null {
  if (roles.some((role) => role.name === name)) return `There is a role ${name} already.`;
  // 5.0.9 puts the name into a statement of its own without quoting it.
  if (name.includes("'") && isSince(release, '5.0') === true) {
    return `Cassandra ${release} fails halfway through making a role with a single quote in its name.`;
  }
  return null;
}

/**
 * The statement that makes a role as it is filled in, or changes what differs from it.
 * @param role null: it is new
 * @returns null: the name is missing, or nothing differs
 */
export function roleStatement(draft: RoleDraft, role: Role | null): string | null {
  if (draft.name === '') return null;
  const before = draftOf(role);
  const password = draft.password === '' ? {} : { password: draft.password };
  const datacenters = namesIn(draft.datacenters);
  if (role === null) {
    const places = datacenters.length === 0 ? {} : { datacenters };
    return createRole(draft.name, { ...password, login: draft.login, superuser: draft.superuser, ...places });
  }
  const changed: RoleOptions = {
    ...password,
    ...(draft.login === before.login ? {} : { login: draft.login }),
    ...(draft.superuser === before.superuser ? {} : { superuser: draft.superuser }),
    ...(datacenters.join() === namesIn(before.datacenters).join() ? {} : { datacenters }),
  };
  return alterRole(role.name, changed);
}

/** What a person may not expect of it. @param me the role that Ringside logs in with */
export function draftWarnings(draft: RoleDraft, role: Role | null, me: string | null): readonly string[] {
  const isOwn = role !== null && role.name === me;
  return [
    ...(draft.superuser && role?.isSuperuser !== true
      ? ['A superuser may do everything, and so may every role that is granted it.']
      : []),
    ...(isOwn && draft.password !== ''
      ? ['Ringside itself logs in with this role: change its password in the configuration, too.']
      : []),
    ...(isOwn && !draft.login ? ['Ringside itself logs in with this role: it could not connect any more.'] : []),
    ...(draft.login && draft.password === '' && role === null
      ? ['It has no password, so PasswordAuthenticator lets nobody log in with it.']
      : []),
  ];
}
