import * as z from 'zod/mini';
import { dictionarySchema } from './dictionary';

/** A role of Cassandra, as `LIST ROLES` says it. */
const roleSchema = z.object({
  name: z.string(),
  canLogin: z.boolean(),
  /** By itself: a role that has it is one, too. */
  isSuperuser: z.boolean(),
  /** Roles that were granted to it; null: not known. */
  memberOf: z.nullable(z.array(z.string())),
  /** The datacenters from which it may log in, as Cassandra lists them: `ALL`. */
  datacenters: z.string(),
  /** Since 5.0, the groups of addresses from which it may log in; empty: any. Null: not known, or an older release. */
  cidrGroups: z.nullable(z.array(z.string())),
  /** Of the authenticator. Values that look like secrets are hidden. */
  options: dictionarySchema(z.string()),
});
export type Role = z.infer<typeof roleSchema>;

const heldPermissionSchema = z.object({
  role: z.string(),
  /** `SELECT`. */
  permission: z.string(),
  /** As `LIST ALL PERMISSIONS` says it: `<table shop.orders>`. */
  resource: z.string(),
});
export type HeldPermission = z.infer<typeof heldPermissionSchema>;

/** What could not be read. */
const missingSchema = z.object({
  what: z.string(),
  why: z.string(),
  /** What gives Ringside's role the right; null: no GRANT helps. */
  grant: z.nullable(z.string()),
});
export type MissingRight = z.infer<typeof missingSchema>;

export const rolesResponseSchema = z.object({
  /** The role that Ringside logs in with; null: it logs in with none. */
  me: z.nullable(z.string()),
  /** `off`: Cassandra asks nobody for a login (AllowAllAuthenticator). */
  logins: z.enum(['checked', 'off']),
  /** `off`: every role may do everything (AllowAllAuthorizer); `unknown`: nobody logs in, so Cassandra does not say. */
  permissions: z.enum(['checked', 'off', 'unknown']),
  /** False: only the roles and permissions that Ringside's own role may see. */
  isWhole: z.boolean(),
  roles: z.array(roleSchema),
  held: z.array(heldPermissionSchema),
  missing: z.array(missingSchema),
  /** The statements that this is from. */
  sources: z.array(z.string()),
  /** How `system_auth` is replicated, and the nodes of each datacenter; null: not known. */
  auth: z.nullable(
    z.object({
      replication: dictionarySchema(z.string()),
      datacenters: z.array(z.object({ name: z.string(), nodes: z.int() })),
    }),
  ),
  release: z.string(),
  asOf: z.string(),
});
export type RolesResponse = z.infer<typeof rolesResponseSchema>;
