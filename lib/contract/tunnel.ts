import * as z from 'zod/mini';

/** A file on the server. Neither spaces nor what ssh replaces in paths (`~`, `%h`, `${HOME}`) or quotes. */
const pathSchema = z
  .string()
  .check(z.regex(/^\/[\w./+@-]{1,1000}$/, 'the whole path, from /, of letters, digits and . _ / + @ -'));

/**
 * `tunnel` of a cluster: its nodes are reached through this SSH host, by the system's `ssh`. Names cannot begin with `-`,
 * so that none is ever an option. More options cannot be given.
 */
export const tunnelSchema = z.strictObject({
  /** A name or an IP address. */
  host: z
    .string()
    .check(
      z.regex(
        /^([A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45})$/,
        'the name or IP address of the SSH host',
      ),
    ),
  user: z.string().check(z.regex(/^[A-Za-z_][\w.-]{0,62}$/, 'the name of a user on the SSH host')),
  port: z._default(z.int().check(z.minimum(1), z.maximum(65_535)), 22),
  /** The private key; absent: ssh's own, or its agent's. */
  identityFile: z.optional(pathSchema),
  /** The keys of hosts that are trusted; absent: ssh's own. */
  knownHostsFile: z.optional(pathSchema),
});
export type TunnelConfig = z.infer<typeof tunnelSchema>;
