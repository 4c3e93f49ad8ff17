import type { HeldPermission, Role } from '@/lib/contract/roles';
import { parseResource, type Resource } from './resource';

/** A role that another has, and through which: `['analysts', 'staff']` ends with the role itself. Empty: it is the same role. */
export type Path = readonly string[];

export interface EffectiveRight {
  readonly permission: string;
  /** As LIST writes it. */
  readonly resource: string;
  readonly path: Path;
}

export interface Holder {
  readonly role: Role;
  /** What it may do, each by one reason: the nearest role that has it, and the narrowest resource of that role. */
  readonly rights: readonly EffectiveRight[];
  /** Through which role it is a superuser; null: it is not. */
  readonly superuser: Path | null;
}

/** All roles that `name` has, itself first and the nearest next, each with its shortest path. Cycles end. */
export function rolesOf(roles: readonly Role[], name: string): ReadonlyMap<string, Path> {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const found = new Map<string, Path>([[name, []]]);
  for (const [current, path] of found) {
    for (const parent of byName.get(current)?.memberOf ?? []) {
      if (!found.has(parent)) found.set(parent, [...path, parent]);
    }
  }
  return found;
}

/** Superusers may do everything, and so may every role that has one. Null: it is none. */
export function superuserPath(roles: readonly Role[], name: string): Path | null {
  const superusers = new Set(roles.filter(({ isSuperuser }) => isSuperuser).map((role) => role.name));
  for (const [role, path] of rolesOf(roles, name)) if (superusers.has(role)) return path;
  return null;
}

/** What a role may do by permissions, its own first, then by distance, resource and permission. */
export function effectiveRights(
  roles: readonly Role[],
  held: readonly HeldPermission[],
  name: string,
): readonly EffectiveRight[] {
  const paths = rolesOf(roles, name);
  return held
    .flatMap(({ role, permission, resource }) => {
      const path = paths.get(role);
      return path === undefined ? [] : [{ permission, resource, path }];
    })
    .toSorted(
      (a, b) =>
        a.path.length - b.path.length ||
        compare(a.path.join('\0'), b.path.join('\0')) ||
        compare(a.resource, b.resource) ||
        compare(a.permission, b.permission),
    );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The roles that have `name`, with the path from each to it. */
export function membersOf(
  roles: readonly Role[],
  name: string,
): readonly { readonly role: string; readonly path: Path }[] {
  return roles.flatMap((role) => {
    const path = rolesOf(roles, role.name).get(name);
    return path === undefined || path.length === 0 ? [] : [{ role: role.name, path }];
  });
}

/** A keyspace, or one of its tables. */
export interface Place {
  readonly keyspace: string;
  readonly table: string | null;
}

/** Who may do what there: superusers, and roles with a permission on it or on what it is part of, inherited ones included. */
export function holdersOf(roles: readonly Role[], held: readonly HeldPermission[], place: Place): readonly Holder[] {
  const there = held.filter(({ resource }) => reach(parseResource(resource), place) !== null);
  return roles.flatMap((role) => {
    const superuser = superuserPath(roles, role.name);
    const rights = nearest(effectiveRights(roles, there, role.name), place);
    return superuser === null && rights.length === 0 ? [] : [{ role, rights, superuser }];
  });
}

/** How narrowly a resource names the place, 0 being the narrowest; null: it does not cover it. */
function reach(resource: Resource, { keyspace, table }: Place): number | null {
  switch (resource.kind) {
    case 'table':
      return table !== null && resource.keyspace === keyspace && resource.table === table ? 0 : null;
    case 'all_tables':
      return table !== null && resource.keyspace === keyspace ? 1 : null;
    case 'keyspace':
      return resource.keyspace === keyspace ? 2 : null;
    case 'all_keyspaces':
      return 3;
    default:
      return null;
  }
}

function nearest(rights: readonly EffectiveRight[], place: Place): readonly EffectiveRight[] {
  const best = new Map<string, EffectiveRight>();
  const rank = ({ resource, path }: EffectiveRight) => path.length * 10 + (reach(parseResource(resource), place) ?? 9);
  for (const right of rights) {
    const known = best.get(right.permission);
    if (known === undefined || rank(right) < rank(known)) best.set(right.permission, right);
  }
  return [...best.values()].toSorted((a, b) => compare(a.permission, b.permission));
}
